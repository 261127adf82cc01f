import type { Language } from '#services/kernel/language.ts'
import { wordsOf } from '#app/words/words.ts'
import { hasStaffRole, isPerson, type Actor, type Role } from '#services/kernel/actor.ts'

export interface Place {
  to: string
  label: string
  /** Other addresses that belong to this place. */
  also?: readonly string[]
}
export interface Area extends Place {
  /** Where its name is in another language than the page: the desks keep their English ones. */
  lang?: Language | undefined
  places: readonly Place[]
}

type Staffed = Place & { for?: readonly Role[] }

const staffAreas: readonly (Staffed & { places: readonly Staffed[] })[] = [
  {
    to: '/library',
    label: 'Library',
    for: ['LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'CONTRIBUTOR'],
    places: [
      { to: '/library', label: 'Assets' },
      { to: '/library/upload', label: 'Upload', for: ['LIBRARIAN', 'CONTRIBUTOR'] },
      { to: '/library/review', label: 'Review', for: ['REVIEWER', 'LIBRARIAN', 'RIGHTS_MANAGER'] },
      { to: '/library/suggestions', label: 'Suggestions', for: ['LIBRARIAN', 'CONTRIBUTOR'] },
      { to: '/library/duplicates', label: 'Duplicates', for: ['LIBRARIAN', 'RIGHTS_MANAGER', 'CONTRIBUTOR'] },
      { to: '/library/briefs', label: 'Briefs', for: ['LIBRARIAN'] },
      { to: '/library/links', label: 'Guest links', for: ['LIBRARIAN'], also: ['/library/outside'] },
      { to: '/library/collections', label: 'Collections', for: ['LIBRARIAN'] },
      { to: '/library/kits', label: 'Brand kits', for: ['LIBRARIAN'] },
    ],
  },
  {
    // What is set up once and looked at seldom keeps out of the way of the day's work.
    to: '/library/policies',
    label: 'Set-up',
    for: ['LIBRARIAN', 'RIGHTS_MANAGER'],
    places: [
      { to: '/library/policies', label: 'Policies' },
      { to: '/library/bin', label: 'Bin' },
      { to: '/library/holds', label: 'Legal holds' },
      { to: '/library/schemas', label: 'Fields', for: ['LIBRARIAN'] },
      { to: '/library/vocabularies', label: 'Vocabularies', for: ['LIBRARIAN'] },
      { to: '/library/bulk', label: 'Bulk edits', for: ['LIBRARIAN'] },
      { to: '/library/searches', label: 'Searches', for: ['LIBRARIAN'] },
    ],
  },
  {
    to: '/rights',
    label: 'Rights',
    for: ['RIGHTS_MANAGER', 'AUDITOR'],
    places: [
      { to: '/rights', label: 'Worklist' },
      { to: '/rights/calendar', label: 'Calendar' },
      { to: '/clearance', label: 'May I use it?' },
      { to: '/rights/requests', label: 'Requests' },
      { to: '/rights/licences', label: 'Licences' },
      { to: '/rights/contracts', label: 'Contracts' },
      { to: '/rights/changes', label: 'Changes' },
      { to: '/rights/twins', label: 'Twins' },
      { to: '/rights/imports', label: 'Import and export', also: ['/rights/exports'] },
      { to: '/rights/expiries', label: 'Expiries' },
      { to: '/rights/prices', label: 'Prices', also: ['/rights/discounts'] },
      { to: '/rights/packs', label: 'Packs' },
    ],
  },
  {
    to: '/finance/orders',
    label: 'Finance',
    for: ['FINANCE'],
    places: [
      { to: '/finance/orders', label: 'Orders' },
      { to: '/finance/ledger', label: 'Ledger' },
      { to: '/rights/discounts', label: 'Discounts' },
      { to: '/library/review', label: 'Review' },
    ],
  },
  {
    to: '/compliance',
    label: 'Compliance',
    for: ['AUDITOR', 'RIGHTS_MANAGER'],
    places: [
      { to: '/compliance', label: 'Overview' },
      { to: '/compliance/audit', label: 'Audit trail' },
      { to: '/compliance/deliveries', label: 'Deliveries' },
      { to: '/compliance/reports', label: 'Reports' },
      { to: '/library/review', label: 'Review' },
    ],
  },
  {
    to: '/admin/organisations',
    label: 'Admin',
    for: ['ADMINISTRATOR'],
    places: [
      { to: '/admin/organisations', label: 'Organisations' },
      { to: '/admin/members', label: 'Members' },
      { to: '/admin/jobs', label: 'Jobs' },
    ],
  },
]

/** The areas that this person may open, in the order of the header; only places that would not refuse them. */
export function areasFor(actor: Actor, language: Language = 'en'): Area[] {
  const t = wordsOf(language, 'shell')
  const store: Area = { to: '/search', label: t('places.pictures'), places: [] }
  const collections: Area = { to: '/collections', label: t('places.collections'), places: [] }
  const licences = { to: '/licences', label: t('places.licences') }
  const clearance = { to: '/clearance', label: t('places.clearance') }
  if (!isPerson(actor)) return [store, collections, { to: '/licensing', label: t('places.licensing'), places: [] }]
  if (actor.orgKind === 'OWNER') {
    const open = (place: Staffed) => !place.for || hasStaffRole(actor, ...place.for)
    const lang = language === 'en' ? undefined : 'en'
    const areas = staffAreas
      .filter(open)
      .map((area) => ({ to: area.to, label: area.label, places: area.places.filter(open), lang }) as const)
    return [...areas, { ...store, label: t('places.store') }]
  }
  if (actor.orgKind === 'PARTNER') {
    const places = [
      { to: '/portal', label: t('places.kits') },
      { to: '/requests', label: t('places.requests') },
      { to: '/briefs', label: t('places.briefs') },
      licences,
      clearance,
    ]
    return [{ to: '/portal', label: t('places.portal'), places }, store]
  }
  const places = [licences, { to: '/orders', label: t('places.orders') }, clearance]
  return [store, collections, { to: '/licences', label: t('places.my-licences'), places }]
}

/** The area in which an address lies: the one with the longest matching place. */
export function areaOf(areas: readonly Area[], path: string): Area | undefined {
  const depth = (area: Area) => Math.max(...[area, ...area.places].map((place) => depthOf(place, path)))
  const best = areas.reduce<Area | undefined>((found, area) => (depth(area) > (found ? depth(found) : 0) ? area : found), undefined)
  return best
}

/** The place of an area that an address belongs to: the longest that it lies within. */
export const placeOf = (area: Area, path: string): Place | undefined =>
  area.places.filter((place) => depthOf(place, path) > 0).sort((a, b) => depthOf(b, path) - depthOf(a, path))[0]

/** How long the address is by which a path lies within a place; 0 where it does not. */
const depthOf = ({ to, also = [] }: Place, path: string): number =>
  Math.max(...[to, ...also].map((start) => (path === start || path.startsWith(`${start}/`) ? start.length : 0)))
