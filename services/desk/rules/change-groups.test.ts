import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRights, cases, instant, patience, rights as someRights, shuffled } from '#services/testing/small-world.ts'
import { impactOf } from '../../rights/rules/impact.ts'
import type { AssetRights } from '../../rights/rules/known.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { turner, type Turned } from './change-groups.ts'
import { bothLosses, type Loss } from './change-lines.ts'
import { rewritten, type UpstreamChange } from './change.ts'

const terms: ScopeTerms = {
  media: ['web-banner', 'intranet'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2026-12-01',
  until: '2027-01-03',
  zone: 'UTC',
  exclusive: false,
}
const contract = { by: 'contract', reference: 'contract 0', assetIds: null } as const
const release = { by: 'release', reference: 'release 0', assetIds: null } as const
const change = fc.constantFrom<UpstreamChange>(
  { kind: 'END_CONTRACT', source: contract, lastDay: null, zone: 'UTC' },
  { kind: 'END_CONTRACT', source: contract, lastDay: '2027-01-03', zone: 'UTC' },
  { kind: 'NARROW_CONTRACT', source: contract, terms, ownUseOnly: false },
  { kind: 'NARROW_CONTRACT', source: contract, terms, ownUseOnly: true },
  { kind: 'WITHDRAW_CONSENT', source: release, firstDay: '2027-01-04', zone: 'UTC' },
  { kind: 'NARROW_CONSENT', source: release, terms, withoutAi: true, withoutSensitive: true },
  { kind: 'BAN', source: { by: 'assets', reference: '', assetIds: [] }, ban: 'LEGAL_HOLD', reason: 'r', reference: null, terms },
)
const day = fc.integer({ min: 0, max: 5 }).map(instant)

/** Rows that are known for good. */
const inTime = <R extends { recordedAt: Date; supersededAt: Date | null }>(rows: readonly R[]): R[] =>
  rows.map((row) => ({ ...row, recordedAt: instant(-100), supersededAt: null }))
const standing = someRights.map((rights): AssetRights => ({
  ...rights,
  acquisitions: inTime(rights.acquisitions),
  releases: inTime(rights.releases),
  restrictions: inTime(rights.restrictions),
  claims: inTime(rights.claims),
}))

type Claims = AssetRights['claims']
/** The same rights as another picture has them: with ids of its own, and with what was sold of it. */
function another(rights: AssetRights, claims: Claims, n: number): AssetRights {
  const own = <R extends { id: string }>(rows: readonly R[]): R[] => rows.map((row) => ({ ...row, id: `${n}${row.id}` }))
  return {
    ...rights,
    asset: { ...rights.asset, id: `ast${n}`, no: BigInt(n) },
    acquisitions: own(rights.acquisitions),
    releases: own(rights.releases),
    restrictions: own(rights.restrictions),
    claims,
  }
}

const pictures = fc
  .tuple(
    fc.array(fc.oneof(anyRights, standing), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.boolean()), { minLength: 2, maxLength: 8 }),
  )
  .map(([worlds, picks]) =>
    picks.map(([of, sold, mixed], n) => {
      const at = (i: number) => worlds[i % worlds.length] as AssetRights
      const picture = another(at(of), at(sold).claims, n)
      return mixed ? shuffled(picture) : picture
    }),
  )

const summed = (turned: Turned): Map<bigint, Loss> => {
  const losses = new Map<bigint, Loss>()
  for (const { licenceNo, loss } of turned.losses) {
    const other = losses.get(licenceNo)
    losses.set(licenceNo, other ? bothLosses(other, loss) : loss)
  }
  return losses
}

describe('pictures of one change, in groups', { timeout: patience }, () => {
  test('each is told what it would be told by itself', () => {
    fc.assert(
      fc.property(pictures, change, day, (all, one, at) => {
        const when = { at, knownAt: at }
        const together = turner(one, when)
        for (const rights of all) {
          const { before: _b, after: _a, ...told } = together(rights)
          const { before: _c, after: _d, ...alone } = turner(one, when)(rights)
          expect(told).toEqual(alone)
        }
      }),
      { numRuns: cases(300) },
    )
  })

  test('and what the engine says of it', () => {
    fc.assert(
      fc.property(pictures, change, day, (all, one, at) => {
        const when = { at, knownAt: at }
        const turn = turner(one, when)
        for (const rights of all) {
          const told = turn(rights)
          const rewriting = rewritten(rights, one, at).change
          const impact = impactOf(rights, rewriting, when)
          const hit = new Set(impact.claims.flatMap(({ lost, licenceNo }) => (lost.length > 0 ? [licenceNo] : [])))
          expect(told.changing).toBe(rewriting.ends.length + (rewriting.restrictions?.length ?? 0) > 0)
          expect(told.touched).toBe(impact.noLongerSellable.length > 0 || hit.size > 0)
          expect(told.freed).toBe(impact.nowSellable.length > 0)
          const losses = summed(told)
          expect(new Set(losses.keys())).toEqual(hit)
          for (const [licenceNo, loss] of losses) {
            const claims = impact.claims.filter((claim) => claim.licenceNo === licenceNo && !claim.twin)
            expect(loss).toEqual({
              boxes: claims.flatMap(({ lost }) => lost),
              keptNothing: claims.every(({ kept }) => kept.length === 0),
              causes: new Set(claims.flatMap(({ reasons }) => reasons.map(({ cause }) => cause))),
              state: claims[0]?.state,
            })
          }
        }
      }),
      { numRuns: cases(300) },
    )
  })

  test('pictures that differ only in ids are one question', () => {
    fc.assert(
      fc.property(standing, change, day, (rights, one, at) => {
        const turn = turner(one, { at, knownAt: at })
        const [first, second] = [turn(another(rights, [], 1)), turn(another(rights, [], 2))]
        expect(second.after).toBe(first.after)
      }),
    )
  })
})
