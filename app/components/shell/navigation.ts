import { hasStaffRole, isPerson, type Actor, type Role } from '#services/kernel/actor.ts'

export interface Place {
  to: string
  label: string
  /** Other addresses that belong to this place. */
  also?: readonly string[]
}
export interface Area extends Place {
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
      { to: '/library/review', label: 'Review', for: ['REVIEWER', 'LIBRARIAN'] },
      { to: '/library/kits', label: 'Brand kits', for: ['LIBRARIAN'] },
      { to: '/library/collections', label: 'Collections', for: ['LIBRARIAN'] },
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
      { to: '/rights/prices', label: 'Prices' },
    ],
  },
  {
    to: '/finance/orders',
    label: 'Finance',
    for: ['FINANCE'],
    places: [
      { to: '/finance/orders', label: 'Orders' },
      { to: '/finance/ledger', label: 'Ledger' },
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

const store: Area = { to: '/search', label: 'Pictures', places: [] }
const buying: Area = {
  to: '/licences',
  label: 'My licences',
  places: [
    { to: '/licences', label: 'Licences' },
    { to: '/orders', label: 'Orders' },
    { to: '/clearance', label: 'May I use it?' },
  ],
}
const portal: Area = {
  to: '/portal',
  label: 'Portal',
  places: [
    { to: '/portal', label: 'Brand kits' },
    { to: '/requests', label: 'Requests' },
    { to: '/licences', label: 'Licences' },
    { to: '/clearance', label: 'May I use it?' },
  ],
}

/** The areas that this person may open, in the order of the header; only places that would not refuse them. */
export function areasFor(actor: Actor): Area[] {
  if (!isPerson(actor))
    return [store, { to: '/collections', label: 'Collections', places: [] }, { to: '/licensing', label: 'Licensing', places: [] }]
  if (actor.orgKind === 'OWNER') {
    const open = (place: Staffed) => !place.for || hasStaffRole(actor, ...place.for)
    const areas = staffAreas.filter(open).map((area) => ({ to: area.to, label: area.label, places: area.places.filter(open) }))
    return [...areas, { ...store, label: 'Store' }]
  }
  return actor.orgKind === 'PARTNER' ? [portal, store] : [store, { to: '/collections', label: 'Collections', places: [] }, buying]
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
