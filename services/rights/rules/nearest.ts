import { type Box } from './box.ts'
import { boxOfUse, decideKnown, type Use } from './decide.ts'
import { asKnown, type AssetRights, type When } from './known.ts'
import { isOfferable, keptOf, largestRest, leafAxes, longestFree } from './largest-rest.ts'
import { unionOf } from './leaf-set.ts'
import { narrowed } from './narrowing.ts'
import { boxOf, type ScopeTerms } from './scope.ts'

/** Along which axis a counter-offer gives way; `several` where one alone does not help. */
export type Axis = 'exclusivity' | 'territory' | 'period' | 'media' | 'industry' | 'several'

/** What can be had instead. */
export interface Counter {
  axis: Axis
  box: Box
  exclusive: boolean
  /** How much of the wish is kept, in parts of a thousand. */
  kept: number
}

/**
 * The largest rest of a refused use, axis by axis: fewer places, a shorter span, fewer media, fewer industries, or the
 * same scope without exclusivity. Where giving way on one axis does not help, a large rest that gives way on several, and
 * on exclusivity last: whenever any part of the use can be had, there is an offer. Each of them passes `decide`. Largest
 * first; empty when nothing can be had, or when nothing need be given up.
 */
export function nearest(rights: AssetRights, use: Use, when: When): Counter[] {
  return nearestKnown(asKnown(rights, when.knownAt), use, boxOfUse(use, when.at))
}

function nearestKnown(known: AssetRights, use: Use, box: Box): Counter[] {
  const decision = decideKnown(known, use, box)
  if (decision.verdict !== 'deny') return []
  const parts = decision.reasons.flatMap((reason) => reason.parts)
  const counters: Counter[] = []
  const { exclusive } = use
  if (exclusive && decideKnown(known, { ...use, exclusive: false }, box).verdict !== 'deny')
    counters.push({ axis: 'exclusivity', box, exclusive: false, kept: 1_000 })

  // Rules are about points: what is free along one axis is what no refused part touches on that axis.
  const along = (axis: Axis, rest: Box) => {
    if (isOfferable(rest)) counters.push({ axis, box: rest, exclusive, kept: keptOf(box, rest) })
  }
  for (const axis of leafAxes) along(axis, { ...box, [axis]: box[axis].difference(unionOf(parts.map((part) => part[axis]))) })
  const span = longestFree(
    box.period,
    parts.map((part) => part.period),
  )
  if (span) along('period', { ...box, period: span })
  if (counters.length > 0) return counters.sort((a, b) => b.kept - a.kept)

  const rest = largestRest(box, parts)
  if (rest) along('several', rest)
  if (counters.length > 0 || !exclusive) return counters
  return nearestKnown(known, { ...use, exclusive: false }, box)
    .slice(0, 1)
    .map((counter) => ({ ...counter, axis: 'several' }))
}

/** Counter-offers as terms, in whole days and in codes that say no more than the box: "all but Japan", "from 1 March". */
export function nearestTerms(
  rights: AssetRights,
  terms: ScopeTerms,
  use: Omit<Use, 'box' | 'exclusive'>,
  when: When,
): { axis: Axis; kept: number; terms: ScopeTerms }[] {
  const asked = boxOf(terms)
  return nearest(rights, { ...use, box: asked, exclusive: terms.exclusive }, when).flatMap(({ axis, kept, box, exclusive }) => {
    const rest = narrowed(terms, asked, box, exclusive)
    return rest ? [{ axis, kept, terms: rest }] : []
  })
}
