import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cured, inside, permits, pointsIn, pointsOf, taken } from '#services/testing/rights-oracle.ts'
import { anyRights, cases, change as changes, days, instant, patience, shuffled, when } from '#services/testing/small-world.ts'
import { everything, isEmptyBox, type Box } from './box.ts'
import { changed, impactOf, type Change } from './impact.ts'
import { asKnown, type AssetRights, type When } from './known.ts'
import type { Reason } from './reason.ts'

const ahead = (at: Date): Box => ({ ...everything, period: { from: at, to: null } })

const not =
  <T>(is: (value: T) => boolean) =>
  (value: T) =>
    !is(value)
const check = (property: (all: AssetRights, change: Change, when: When) => void) =>
  fc.assert(
    fc.property(
      anyRights,
      changes,
      when,
      fc.constantFrom(...days),
      (all, draw, when, day) => void property(all, draw(all), { ...when, at: instant(day) }),
    ),
    { numRuns: cases(400) },
  )

describe('impactOf against brute force over leaves', { timeout: patience }, () => {
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
        const by = claim.by ?? 'holder'
        const was = pointsOf(claim.box)
          .filter((point) => inside(ahead(when.at), point))
          .filter(permits(eternal(before), by, always))
        const kept = was.filter(permits(eternal(after), by, always))
        const lost = was.filter((point) => !kept.includes(point))
        const told = impact.claims[i]
        if (claim.twin) {
          // It lives by the twin's own rights.
          expect(told).toMatchObject({ twin: true, lost: [], whole: false, reasons: [] })
          return void expect(pointsIn(told?.kept ?? [])).toEqual(pointsOf(claim.box).filter((point) => inside(ahead(when.at), point)))
        }
        expect(told).not.toHaveProperty('twin')
        expect(pointsIn(told?.lost ?? [])).toEqual(lost)
        expect(pointsIn(told?.kept ?? [])).toEqual(kept)
        expect(told?.whole).toBe(lost.length > 0 && kept.length === 0)
        const cited = (told?.reasons ?? []).flatMap((reason) => [...reason.parts])
        expect(pointsIn(cited)).toEqual(lost)
        for (const box of [...(told?.lost ?? []), ...(told?.kept ?? []), ...cited]) expect(isEmptyBox(box)).toBe(false)
      })
    }))

  test('does not depend on the order of the rows', () =>
    check((all, change, when) => expect(impactOf(shuffled(all), change, when)).toEqual(impactOf(all, change, when))))

  test('says exactly what stops and starts being sellable', () =>
    check((all, change, when) => {
      const before = asKnown(all, when.knownAt)
      const after = changed(before, change)
      const always = instant(99)
      const free = pointsOf(ahead(when.at)).filter(not(taken(eternal(before), false, always, true)))
      const may = (rights: AssetRights) => free.filter(permits(eternal(rights), 'holder', always))
      const [was, is] = [may(before), may(after)]
      const impact = impactOf(all, change, when)
      expect(pointsIn(impact.noLongerSellable)).toEqual(was.filter((point) => !is.includes(point)))
      expect(pointsIn(impact.nowSellable)).toEqual(is.filter((point) => !was.includes(point)))
    }))

  test('names the row of the change for each part: put right, all of it is permitted again, and each is needed', () =>
    check((all, change, when) => {
      const before = asKnown(all, when.knownAt)
      const after = changed(before, change)
      const begun = [change.acquisitions, change.releases, change.restrictions].flatMap((rows) => (rows ?? []).map((row) => row.id))
      for (const { claimId, lost, reasons } of impactOf(all, change, when).claims) {
        const by = before.claims.find((row) => row.id === claimId)?.by ?? 'holder'
        const stillLost = (causes: readonly Reason[]) => {
          const righted = causes.reduce(
            (rights, cause) => (change.ends.includes(cause.id ?? '') ? restored(rights, before, cause) : cured(rights, cause)),
            after,
          )
          return pointsIn(lost).filter(not(permits(eternal(righted), by, instant(99))))
        }
        for (const { id } of reasons) expect([...change.ends, ...begun]).toContain(id)
        expect(stillLost(reasons)).toEqual([])
        for (const cause of reasons) expect(stillLost(reasons.filter((other) => other !== cause))).not.toEqual([])
      }
    }))
})

const restored = (rights: AssetRights, before: AssetRights, { id }: Reason): AssetRights => ({
  ...rights,
  acquisitions: [...rights.acquisitions, ...before.acquisitions.filter((row) => row.id === id)],
  releases: [...rights.releases, ...before.releases.filter((row) => row.id === id)],
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
