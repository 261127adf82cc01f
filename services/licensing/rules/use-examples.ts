import { addDays, addMonths, type Day } from '../../kernel/period.ts'
import type { AssetRights, When } from '../../rights/rules/known.ts'
import type { LeafSet } from '../../rights/rules/leaf-set.ts'
import { boxOf, daysOf, type Limits, type ScopeTerms } from '../../rights/rules/scope.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '../../rights/rules/vocabulary/vocabulary.ts'
import { wouldCover } from './coverage.ts'
import { sizeKindsOf } from './sizes.ts'

/** Media that people have at hand, the most ordinary first. Each has a phrase in the catalogues. */
export const everydayMedia = [
  'social-organic',
  'promotional-website',
  'billboard',
  'web-banner',
  'leaflet',
  'magazine-ad',
  'promotional-email',
  'social-paid',
  'street-poster',
  'newspaper-ad',
  'catalogue',
  'point-of-sale',
  'trade-fair',
  'packaging',
  'clothing',
  'household-goods',
  'wall-art',
  'calendar',
  'greeting-card',
  'magazine-cover',
  'magazine-editorial',
  'book-cover',
  'book-interior',
  'website-editorial',
  'newspaper-editorial',
  'newsletter-editorial',
  'tv-commercial',
  'cinema-commercial',
  'online-video-ad',
  'digital-billboard',
  'transit-ad',
  'annual-report',
  'press-kit',
  'internal-presentation',
  'intranet',
  'mobile-app',
  'e-book',
  'marketplace-listing',
  'ai-training',
] as const
/** Countries that everybody knows, each with its phrase. */
export const everydayPlaces = [
  'DE',
  'AT',
  'CH',
  'FR',
  'GB',
  'US',
  'IT',
  'ES',
  'NL',
  'PL',
  'BE',
  'DK',
  'SE',
  'NO',
  'CZ',
  'PT',
  'IE',
  'FI',
  'LU',
  'JP',
  'CA',
  'AU',
  'CN',
  'BR',
  'IN',
  'MX',
  'KR',
  'ZA',
  'TR',
  'NZ',
] as const

/** One thing that somebody might do on an ordinary day. */
export interface EverydayUse {
  medium: string
  place: string
  from: Day
  until: Day | null
  exclusive: boolean
  copies: number | null
  pixels: number | null
}
/** Where an example that is not covered lies outside. */
export type Beyond = 'territory' | 'media' | 'period' | 'exclusivity' | 'printRun' | 'pixels'
export interface UseExamples {
  covered: EverydayUse[]
  beyond: { use: EverydayUse; beyond: Beyond }[]
}

const most = 5

/** The terms of one everyday use; industries are those of the licence, since nobody thinks of them on an ordinary day. */
export const termsOfExample = (use: EverydayUse, { industry, zone }: Pick<ScopeTerms, 'industry' | 'zone'>): ScopeTerms => {
  const limits: Limits = { ...(use.copies !== null && { printRun: use.copies }), ...(use.pixels !== null && { pixels: use.pixels }) }
  return {
    media: [use.medium],
    territory: { include: [use.place] },
    industry,
    from: use.from,
    until: use.until,
    zone,
    exclusive: use.exclusive,
    ...(Object.keys(limits).length > 0 && { limits }),
  }
}

/**
 * Concrete uses on both sides of the edge of a scope. They are found from the scope, nearest first, and each is kept only if
 * the gate's own decision says of it what the list says.
 */
export function examplesNear(rights: AssetRights, terms: ScopeTerms, when: When): UseExamples {
  const isCovered = (use: EverydayUse) => wouldCover(rights, terms, termsOfExample(use, terms), when)
  const box = boxOf(terms)
  const within = insideOf(terms, inSet(media, everydayMedia, box.media), inSet(territories, everydayPlaces, box.territory))
  const covered = distinct(within, JSON.stringify).filter(isCovered).slice(0, most)
  const first = covered[0]
  if (!first) return { covered: [], beyond: [] }
  const beyond = distinct(outsideOf(terms, first), ({ use }) => JSON.stringify(use)).filter(({ use }) => !isCovered(use))
  return { covered, beyond: beyond.slice(0, most) }
}

const distinct = <T>(list: readonly T[], key: (one: T) => string): T[] => [...new Map(list.map((one) => [key(one), one])).values()]

/** The leaves of a set, those of every day first. */
function inSet(words: Vocabulary, everyday: readonly string[], set: LeafSet): string[] {
  const inside = (code: string) => words.setOf(code)?.overlaps(set) ?? false
  const known = everyday.filter(inside)
  return known.length > 0 ? known : words.leaves.map(({ code }) => code).filter(inside)
}

/** Every medium once, places in turn, up to the last day in turn with shorter spans; the copies up to the cap. */
function insideOf(terms: ScopeTerms, uses: readonly string[], places: readonly string[]): EverydayUse[] {
  const days = daysOf(terms)
  const after = (part: number) => (days === null ? null : addDays(terms.from, Math.max(0, Math.floor(days * part) - 1)))
  const ends = [terms.until, after(0.5), after(0.25), terms.until, after(0.75)]
  const count = Math.max(uses.length, places.length, 3)
  return Array.from({ length: Math.min(count, most) }, (_, i) => {
    const medium = uses[i % uses.length]
    const place = places[(i * Math.max(1, Math.floor(places.length / most))) % places.length]
    if (medium === undefined || place === undefined) return []
    const copies = terms.limits?.printRun && sizeKindsOf([medium]).includes('printRun') ? terms.limits.printRun : null
    return { medium, place, from: terms.from, until: ends[i] ?? terms.until, exclusive: false, copies, pixels: null }
  }).flat()
}

/** One step over the edge along each axis, the nearest first. */
function outsideOf(terms: ScopeTerms, { medium, place }: EverydayUse): UseExamples['beyond'] {
  const box = boxOf(terms)
  const plain: EverydayUse = { medium, place, from: terms.from, until: terms.until, exclusive: false, copies: null, pixels: null }
  const [neighbour] = nearOutside(territories, everydayPlaces, box.territory)
  const otherUses = nearOutside(media, everydayMedia, box.media)
  const far = otherUses.find((code) => parentOf(media, code) !== parentOf(media, otherUses[0] ?? ''))
  const { printRun, pixels } = terms.limits ?? {}
  const printedMedium = inSet(media, everydayMedia, box.media).find((code) => sizeKindsOf([code]).includes('printRun'))
  return [
    ...(neighbour ? [{ use: { ...plain, place: neighbour }, beyond: 'territory' as const }] : []),
    ...[otherUses[0], far].flatMap((code) => (code ? [{ use: { ...plain, medium: code }, beyond: 'media' as const }] : [])),
    ...(terms.until ? [{ use: { ...plain, until: addMonths(terms.until, 12) }, beyond: 'period' as const }] : []),
    ...(printRun && printedMedium ? [{ use: { ...plain, medium: printedMedium, copies: printRun * 2 }, beyond: 'printRun' as const }] : []),
    ...(pixels ? [{ use: { ...plain, pixels: pixels * 2 }, beyond: 'pixels' as const }] : []),
    ...(terms.exclusive ? [] : [{ use: { ...plain, exclusive: true }, beyond: 'exclusivity' as const }]),
  ]
}

/** Everyday leaves outside a set: those that hang nearest to it in the tree first. */
function nearOutside(words: Vocabulary, everyday: readonly string[], set: LeafSet): string[] {
  return everyday
    .map((code, order) => ({ code, order, steps: stepsTo(words, code, set) }))
    .filter(({ code }) => !words.setOf(code)?.overlaps(set))
    .sort((a, b) => a.steps - b.steps || a.order - b.order)
    .map(({ code }) => code)
}

/** How far up the tree one must go from a leaf until what hangs there meets the set. */
function stepsTo(words: Vocabulary, code: string, set: LeafSet): number {
  let steps = 0
  for (let at: string | undefined = code; at !== undefined; at = parentOf(words, at), steps++)
    if (words.setOf(at)?.overlaps(set)) return steps
  return steps
}

const parents = new WeakMap<Vocabulary, Map<string, string>>()
function parentOf(words: Vocabulary, code: string): string | undefined {
  const known = parents.get(words) ?? new Map([...words.leaves, ...words.branches].map((one) => [one.code, one.parent]))
  parents.set(words, known)
  return known.get(code)
}
