import { addDays, dayOf, endOfDay, startOfDay, type Period } from '../../kernel/period.ts'
import { isEmptyBox, type Box } from './box.ts'
import { boxOfUse, decideKnown, type Use } from './decide.ts'
import { asKnown, type AssetRights, type When } from './known.ts'
import { unionOf, type LeafSet } from './leaf-set.ts'
import { boxOf, type ScopeTerms } from './scope.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

export type Axis = 'exclusivity' | 'territory' | 'period' | 'media' | 'industry'

/** What can be had instead, by giving way on one axis only. */
export interface Counter {
  axis: Axis
  box: Box
  exclusive: boolean
  /** How much of the axis is kept, in parts of a thousand. */
  kept: number
}

/**
 * The largest rest of a refused use, axis by axis: fewer places, a shorter span, fewer media, fewer industries, or the
 * same scope without exclusivity. Each of them passes `decide`. Largest first; empty when nothing can be had, or when
 * nothing need be given up.
 */
export function nearest(rights: AssetRights, use: Use, when: When): Counter[] {
  const known = asKnown(rights, when.knownAt)
  const box = boxOfUse(use, when.at)
  const decision = decideKnown(known, use, box)
  if (decision.verdict !== 'deny') return []
  const parts = decision.reasons.flatMap((reason) => reason.parts)
  const counters: Counter[] = []
  if (use.exclusive && decideKnown(known, { ...use, exclusive: false }, box).verdict !== 'deny')
    counters.push({ axis: 'exclusivity', box, exclusive: false, kept: 1_000 })

  // Rules are about points: what is free along one axis is what no refused part touches on that axis.
  const leafAxes = [
    ['territory', territories],
    ['media', media],
    ['industry', industries],
  ] as const
  for (const [axis, words] of leafAxes) {
    const rest = box[axis].difference(unionOf(parts.map((part) => part[axis])))
    if (!rest.isEmpty)
      counters.push({ axis, box: { ...box, [axis]: rest }, exclusive: use.exclusive, kept: keptLeaves(words, box[axis], rest) })
  }
  const span = longestFree(
    box.period,
    parts.map((part) => part.period),
  )
  if (span)
    counters.push({
      axis: 'period',
      box: { ...box, period: span },
      exclusive: use.exclusive,
      kept: Math.round((1_000 * length(span)) / length(box.period)),
    })
  return counters.filter((counter) => !isEmptyBox(counter.box)).sort((a, b) => b.kept - a.kept)
}

function keptLeaves(words: Vocabulary, whole: LeafSet, rest: LeafSet): number {
  const count = (set: LeafSet) => words.leaves.reduce((n, { no }) => n + (set.has(no) ? 1 : 0), 0)
  return Math.round((1_000 * count(rest)) / Math.max(1, count(whole)))
}

const tenYears = 10 * 365.25 * 86_400_000
const endOf = (span: Period): number => (span.to === null ? Infinity : span.to.getTime())
/** For comparison only: a span without an end counts as ten years. */
const length = (span: Period): number => (span.to === null ? tenYears : span.to.getTime() - span.from.getTime())

/** The longest gap that the taken spans leave in `whole`; of equal ones the earliest. */
function longestFree(whole: Period, taken: readonly Period[]): Period | undefined {
  let best: Period | undefined
  let from = whole.from.getTime()
  const offer = (to: number) => {
    if (from >= to) return
    const gap: Period = { from: new Date(from), to: to === Infinity ? null : new Date(to) }
    if (!best || endOf(gap) - from > endOf(best) - best.from.getTime()) best = gap
  }
  for (const span of [...taken].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    offer(Math.min(span.from.getTime(), endOf(whole)))
    from = Math.max(from, endOf(span))
  }
  if (from < endOf(whole)) offer(endOf(whole))
  return best
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
    const rest = narrowed(terms, asked, axis, box, exclusive)
    return rest ? [{ axis, kept, terms: rest }] : []
  })
}

function narrowed(terms: ScopeTerms, asked: Box, axis: Axis, box: Box, exclusive: boolean): ScopeTerms | undefined {
  if (axis === 'exclusivity') return { ...terms, exclusive }
  if (axis === 'period') {
    const days = wholeDays(box.period, terms.zone)
    return days && { ...terms, ...days }
  }
  if (axis === 'territory') {
    const rest = territories.codesOf(box.territory)
    const lost = territories.codesOf(asked.territory.difference(box.territory))
    // Whichever says it in fewer words; only "except" keeps an open set ("worldwide") open.
    if (lost.length > 0 && lost.length <= rest.length)
      return { ...terms, territory: { include: terms.territory.include, except: [...(terms.territory.except ?? []), ...lost] } }
    return rest.length > 0 ? { ...terms, territory: { include: rest } } : undefined
  }
  const rest = (axis === 'media' ? media : industries).codesOf(box[axis])
  return rest.length > 0 ? { ...terms, [axis]: rest } : undefined
}

/** The days of `zone` that lie wholly within a span. */
function wholeDays(span: Period, zone: string): { from: string; until: string | null } | undefined {
  const first = dayOf(span.from, zone)
  const from = startOfDay(first, zone) < span.from ? addDays(first, 1) : first
  const until = span.to === null ? null : addDays(dayOf(span.to, zone), -1)
  if (until !== null && (until < from || endOfDay(until, zone) > (span.to as Date))) return undefined
  return { from, until }
}
