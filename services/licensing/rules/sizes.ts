import { screenEdge } from '../../assets/rules/rendition-plan.ts'
import type { Limits, ScopeTerms } from '../../rights/rules/scope.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import type { PriceBook } from './pricing.ts'
import type { Curve } from './weights.ts'

/** What "how big" may ask, and so what a size may make cheaper. */
export const sizeKinds = ['printRun', 'pixels'] as const
export type SizeKind = (typeof sizeKinds)[number]
export type Sizes = Partial<Record<SizeKind, number>>

/** Counted by copies. */
const printed = media.resolve([
  'advertising-print',
  'billboard',
  'street-poster',
  'newspaper-editorial',
  'magazine-editorial',
  'magazine-cover',
  'book-interior',
  'book-cover',
  'textbook',
  'packaging',
  'calendar',
  'greeting-card',
  'wall-art',
  'clothing',
  'household-goods',
  'toy',
  'annual-report',
])
/** Seen on a screen of somebody's own, where the screen size of the file does. */
const onScreens = media.resolve([
  'web-banner',
  'promotional-website',
  'promotional-email',
  'marketplace-listing',
  'in-app-ad',
  'social',
  'mobile-app',
  'website-editorial',
  'newsletter-editorial',
  'e-book',
  'intranet',
  'internal-presentation',
  'personal-website',
])

/**
 * Which sizes are asked for media: a print run where all of them are printed, pixels where all of them are screens. A
 * mixture is asked nothing: a cap on copies would else make a website cheaper that has none.
 */
export function sizeKindsOf(codes: readonly string[]): SizeKind[] {
  if (codes.length === 0) return []
  const wanted = media.resolve(codes)
  return [...(printed.covers(wanted) ? (['printRun'] as const) : []), ...(onScreens.covers(wanted) ? (['pixels'] as const) : [])]
}

const rises = ({ points, open }: Curve): boolean => points.some(([, bp]) => bp < open)

/** What there is to choose from, by the book: its own steps of copies, and the one size of file that the gate gives below the original. */
export function sizeSteps(book: Pick<PriceBook, SizeKind>, kind: SizeKind): number[] {
  if (!rises(book[kind])) return []
  if (kind === 'pixels') return [screenEdge]
  return book.printRun.points.map(([at]) => at).filter((at) => at > 0)
}

/** The sizes that count for these media; anything else is no part of a scope. */
export function sizesWithin(codes: readonly string[], sizes: Sizes): Limits | undefined {
  const kept = sizeKindsOf(codes).flatMap((kind) => (sizes[kind] ? [[kind, sizes[kind]] as const] : []))
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** Terms as the four questions can state them: with the sizes that count for their media and no others. */
export function sized({ limits, ...terms }: ScopeTerms): ScopeTerms {
  const kept = sizesWithin(terms.media, limits ?? {})
  return kept ? { ...terms, limits: kept } : terms
}
