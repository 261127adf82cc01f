import { daysOf, limitKinds, type ScopeTerms } from '../../rights/rules/scope.ts'

/** A month has up to three days more than another: the same number of months, begun on another day. */
const monthsDiffer = 3

const sorted = (codes: readonly string[] | 'ALL' | undefined): unknown => (Array.isArray(codes) ? [...codes].sort() : (codes ?? []))
const scopeOf = ({ media, territory, industry, zone, exclusive, limits }: ScopeTerms): string =>
  JSON.stringify([
    sorted(media),
    sorted(territory.include),
    sorted(territory.except),
    sorted(industry),
    zone,
    exclusive,
    limitKinds.map((kind) => limits?.[kind] ?? null),
  ])

/**
 * Whether a wish is the licence that something was given on: the same scope for the same time. It may begin on a later day,
 * since nobody can ask for yesterday any more and the promise stands until its own last day.
 */
export function fitsGiven(given: ScopeTerms, wish: ScopeTerms): boolean {
  if (scopeOf(given) !== scopeOf(wish)) return false
  if (wish.from < given.from) return false
  if (wish.until === given.until) return true
  const [promised, wished] = [daysOf(given), daysOf(wish)]
  return wish.from > given.from && promised !== null && wished !== null && Math.abs(promised - wished) <= monthsDiffer
}
