import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inside, permitsAt, pointsOf, takenAt, type Point } from '#services/testing/rights-oracle.ts'
import { anyRights, change as changes, days, instant, when } from '#services/testing/small-world.ts'
import { everything, isEmptyBox, type Box } from './box.ts'
import { changed, impactOf, type Change } from './impact.ts'
import { asKnown, type AssetRights, type When } from './known.ts'

const numRuns = Math.ceil(Number(process.env['RIGHTS_CASES'] ?? 3_000) / (process.env['RIGHTS_CASES'] ? 1 : 3))
const ahead = (at: Date): Box => ({ ...everything, period: { from: at, to: null } })
const pointsIn = (boxes: readonly Box[], among: readonly Point[]) => among.filter((point) => boxes.some((box) => inside(box, point)))

const check = (property: (all: AssetRights, change: Change, when: When) => void) =>
  fc.assert(
    fc.property(
      anyRights,
      changes,
      when,
      fc.constantFrom(...days),
      (all, draw, when, day) => void property(all, draw(all), { ...when, at: instant(day) }),
    ),
    { numRuns },
  )

describe('impactOf against brute force over leaves', () => {
  test('loses and keeps exactly the points that it should, for each claim', () =>
    check((all, change, when) => {
      const before = asKnown(all, when.knownAt)
      const after = changed(before, change)
      // The changed rows are known from now on, whenever they say that they were recorded.
      const always = instant(99)
      const impact = impactOf(all, change, when)
      const future = before.claims.filter((claim) => pointsOf(claim.box).some((point) => inside(ahead(when.at), point)))
      expect(impact.claims.map((claim) => claim.claimId)).toEqual(future.map((claim) => claim.id))
      future.forEach((claim, i) => {
        const was = pointsOf(claim.box).filter(
          (point) => inside(ahead(when.at), point) && permitsAt(eternal(before), claim.by ?? 'holder', always, point),
        )
        const kept = was.filter((point) => permitsAt(eternal(after), claim.by ?? 'holder', always, point))
        const lost = was.filter((point) => !kept.includes(point))
        const told = impact.claims[i]
        expect(pointsIn(told?.lost ?? [], pointsOf(everything))).toEqual(lost)
        expect(pointsIn(told?.kept ?? [], pointsOf(everything))).toEqual(kept)
        expect(told?.whole).toBe(lost.length > 0 && kept.length === 0)
        const cited = (told?.reasons ?? []).flatMap((reason) => [...reason.parts])
        expect(pointsIn(cited, pointsOf(everything))).toEqual(lost)
        for (const box of [...(told?.lost ?? []), ...(told?.kept ?? []), ...cited]) expect(isEmptyBox(box)).toBe(false)
      })
    }))

  test('says exactly what stops and starts being sellable', () =>
    check((all, change, when) => {
      const before = asKnown(all, when.knownAt)
      const after = changed(before, change)
      const always = instant(99)
      const free = pointsOf(ahead(when.at)).filter(
        (point) => !takenAt(eternal({ ...before, licences: [] }), { exclusive: false }, always, point, true),
      )
      const may = (rights: AssetRights) => free.filter((point) => permitsAt(eternal(rights), 'holder', always, point))
      const [was, is] = [may(before), may(after)]
      const impact = impactOf(all, change, when)
      expect(pointsIn(impact.noLongerSellable, pointsOf(everything))).toEqual(was.filter((point) => !is.includes(point)))
      expect(pointsIn(impact.nowSellable, pointsOf(everything))).toEqual(is.filter((point) => !was.includes(point)))
    }))

  test('names rows of the change only: undone, each part of the loss is permitted again, and each is needed', () =>
    check((all, change, when) => {
      const before = asKnown(all, when.knownAt)
      const always = instant(99)
      for (const claim of impactOf(all, change, when).claims) {
        const lost = pointsIn(claim.lost, pointsOf(everything))
        const by = before.claims.find((row) => row.id === claim.claimId)?.by ?? 'holder'
        const undone = (ids: readonly (string | null)[]) => {
          const less = {
            ends: change.ends.filter((id) => !ids.includes(id)),
            acquisitions: change.acquisitions ?? [],
            releases: (change.releases ?? []).filter((row) => !ids.includes(row.id)),
            restrictions: (change.restrictions ?? []).filter((row) => !ids.includes(row.id)),
          }
          return lost.filter((point) => !permitsAt(eternal(changed(before, less)), by, always, point))
        }
        const ids = claim.reasons.map((reason) => reason.id)
        expect(undone(ids)).toEqual([])
        for (const id of ids) expect(undone(ids.filter((other) => other !== id)).length).toBeGreaterThan(0)
      }
    }))
})

/** The same rows, known at any time. */
function eternal(rights: AssetRights): AssetRights {
  const since = <R extends object>(row: R): R => ({ ...row, recordedAt: instant(-99), supersededAt: null })
  return {
    asset: rights.asset,
    acquisitions: rights.acquisitions.map(since),
    releases: rights.releases.map(since),
    restrictions: rights.restrictions.map(since),
    claims: rights.claims.map(since),
    licences: rights.licences.map(since),
  }
}
