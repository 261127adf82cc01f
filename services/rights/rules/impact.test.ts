import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cured, inside, permits, pointsIn, pointsOf, taken } from '#services/testing/rights-oracle.ts'
import { anyRights, cases, change as changes, days, instant, patience, shuffled, when } from '#services/testing/small-world.ts'
import { everything, isEmptyBox, type Box } from './box.ts'
import { changed, impactOf, type Change } from './impact.ts'
import { asKnown, type AssetRights, type Claim, type Release, type When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
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

describe('a change upstream', () => {
  const since = { recordedAt: instant(-10), supersededAt: null }
  const box = (...places: number[]): Box => ({ ...everything, territory: LeafSet.of(...places), period: { from: instant(0), to: null } })
  const held = (id: string, where: Box, subLicensable = true) => ({
    ...since,
    id,
    contract: `C-${id}`,
    licensor: 'L',
    box: where,
    subLicensable,
    exclusive: false,
  })
  const sold = (id: string, where: Box, fields: Partial<Claim> = {}): Claim => ({
    ...since,
    id,
    licenceNo: BigInt(id),
    box: where,
    exclusive: false,
    state: 'ACTIVE',
    ...fields,
  })
  const consent = (id: string, fields: Partial<Release> = {}): Release => ({
    ...since,
    id,
    kind: 'MODEL',
    status: 'UNLIMITED',
    reference: `R-${id}`,
    box: box(1, 2, 3),
    minor: false,
    guardian: null,
    aiUses: true,
    sensitive: LeafSet.all,
    ...fields,
  })
  const rights = (fields: Partial<AssetRights>): AssetRights => ({
    asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
    acquisitions: [held('a', box(1, 2)), held('b', box(3))],
    releases: [],
    restrictions: [],
    claims: [sold('1', box(1)), sold('2', box(2, 3))],
    licences: [],
    ...fields,
  })
  const impact = (fields: Partial<AssetRights>, change: Partial<Change>) =>
    impactOf(rights(fields), { ends: [], ...change }, { at: instant(2), knownAt: instant(0) })
  const from = (where: Box): Box => ({ ...where, period: { from: instant(2), to: null } })

  test('ending a contract takes what it alone held, from then on', () => {
    const { claims, noLongerSellable, nowSellable } = impact({}, { ends: ['a'] })
    expect(claims).toEqual([
      {
        claimId: '1',
        licenceNo: 1n,
        exclusive: false,
        state: 'ACTIVE',
        lost: [from(box(1))],
        kept: [],
        whole: true,
        reasons: [{ cause: 'not-held', id: 'a', contract: 'C-a', parts: [from(box(1))] }],
      },
      {
        claimId: '2',
        licenceNo: 2n,
        exclusive: false,
        state: 'ACTIVE',
        lost: [from(box(2))],
        kept: [from(box(3))],
        whole: false,
        reasons: [{ cause: 'not-held', id: 'a', contract: 'C-a', parts: [from(box(2))] }],
      },
    ])
    expect(noLongerSellable).toEqual([from(box(1, 2))])
    expect(nowSellable).toEqual([])
  })
  test('what is over is not lost, and what nobody changes is kept', () => {
    const past = sold('3', { ...box(1), period: { from: instant(0), to: instant(2) } })
    expect(impact({ claims: [past] }, { ends: ['a'] }).claims).toEqual([])
    expect(impact({}, {}).claims.map(({ lost, kept, whole, reasons }) => ({ lost, kept, whole, reasons }))).toEqual([
      { lost: [], kept: [from(box(1))], whole: false, reasons: [] },
      { lost: [], kept: [from(box(2, 3))], whole: false, reasons: [] },
    ])
  })
  test('what was not permitted before is neither lost nor kept', () => {
    const [claim] = impact({ claims: [sold('1', box(1, 9))] }, { ends: ['a'] }).claims
    expect(claim).toMatchObject({ lost: [from(box(1))], kept: [], whole: true })
    expect(impact({ claims: [sold('1', box(9))] }, { ends: ['a'] }).claims[0]).toMatchObject({
      lost: [],
      kept: [],
      whole: false,
      reasons: [],
    })
  })
  test('the house’s own use lives by what it may not pass on as well', () => {
    const own = { acquisitions: [held('own', box(1), false)] }
    expect(impact({ ...own, claims: [sold('1', box(1), { by: 'house' })] }, { ends: ['own'] }).claims[0]).toMatchObject({
      whole: true,
      reasons: [{ id: 'own' }],
    })
    expect(impact({ ...own, claims: [sold('1', box(1))] }, { ends: ['own'] }).claims[0]).toMatchObject({ lost: [], kept: [] })
  })
  test('of contracts that end together each one cited is needed; one that stays is none', () => {
    const twice = { acquisitions: [held('a', box(1)), held('c', box(1)), held('d', box(2))], claims: [sold('1', box(1))] }
    expect(impact(twice, { ends: ['a', 'c', 'd'] }).claims[0]?.reasons.map(({ id }) => id)).toEqual(['c'])
    expect(impact(twice, { ends: ['a', 'd'] }).claims[0]?.reasons).toEqual([])
  })
  test('a narrower contract in its place keeps what both hold', () => {
    expect(impact({}, { ends: ['a'], acquisitions: [held('a2', box(1))] }).claims).toMatchObject([
      { lost: [] },
      { lost: [from(box(2))], reasons: [{ id: 'a' }] },
    ])
  })
  test('a ban, a narrower consent and a withdrawal are named themselves; a consent that only ends, as missing', () => {
    const shown = {
      asset: { id: 'ast', no: 1n, showsPeople: true, showsProperty: false, editorialOnly: false },
      releases: [consent('m')],
      claims: [sold('1', box(1))],
    }
    const reasons = (change: Partial<Change>) =>
      impact(shown, change).claims[0]?.reasons.map(({ cause, id, contract, of }) => ({ cause, id, contract, of }))
    const ban = { ...since, id: 'res', kind: 'EMBARGO' as const, reason: 'Launch', reference: null, box: box(1) }
    expect(reasons({ restrictions: [ban] })).toEqual([{ cause: 'restriction', id: 'res', contract: 'Launch', of: 'EMBARGO' }])
    expect(reasons({ ends: ['m'], releases: [consent('m2', { box: box(2) })] })).toEqual([
      { cause: 'release-limited', id: 'm2', contract: 'R-m2', of: 'MODEL' },
    ])
    expect(reasons({ ends: ['m'], releases: [consent('m2', { status: 'WITHDRAWN' })] })).toEqual([
      { cause: 'release-withdrawn', id: 'm2', contract: 'R-m2', of: 'MODEL' },
    ])
    expect(reasons({ ends: ['m'] })).toEqual([{ cause: 'release-missing', id: 'm', contract: 'R-m', of: 'MODEL' }])
    const settled = {
      ...shown,
      releases: [
        consent('p', { kind: 'PROPERTY' }),
        consent('n', { status: 'NOT_APPLICABLE', box: box(1) }),
        consent('n2', { status: 'NOT_APPLICABLE', box: box(2) }),
        consent('no', { status: 'NONE', box: box(9) }),
      ],
    }
    expect(impact(settled, { ends: ['n', 'n2', 'no', 'p'] }).claims[0]?.reasons.map(({ id }) => id)).toEqual(['n'])
  })
  test('a ban that ends lets be sold what nobody has alone', () => {
    const ban = { ...since, id: 'res', kind: 'EMBARGO' as const, reason: 'Launch', reference: null, box: box(1, 2) }
    const alone = sold('1', box(2), { exclusive: true })
    expect(impact({ restrictions: [ban], claims: [alone] }, { ends: ['res'] })).toMatchObject({
      nowSellable: [from(box(1))],
      noLongerSellable: [],
    })
    expect(impact({ claims: [alone] }, { restrictions: [ban] }).noLongerSellable).toEqual([from(box(1))])
    expect(impact({ claims: [sold('1', box(2))] }, { restrictions: [ban] }).noLongerSellable).toEqual([from(box(1, 2))])
  })
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
