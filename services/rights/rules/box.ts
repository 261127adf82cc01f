import type { Period } from '../../kernel/period.ts'
import { LeafSet } from './leaf-set.ts'

/** A block of uses: every medium, place and industry of the sets, at every instant of the span. */
export interface Box {
  readonly media: LeafSet
  readonly territory: LeafSet
  readonly industry: LeafSet
  readonly period: Period
}

/** Everything, from the beginning of time. */
export const everything: Box = {
  media: LeafSet.all,
  territory: LeafSet.all,
  industry: LeafSet.all,
  period: { from: new Date(-8.64e15), to: null },
}

const end = (span: Period): number => (span.to === null ? Infinity : span.to.getTime())
const latest = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b)
const earliest = (a: Date | null, b: Date | null): Date | null => (a === null ? b : b === null || a.getTime() <= b.getTime() ? a : b)

export const spansOverlap = (a: Period, b: Period): boolean => a.from.getTime() < end(b) && b.from.getTime() < end(a)
export const spanCovers = (a: Period, b: Period): boolean => a.from.getTime() <= b.from.getTime() && end(b) <= end(a)
export const isEmptySpan = (span: Period): boolean => span.from.getTime() >= end(span)

// Territory first: it tells most rows of one asset apart.
export const overlaps = (a: Box, b: Box): boolean =>
  a.territory.overlaps(b.territory) && a.media.overlaps(b.media) && spansOverlap(a.period, b.period) && a.industry.overlaps(b.industry)

export const covers = (a: Box, b: Box): boolean =>
  a.territory.covers(b.territory) && a.media.covers(b.media) && spanCovers(a.period, b.period) && a.industry.covers(b.industry)

export const isEmptyBox = (box: Box): boolean =>
  box.media.isEmpty || box.territory.isEmpty || box.industry.isEmpty || isEmptySpan(box.period)

/** What two boxes share; undefined where they do not meet. */
export function intersection(a: Box, b: Box): Box | undefined {
  if (!overlaps(a, b)) return undefined
  return {
    media: a.media.intersection(b.media),
    territory: a.territory.intersection(b.territory),
    industry: a.industry.intersection(b.industry),
    period: { from: latest(a.period.from, b.period.from), to: earliest(a.period.to, b.period.to) },
  }
}

/** What is left of `a` without `b`: at most five boxes that do not meet each other. */
export function without(a: Box, b: Box): Box[] {
  if (!overlaps(a, b)) return [a]
  const [territory, media] = [b.territory.covers(a.territory), b.media.covers(a.media)]
  const [industry, period] = [b.industry.covers(a.industry), spanCovers(b.period, a.period)]
  // Most rows of an asset are cut along one axis only: the others then need no look (half the time of a decision).
  if (media && industry && period) return territory ? [] : [{ ...a, territory: a.territory.difference(b.territory) }]
  if (territory && industry && period) return [{ ...a, media: a.media.difference(b.media) }]

  const shared = intersection(a, b) as Box
  const rest: Box[] = [
    { ...a, territory: a.territory.difference(shared.territory) },
    { ...a, territory: shared.territory, media: a.media.difference(shared.media) },
    { ...a, territory: shared.territory, media: shared.media, industry: a.industry.difference(shared.industry) },
    { ...shared, period: { from: a.period.from, to: shared.period.from } },
  ]
  if (shared.period.to !== null) rest.push({ ...shared, period: { from: shared.period.to, to: a.period.to } })
  return rest.filter((box) => !isEmptyBox(box))
}

/** What is left of boxes without others. */
export function remainder(boxes: readonly Box[], taken: readonly Box[]): Box[] {
  let rest = [...boxes]
  for (const box of taken) {
    if (rest.length === 0) break
    rest = rest.flatMap((piece) => without(piece, box))
  }
  return rest
}

/** The same points as boxes that do not meet each other. */
export function apart(boxes: readonly Box[]): Box[] {
  const seen: Box[] = []
  for (const box of boxes) seen.push(...remainder([box], seen))
  return seen
}

/** What boxes share with others, piece by piece. */
export const shared = (boxes: readonly Box[], others: readonly Box[]): Box[] =>
  boxes.flatMap((box) => others.flatMap((other) => intersection(box, other) ?? []))

/** Rows that have a part of their own: without those whose part the others fill as well, of equal ones the last stays. */
export function needed<R>(rows: readonly R[], partOf: (row: R) => readonly Box[]): R[] {
  let kept = rows.map((row) => ({ row, part: partOf(row) }))
  for (const one of [...kept]) {
    const others = kept.filter((other) => other !== one)
    const rest = remainder(
      one.part,
      others.flatMap(({ part }) => part),
    )
    if (rest.length === 0) kept = others
  }
  return kept.map(({ row }) => row)
}
