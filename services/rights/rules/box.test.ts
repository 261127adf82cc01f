import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inside, pointsIn, pointsOf } from '#services/testing/rights-oracle.ts'
import { box as drawn, cases, instant, patience } from '#services/testing/small-world.ts'
import {
  apart,
  covers,
  everything,
  intersection,
  isEmptyBox,
  isEmptySpan,
  needed,
  overlaps,
  remainder,
  shared,
  spanCovers,
  spansOverlap,
  without,
  type Box,
} from './box.ts'
import { LeafSet } from './leaf-set.ts'

const pairs = (check: (a: Box, b: Box) => void) =>
  fc.assert(
    fc.property(drawn, drawn, (a, b) => void check(a, b)),
    { numRuns: cases(600) },
  )
const some = fc.array(drawn, { maxLength: 4 })
const span = (from: number, to: number | null) => ({ from: instant(from), to: to === null ? null : instant(to) })
const whole: Box = { ...everything, period: span(0, 6) }

describe('boxes against brute force over points', { timeout: patience }, () => {
  test('overlaps, covers, intersection and without say what the points say', () =>
    pairs((a, b) => {
      const [x, y] = [pointsOf(a), pointsOf(b)]
      expect(overlaps(a, b)).toBe(x.some((point) => inside(b, point)))
      expect(covers(a, b)).toBe(y.every((point) => inside(a, point)))
      const both = intersection(a, b)
      expect(both ? pointsOf(both) : []).toEqual(x.filter((point) => inside(b, point)))
      const rest = without(a, b)
      expect(pointsIn(rest)).toEqual(x.filter((point) => !inside(b, point)))
      expect(rest.length).toBeLessThanOrEqual(5)
      for (const piece of rest) expect(isEmptyBox(piece)).toBe(false)
      // The pieces do not meet: together they have as many points as each has.
      expect(rest.reduce((n, piece) => n + pointsOf(piece).length, 0)).toBe(pointsIn(rest).length)
    }))

  test('remainder, apart and shared are exact over any number of boxes', () =>
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(pointsIn(remainder(a, b))).toEqual(pointsIn(a).filter((point) => !b.some((box) => inside(box, point))))
        const pieces = apart(a)
        expect(pointsIn(pieces)).toEqual(pointsIn(a))
        expect(pieces.reduce((n, piece) => n + pointsOf(piece).length, 0)).toBe(pointsIn(a).length)
        expect(pointsIn(shared(a, b))).toEqual(pointsIn(a).filter((point) => b.some((box) => inside(box, point))))
      }),
      { numRuns: cases(300) },
    ))

  test('needed keeps just so many rows that none of them can go', () =>
    fc.assert(
      fc.property(some, (boxes) => {
        const kept = needed(boxes, (box) => [box])
        expect(pointsIn(kept)).toEqual(pointsIn(boxes))
        kept.forEach((_, i) => expect(pointsIn(kept.filter((_, j) => j !== i)).length).toBeLessThan(pointsIn(kept).length))
      }),
      { numRuns: cases(300) },
    ))
})

describe('a box', () => {
  test('is empty as soon as one axis is', () => {
    expect(isEmptyBox(whole)).toBe(false)
    for (const less of [{ media: LeafSet.none }, { territory: LeafSet.none }, { industry: LeafSet.none }, { period: span(3, 3) }])
      expect(isEmptyBox({ ...whole, ...less })).toBe(true)
    expect([isEmptySpan(span(2, 3)), isEmptySpan(span(3, 2)), isEmptySpan(span(3, null))]).toEqual([false, true, false])
  })
  test('spans are half-open: what ends when another begins does not meet it', () => {
    expect(spansOverlap(span(0, 2), span(2, 4))).toBe(false)
    expect(spansOverlap(span(2, 4), span(0, 2))).toBe(false)
    expect(spansOverlap(span(0, 3), span(2, 4))).toBe(true)
    expect(spansOverlap(span(0, null), span(9, null))).toBe(true)
    expect([spanCovers(span(0, 2), span(0, 2)), spanCovers(span(0, 2), span(0, 3)), spanCovers(span(1, 9), span(0, 2))]).toEqual([
      true,
      false,
      false,
    ])
    expect(spanCovers(span(0, null), span(5, null))).toBe(true)
    expect(spanCovers(span(0, 9), span(5, null))).toBe(false)
  })
  test('what it shares begins at the later and ends at the earlier instant', () => {
    expect(intersection({ ...whole, period: span(0, 4) }, { ...whole, period: span(2, null) })?.period).toEqual(span(2, 4))
    expect(intersection({ ...whole, period: span(3, null) }, { ...whole, period: span(1, 5) })?.period).toEqual(span(3, 5))
    expect(intersection({ ...whole, period: span(3, null) }, { ...whole, period: span(1, null) })?.period).toEqual(span(3, null))
  })
  test('cut along one axis stays one piece, and untouched it stays itself', () => {
    expect(without(whole, { ...whole, territory: LeafSet.of(1) })).toEqual([{ ...whole, territory: LeafSet.all.difference(LeafSet.of(1)) }])
    expect(without(whole, { ...whole, media: LeafSet.of(1) })).toEqual([{ ...whole, media: LeafSet.all.difference(LeafSet.of(1)) }])
    expect(without(whole, whole)).toEqual([])
    expect(without(whole, { ...whole, period: span(6, 9) })[0]).toBe(whole)
    expect(without(whole, { ...whole, period: span(2, 4) })).toEqual([
      { ...whole, period: span(0, 2) },
      { ...whole, period: span(4, 6) },
    ])
    expect(without(whole, { ...whole, period: span(2, null) })).toEqual([{ ...whole, period: span(0, 2) }])
  })
  test('of equal rows the last is needed', () => {
    const rows = [{ id: 1 }, { id: 2 }]
    expect(needed(rows, () => [whole])).toEqual([{ id: 2 }])
  })
  test('everything has no beginning that a use could precede', () =>
    expect(covers(everything, { ...whole, period: { from: new Date(-8.64e15), to: null } })).toBe(true))
})
