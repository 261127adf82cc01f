import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availability } from './availability.ts'
import {
  allMedia,
  allPlaces,
  coversSlowly,
  cured,
  inside,
  pointsIn,
  pointsOf,
  permits,
  refusedPoints,
  taken,
} from '#services/testing/rights-oracle.ts'
import { anyRights, days, mediaLeaves, span, use, when } from '#services/testing/small-world.ts'
import { isEmptyBox, type Box } from './box.ts'
import { boxOfUse, decide, type Use } from './decide.ts'
import type { AssetRights, When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { nearest } from './nearest.ts'

/** RIGHTS_CASES=100000 for the long run. */
const numRuns = Number(process.env['RIGHTS_CASES'] ?? 3_000)

const check = (property: (all: AssetRights, use: Use, when: When) => void) =>
  fc.assert(
    fc.property(anyRights, use, when, (all, use, when) => void property(all, use, when)),
    { numRuns },
  )

describe('decide against brute force over leaves', () => {
  test('refuses exactly when some point is refused, and its parts are exactly the refused points', () =>
    check((all, use, when) => {
      const decision = decide(all, use, when)
      const box = boxOfUse(use, when.at)
      const refused = refusedPoints(all, use, box, when.knownAt)
      expect(decision.verdict).toBe(refused.length > 0 ? 'deny' : coversSlowly(all, use, box, when.knownAt) ? 'allow' : 'offer')
      const cited = pointsIn(decision.reasons.flatMap((reason) => [...reason.parts]))
      expect(cited).toEqual(refused)
      for (const reason of decision.reasons) for (const part of reason.parts) expect(isEmptyBox(part)).toBe(false)
    }))

  test('every denial flips when its causes are removed, and each cause is needed', () =>
    check((all, use, when) => {
      const { verdict, reasons } = decide(all, use, when)
      if (verdict !== 'deny') return
      expect(decide(reasons.reduce(cured, all), use, when).verdict).not.toBe('deny')
      for (const kept of reasons) {
        const rest = reasons.filter((reason) => reason !== kept).reduce(cured, all)
        expect(decide(rest, use, when).verdict).toBe('deny')
      }
    }))

  test('narrowing what is held never enlarges an answer', () =>
    check((all, use, when) => {
      const [first, ...others] = all.acquisitions
      if (!first) return
      const less = {
        ...all,
        acquisitions: [...others, { ...first, box: { ...first.box, territory: first.box.territory.difference(LeafSet.of(2, 3)) } }],
      }
      if (decide(all, use, when).verdict === 'deny') expect(decide(less, use, when).verdict).toBe('deny')
    }))

  test('is the same by the same knowledge, whatever is recorded later', () =>
    check((all, use, when) => {
      const later = {
        id: 'late',
        kind: 'LEGAL_HOLD' as const,
        reason: 'x',
        reference: null,
        recordedAt: new Date(when.knownAt.getTime() + 1),
        supersededAt: null,
        box: boxOfUse(use, when.at),
      }
      expect(decide({ ...all, restrictions: [...all.restrictions, later] }, use, when)).toEqual(decide(all, use, when))
    }))
})

describe('nearest against brute force over leaves', () => {
  test('every counter-offer passes, lies within the wish, and is the largest along its axis', () =>
    check((all, use, when) => {
      const box = boxOfUse(use, when.at)
      const counters = nearest(all, use, when)
      for (const counter of counters) {
        const smaller: Use = { ...use, box: counter.box, exclusive: counter.exclusive }
        expect(decide(all, smaller, when).verdict).not.toBe('deny')
        expect(pointsOf(counter.box).every((point) => inside(box, point))).toBe(true)
      }
      const refused = refusedPoints(all, use, box, when.knownAt)
      if (refused.length === 0) return void expect(counters).toEqual([])
      const freePlaces = allPlaces.filter((place) => box.territory.has(place) && !refused.some((point) => point.place === place))
      expect(allPlaces.filter((place) => counters.find((c) => c.axis === 'territory')?.box.territory.has(place))).toEqual(freePlaces)
      const freeMedia = allMedia.filter((medium) => box.media.has(medium) && !refused.some((point) => point.medium === medium))
      expect(allMedia.filter((medium) => counters.find((c) => c.axis === 'media')?.box.media.has(medium))).toEqual(freeMedia)
      const freeDays = days.filter(
        (day) =>
          inside({ ...box, media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all }, { medium: 1, place: 1, trade: 1, day }) &&
          !refused.some((point) => point.day === day),
      )
      const offered = counters.find((c) => c.axis === 'period')
      const kept = offered
        ? days.filter(
            (day) =>
              freeDays.includes(day) &&
              inside(
                { ...offered.box, media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all },
                { medium: 1, place: 1, trade: 1, day },
              ),
          )
        : []
      expect(kept.length).toBe(longestRun(freeDays))
    }))
})

/** The longest run of free days; one that reaches the last day has no end and beats all, if the wish has none either. */
function longestRun(free: readonly number[]): number {
  let best = 0
  let run = 0
  for (const day of days) {
    run = free.includes(day) ? run + 1 : 0
    best = Math.max(best, run)
    if (day === 6 && run > 0) return run
  }
  return best
}

describe('the availability grid', () => {
  const columns = [LeafSet.of(1), LeafSet.of(2, 3), LeafSet.all]
  const rows = [LeafSet.of(mediaLeaves[0] as number), LeafSet.of(...mediaLeaves.slice(1, 3)), LeafSet.of(mediaLeaves[3] as number)]
  test('equals asking point by point', () =>
    fc.assert(
      fc.property(anyRights, span, when, (all, period, when) => {
        const grid = availability(all, { media: rows, territory: columns, period, by: 'holder' }, when)
        const bare = { ...all, licences: [] }
        rows.forEach((media, i) =>
          columns.forEach((territory, j) => {
            const cell: Box = { media, territory, industry: LeafSet.all, period }
            const permitted = permits(bare, 'holder', when.knownAt)
            const at = (exclusive: boolean) => {
              const isTaken = taken(bare, exclusive, when.knownAt, true)
              return pointsOf(cell).map((point) => !permitted(point) || isTaken(point))
            }
            const truth = !at(true).includes(true)
              ? 'open'
              : !at(false).includes(true)
                ? 'non-exclusive'
                : at(false).includes(false)
                  ? 'partly'
                  : 'blocked'
            expect(grid[i]?.[j]).toBe(truth)
          }),
        )
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    ))
})
