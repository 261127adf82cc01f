/** Rights of a small world, drawn at random: small enough that brute force can look at each of its points. */
import fc from 'fast-check'
import type { Box } from '#services/rights/rules/box.ts'
import type { Use } from '#services/rights/rules/decide.ts'
import type { Change } from '#services/rights/rules/impact.ts'
import { liveClaimStates, releaseStatuses, type AssetRights, type When } from '#services/rights/rules/known.ts'
import { LeafSet } from '#services/rights/rules/leaf-set.ts'
import { industries, sensitiveIndustries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import type { Vocabulary } from '#services/rights/rules/vocabulary/vocabulary.ts'

const asked = process.env['RIGHTS_CASES']
/** So many random cases; RIGHTS_CASES=100000 is the long run, for each property. */
export const cases = (few: number): number => (asked ? Number(asked) : few)
/** The long run takes its time. */
export const patience = asked ? 3_600_000 : 30_000

// Four media (two need consent, one of them is AI), three places, two industries (one is sensitive), six days and what comes after.
const leafOf = (words: Vocabulary, code: string) => words.leaves.find((leaf) => leaf.code === code)?.no as number
export const mediaLeaves = ['web-banner', 'website-editorial', 'intranet', 'ai-training'].map((code) => leafOf(media, code))
export const places = [1, 2, 3]
export const trades = ['fashion', 'alcohol'].map((code) => leafOf(industries, code))
const start = Date.UTC(2027, 0, 1)
export const instant = (day: number) => new Date(start + day * 86_400_000)
export const days = [0, 1, 2, 3, 4, 5, 6]

const setOf = (leaves: readonly number[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(LeafSet.all) },
    { weight: 5, arbitrary: fc.subarray([...leaves], { minLength: 1 }).map((some) => LeafSet.of(...some)) },
  )
export const span = fc
  .tuple(fc.nat(5), fc.integer({ min: 1, max: 7 }))
  .map(([from, length]) => ({ from: instant(from), to: from + length > 6 ? null : instant(from + length) }))
export const box: fc.Arbitrary<Box> = fc.record({
  media: setOf(mediaLeaves),
  territory: setOf(places),
  industry: setOf(trades),
  period: span,
})
export const wide: fc.Arbitrary<Box> = fc.record({
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
export const rights: fc.Arbitrary<AssetRights> = fc
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
      fc.record({
        ...row,
        kind: fc.constantFrom('MODEL' as const, 'MODEL' as const, 'PROPERTY' as const),
        status: fc.constantFrom(...releaseStatuses),
        minor: fc.constantFrom(false, false, true),
        aiUses: fc.constantFrom(true, true, false),
        sensitive: fc.constantFrom(LeafSet.none, LeafSet.of(trades[1] as number), sensitiveIndustries, sensitiveIndustries),
      }),
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
        twin: fc.constantFrom(false, false, true),
        by: fc.constantFrom('holder' as const, 'house' as const),
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
    releases: drawn.releases.map(({ times, ...rest }, i) => ({
      id: `rel${i}`,
      reference: `release ${i}`,
      guardian: null,
      ...rest,
      ...times,
    })),
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
export const plenty = rights.map((drawn): AssetRights => ({
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
export const anyRights = fc.oneof(rights, plenty)
export const use: fc.Arbitrary<Use> = fc.record({
  box: fc.oneof(box, wide),
  exclusive: fc.boolean(),
  by: fc.constantFrom('holder' as const, 'house' as const),
  limits: fc.constantFrom({}, { printRun: 15 }),
})
export const when: fc.Arbitrary<When> = fc.nat(4).map((day) => ({ at: instant(2), knownAt: instant(day - 10) }))

/** A change upstream: some rows end, and others begin. */
export const change: fc.Arbitrary<(all: AssetRights) => Change> = fc
  .tuple(rights, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }))
  .map(([drawn, ends]) => (all: AssetRights): Change => {
    const rows = [...all.acquisitions, ...all.releases, ...all.restrictions]
    const begun = <R extends { id: string }>(some: readonly R[]) => some.slice(0, 1).map((row) => ({ ...row, id: `new-${row.id}` }))
    return {
      ends: rows.filter((_, i) => ends[i]).map((row) => row.id),
      acquisitions: begun(drawn.acquisitions),
      releases: begun(drawn.releases),
      restrictions: begun(drawn.restrictions),
    }
  })

/** The same rows, read in another order. */
export const shuffled = (all: AssetRights): AssetRights => ({
  asset: all.asset,
  acquisitions: all.acquisitions.toReversed(),
  releases: all.releases.toReversed(),
  restrictions: all.restrictions.toReversed(),
  claims: all.claims.toReversed(),
  licences: all.licences.toReversed(),
})
