import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availability } from './availability.ts'
import { isEmptyBox, type Box } from './box.ts'
import { boxOfUse, decide, type Reason, type Use } from './decide.ts'
import { liveClaimStates, releaseStatuses, type AssetRights, type When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { nearest } from './nearest.ts'
import { consentMedia, media, nonEditorialMedia } from './vocabulary/media.ts'

/** RIGHTS_CASES=100000 for the long run. */
const numRuns = Number(process.env['RIGHTS_CASES'] ?? 3_000)

// A small world: four media (two of them need consent), four places, two industries, six days and what comes after.
const leafOf = (code: string) => media.leaves.find((leaf) => leaf.code === code)?.no as number
const mediaLeaves = [leafOf('web-banner'), leafOf('billboard'), leafOf('website-editorial'), leafOf('intranet')]
const places = [1, 2, 3, 4]
const trades = [1, 2]
const start = Date.UTC(2027, 0, 1)
const instant = (day: number) => new Date(start + day * 86_400_000)
const days = [0, 1, 2, 3, 4, 5, 6]

const setOf = (leaves: readonly number[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(LeafSet.all) },
    { weight: 5, arbitrary: fc.subarray([...leaves], { minLength: 1 }).map((some) => LeafSet.of(...some)) },
  )
const span = fc
  .tuple(fc.nat(5), fc.integer({ min: 1, max: 7 }))
  .map(([from, length]) => ({ from: instant(from), to: from + length > 6 ? null : instant(from + length) }))
const box: fc.Arbitrary<Box> = fc.record({ media: setOf(mediaLeaves), territory: setOf(places), industry: setOf(trades), period: span })
const wide: fc.Arbitrary<Box> = fc.record({
  media: fc.constant(LeafSet.all),
  territory: setOf(places),
  industry: fc.constant(LeafSet.all),
  period: fc.constant({ from: instant(0), to: null }),
})
const times = fc.tuple(fc.nat(2), fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 })).map(([from, length]) => ({
  recordedAt: instant(from - 10),
  supersededAt: length === null ? null : instant(from + length - 10),
}))
const row = { box: fc.oneof(box, wide), times }
const answer = fc.constantFrom(true, false, null)
const rights: fc.Arbitrary<AssetRights> = fc
  .record({
    asset: fc.record({
      showsPeople: answer,
      showsProperty: fc.constantFrom(false, true),
      editorialOnly: fc.constantFrom(false, false, false, true),
    }),
    acquisitions: fc.array(fc.record({ ...row, subLicensable: fc.constantFrom(true, true, false), exclusive: fc.boolean() }), {
      maxLength: 4,
    }),
    releases: fc.array(
      fc.record({ ...row, kind: fc.constantFrom('MODEL' as const, 'PROPERTY' as const), status: fc.constantFrom(...releaseStatuses) }),
      { maxLength: 3 },
    ),
    restrictions: fc.array(fc.record({ box, times }), { maxLength: 2 }),
    claims: fc.array(
      fc.record({
        box,
        times,
        exclusive: fc.boolean(),
        licenceNo: fc.integer({ min: 1, max: 3 }),
        state: fc.constantFrom(...liveClaimStates),
      }),
      { maxLength: 3 },
    ),
    licences: fc.array(
      fc.record({
        box: fc.oneof(box, wide),
        times,
        exclusive: fc.boolean(),
        no: fc.integer({ min: 1, max: 2 }),
        copies: fc.constantFrom(10, 20),
      }),
      { maxLength: 2 },
    ),
  })
  .map((drawn) => ({
    asset: { id: 'ast', no: 1n, ...drawn.asset },
    acquisitions: drawn.acquisitions.map(({ times, ...rest }, i) => ({
      id: `acq${i}`,
      contract: `contract ${i}`,
      licensor: 'L',
      ...rest,
      ...times,
    })),
    releases: drawn.releases.map(({ times, ...rest }, i) => ({ id: `rel${i}`, reference: `release ${i}`, ...rest, ...times })),
    restrictions: drawn.restrictions.map(({ times, box }, i) => ({
      id: `res${i}`,
      kind: 'HOLDBACK' as const,
      reason: 'r',
      reference: null,
      box,
      ...times,
    })),
    claims: drawn.claims.map(({ times, licenceNo, ...rest }, i) => ({ id: `${i}`, licenceNo: BigInt(licenceNo), ...rest, ...times })),
    licences: drawn.licences.map(({ times, no, copies, ...rest }, i) => ({
      id: `lic${i}`,
      no: BigInt(no),
      number: `CM-${i}`,
      limits: { printRun: copies },
      ...rest,
      ...times,
    })),
  }))
/** Mostly plentiful, so that allowed uses, refused parts and counter-offers are all common. */
const plenty = rights.map((drawn): AssetRights => ({
  ...drawn,
  acquisitions: [
    ...drawn.acquisitions,
    {
      id: 'acq',
      contract: 'own',
      licensor: 'L',
      subLicensable: true,
      exclusive: true,
      recordedAt: instant(-20),
      supersededAt: null,
      box: { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: instant(-99), to: null } },
    },
  ],
}))
const anyRights = fc.oneof(rights, plenty)
const use: fc.Arbitrary<Use> = fc.record({
  box: fc.oneof(box, wide),
  exclusive: fc.boolean(),
  by: fc.constantFrom('holder' as const, 'house' as const),
  limits: fc.constantFrom({}, { printRun: 15 }),
})
const when: fc.Arbitrary<When> = fc.nat(4).map((day) => ({ at: instant(2), knownAt: instant(day - 10) }))

interface Point {
  medium: number
  place: number
  trade: number
  day: number
}
/** 90 and 9 stand for leaves that come later: only `[0,)` has them. */
const points: Point[] = [...mediaLeaves, 90].flatMap((medium) =>
  [...places, 9].flatMap((place) => [...trades, 9].flatMap((trade) => days.map((day) => ({ medium, place, trade, day })))),
)
const inside = ({ media, territory, industry, period }: Box, p: Point) =>
  media.has(p.medium) &&
  territory.has(p.place) &&
  industry.has(p.trade) &&
  period.from <= instant(p.day) &&
  (period.to === null || instant(p.day) < period.to)
const pointsOf = (box: Box) => points.filter((point) => inside(box, point))

/** The law, said once more, in the slowest and plainest way: one point at a time. */
function refusesAt(all: AssetRights, use: Use, knownAt: Date, p: Point, ownCounts: boolean): boolean {
  const known = <T extends { recordedAt: Date; supersededAt: Date | null }>(rows: readonly T[]) =>
    rows.filter((r) => r.recordedAt <= knownAt && !(r.supersededAt && r.supersededAt <= knownAt))
  const here = <T extends { box: Box }>(rows: readonly T[]) => rows.filter((r) => inside(r.box, p))
  if (!here(known(all.acquisitions)).some((a) => a.subLicensable || use.by === 'house')) return true
  if (here(known(all.restrictions)).length > 0) return true
  if (all.asset.editorialOnly && nonEditorialMedia.has(p.medium)) return true
  for (const [kind, shows] of [
    ['MODEL', all.asset.showsPeople],
    ['PROPERTY', all.asset.showsProperty],
  ] as const) {
    const rows = known(all.releases).filter((r) => r.kind === kind)
    if (here(rows).some((r) => r.status === 'WITHDRAWN')) return true
    if (!consentMedia.has(p.medium)) continue
    if (here(rows).some((r) => r.status === 'NONE')) return true
    const consents = rows.filter((r) => r.status === 'LIMITED' || r.status === 'UNLIMITED')
    if (consents.some((r) => !inside(r.box, p))) return true
    const settled = consents.length > 0 || here(rows).some((r) => r.status === 'NOT_APPLICABLE')
    if (shows !== false && !settled) return true
  }
  const own = known(all.licences).map((licence) => licence.no)
  return here(known(all.claims)).some((claim) => (claim.exclusive || use.exclusive) && (ownCounts || !own.includes(claim.licenceNo)))
}
function coveredBySlowly(all: AssetRights, use: Use, knownAt: Date): boolean {
  const fit = all.licences.filter(
    (l) =>
      l.recordedAt <= knownAt &&
      !(l.supersededAt && l.supersededAt <= knownAt) &&
      (l.exclusive || !use.exclusive) &&
      (use.limits?.printRun ?? 0) <= (l.limits.printRun ?? Infinity),
  )
  return pointsOf(use.box as Box).every((point) => fit.some((l) => inside(l.box, point)))
}

/** Take the cause away: what the house would have to change for this reason to fall. */
function cured(all: AssetRights, { cause, id, parts, of }: Reason): AssetRights {
  const anyone = { id: 'cure', recordedAt: instant(-30), supersededAt: null }
  switch (cause) {
    case 'not-held':
      return {
        ...all,
        acquisitions: [
          ...all.acquisitions,
          ...parts.map((box) => ({ ...anyone, contract: 'new', licensor: 'L', subLicensable: true, exclusive: false, box })),
        ],
      }
    case 'not-sub-licensable':
      return { ...all, acquisitions: all.acquisitions.map((row) => (row.id === id ? { ...row, subLicensable: true } : row)) }
    case 'restriction':
      return { ...all, restrictions: all.restrictions.filter((row) => row.id !== id) }
    case 'editorial-only':
      return { ...all, asset: { ...all.asset, editorialOnly: false } }
    case 'release-limited':
      return {
        ...all,
        releases: all.releases.map((row) =>
          row.id === id
            ? {
                ...row,
                box: { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: instant(-99), to: null } },
              }
            : row,
        ),
      }
    case 'release-refused':
    case 'release-withdrawn':
      return { ...all, releases: all.releases.map((row) => (row.id === id ? { ...row, status: 'NOT_APPLICABLE' as const } : row)) }
    case 'release-missing':
    case 'not-answered':
      return {
        ...all,
        releases: [
          ...all.releases,
          ...parts.map((box) => ({ ...anyone, reference: 'new', kind: of as 'MODEL', status: 'NOT_APPLICABLE' as const, box })),
        ],
      }
    case 'taken':
      return { ...all, claims: all.claims.filter((row) => row.id !== id) }
  }
}

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
      const covered = coveredBySlowly(all, use, when.knownAt)
      const refused = pointsOf(box).filter((point) => refusesAt(all, use, when.knownAt, point, !covered))
      expect(decision.verdict).toBe(refused.length > 0 ? 'deny' : covered ? 'allow' : 'offer')
      const cited = points.filter((point) => decision.reasons.some((reason) => reason.parts.some((part) => inside(part, point))))
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
      const covered = coveredBySlowly(all, use, when.knownAt)
      const refused = pointsOf(box).filter((point) => refusesAt(all, use, when.knownAt, point, !covered))
      if (refused.length === 0) return void expect(counters).toEqual([])
      const freePlaces = [...places, 9].filter((place) => box.territory.has(place) && !refused.some((point) => point.place === place))
      expect([...places, 9].filter((place) => counters.find((c) => c.axis === 'territory')?.box.territory.has(place))).toEqual(freePlaces)
      const freeMedia = [...mediaLeaves, 90].filter((medium) => box.media.has(medium) && !refused.some((point) => point.medium === medium))
      expect([...mediaLeaves, 90].filter((medium) => counters.find((c) => c.axis === 'media')?.box.media.has(medium))).toEqual(freeMedia)
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
  const columns = [LeafSet.of(1), LeafSet.of(2, 3), LeafSet.of(4), LeafSet.all]
  const rows = [LeafSet.of(mediaLeaves[0] as number), LeafSet.of(...mediaLeaves.slice(1, 3)), LeafSet.of(mediaLeaves[3] as number)]
  test('equals asking point by point', () =>
    fc.assert(
      fc.property(anyRights, span, when, (all, period, when) => {
        const grid = availability(all, { media: rows, territory: columns, period, by: 'holder' }, when)
        const bare = { ...all, licences: [] }
        rows.forEach((media, i) =>
          columns.forEach((territory, j) => {
            const cell: Box = { media, territory, industry: LeafSet.all, period }
            const at = (exclusive: boolean) =>
              pointsOf(cell).map((point) => refusesAt(bare, { box: cell, exclusive, by: 'holder' }, when.knownAt, point, true))
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
