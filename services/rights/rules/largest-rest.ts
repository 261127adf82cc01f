import type { Period } from '../../kernel/period.ts'
import { isEmptyBox, overlaps, remainder, type Box } from './box.ts'
import { unionOf, type LeafSet } from './leaf-set.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

export const leafAxes = ['territory', 'media', 'industry'] as const
export type LeafAxis = (typeof leafAxes)[number]
type BoxAxis = LeafAxis | 'period'

export const words: Record<LeafAxis, Vocabulary> = { territory: territories, media, industry: industries }
/** The leaves of a set that have a name: what comes later cannot be offered. */
export const countLeaves = (axis: LeafAxis, set: LeafSet): number => words[axis].leaves.reduce((n, { no }) => n + (set.has(no) ? 1 : 0), 0)

const tenYears = 10 * 365.25 * 86_400_000
const endOf = (span: Period): number => (span.to === null ? Infinity : span.to.getTime())
/** For comparison only: a span without an end counts as ten years. */
export const lengthOf = (span: Period): number => (span.to === null ? tenYears : span.to.getTime() - span.from.getTime())

/** How much of a box another one keeps, in parts of a thousand of its leaves and time. */
export const keptOf = (whole: Box, rest: Box): number =>
  Math.round(
    1_000 *
      leafAxes.reduce(
        (kept, axis) => (kept * countLeaves(axis, rest[axis])) / Math.max(1, countLeaves(axis, whole[axis])),
        lengthOf(rest.period) / lengthOf(whole.period),
      ),
  )

/** The longest gap that the taken spans leave in `whole`; of equal ones the earliest. */
export function longestFree(whole: Period, taken: readonly Period[]): Period | undefined {
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

/** Free pieces from which a rest is grown: the largest few. */
const seeds = 12
const orders: readonly (readonly BoxAxis[])[] = [
  ['media', 'industry', 'territory', 'period'],
  ['territory', 'industry', 'media', 'period'],
  ['period', 'industry', 'territory', 'media'],
  ['industry', 'period', 'media', 'territory'],
]

/**
 * A large box of a whole that no refused part touches, giving way on as many axes as it must; undefined where every leaf
 * that has a name is refused somewhere in every instant. Grown from the largest free pieces until it can grow no further
 * along any axis: no leaf and no instant of the whole can be added to it.
 */
export function largestRest(whole: Box, refused: readonly Box[]): Box | undefined {
  const free = remainder([whole], refused)
    .map((piece) => ({ piece, kept: volumeOf(piece) }))
    .filter(({ kept }) => kept > 0)
    .sort((a, b) => b.kept - a.kept)
    .slice(0, seeds)
  let best: { box: Box; kept: number } | undefined
  for (const { piece } of free)
    for (const order of orders) {
      const box = order.reduce((grown, axis) => widened(whole, refused, grown, axis), piece)
      const kept = volumeOf(box)
      if (!best || kept > best.kept) best = { box, kept }
    }
  return best?.box
}

const volumeOf = (box: Box): number => leafAxes.reduce((volume, axis) => volume * countLeaves(axis, box[axis]), lengthOf(box.period))

/** As far along one axis as the whole reaches and no refused part that meets the box on the others stands in the way. */
function widened(whole: Box, refused: readonly Box[], box: Box, axis: BoxAxis): Box {
  const wide: Box = { ...box, [axis]: whole[axis] }
  const inTheWay = refused.filter((part) => overlaps(part, wide))
  if (axis !== 'period') return { ...box, [axis]: whole[axis].difference(unionOf(inTheWay.map((part) => part[axis]))) }
  const before = inTheWay.map((part) => endOf(part.period)).filter((end) => end <= box.period.from.getTime())
  const after = inTheWay.map((part) => part.period.from.getTime()).filter((start) => start >= endOf(box.period))
  const to = Math.min(...after, endOf(whole.period))
  return { ...box, period: { from: new Date(Math.max(...before, whole.period.from.getTime())), to: to === Infinity ? null : new Date(to) } }
}

/** Whether an offer can be said at all: each axis has something left that has a name. */
export const isOfferable = (box: Box): boolean => !isEmptyBox(box) && volumeOf(box) > 0
