import { availability } from '#services/rights/rules/availability.ts'
import { decide } from '#services/rights/rules/decide.ts'
import { axesOf, framesOf, gridMedia, gridSteps, gridTerritory, momentOf } from '#services/rights/rules/grid.ts'
import { impactOf } from '#services/rights/rules/impact.ts'
import type { AssetRights } from '#services/rights/rules/known.ts'
import { LeafSet } from '#services/rights/rules/leaf-set.ts'
import { nearest } from '#services/rights/rules/nearest.ts'
import { boxOf, type ScopeTerms } from '#services/rights/rules/scope.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'
import { defaultPriceBook } from '#services/licensing/defaults/price-book.ts'
import { priceOf } from '#services/licensing/rules/pricing.ts'
import clearance from './clearance.ts'
import type { Figure } from './figure.ts'
import claims from './rights-claims.ts'
import changes from './rights-impact.ts'

const start = Date.UTC(2027, 0, 1)
const day = 86_400_000
const knownSince = { recordedAt: new Date(start - 900 * day), supersededAt: null }
const scope: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2020-01-01',
  until: null,
  zone: 'UTC',
  exclusive: false,
}

/** A much-used asset: twenty contracts, ten releases, ten bans, and 160 claims, a third of them exclusive. The same in each run. */
function busyAsset(): AssetRights {
  let seed = 11
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T
  const some = (): ScopeTerms => {
    const from = new Date(start + next(1_200) * day).toISOString().slice(0, 10)
    return {
      ...scope,
      media: [pick(media.leaves).code, pick(media.leaves).code],
      territory: { include: [pick(territories.leaves).code, pick(territories.leaves).code, pick(territories.leaves).code] },
      from,
      until: new Date(Date.parse(from) + (30 + next(400)) * day).toISOString().slice(0, 10),
    }
  }
  const boxes = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `row${i}`, box: boxOf(some()), ...knownSince }))
  return {
    asset: { id: 'ast', no: 1n, showsPeople: true, showsProperty: false, editorialOnly: false },
    acquisitions: gridTerritory.concat(gridTerritory.slice(0, 7)).map((code, i) => ({
      id: `acq${i}`,
      contract: `C-${i}`,
      licensor: 'L',
      subLicensable: true,
      exclusive: false,
      box: boxOf({ ...scope, territory: { include: [code] } }),
      ...knownSince,
    })),
    releases: Array.from({ length: 10 }, (_, i) => ({
      id: `rel${i}`,
      kind: 'MODEL' as const,
      status: 'UNLIMITED' as const,
      reference: `R-${i}`,
      minor: false,
      guardian: null,
      aiUses: i % 2 === 0,
      sensitive: LeafSet.none,
      box: boxOf({ ...scope, media: ['ALL'] }),
      ...knownSince,
    })),
    restrictions: boxes(10).map((row) => ({ ...row, kind: 'HOLDBACK' as const, reason: 'r', reference: null })),
    claims: boxes(160).map((row, i) => ({ ...row, licenceNo: BigInt(i + 1), exclusive: i % 3 === 0, state: 'ACTIVE' as const })),
    licences: [],
  }
}

/** Processor time of one call in milliseconds: the median of many batches. Wall time would measure the neighbours. */
function median(work: (round: number) => void, batch: number, rounds = 40): number {
  for (let i = 0; i < batch * 5; i++) work(i)
  const times = Array.from({ length: rounds }, () => {
    const from = process.cpuUsage()
    for (let i = 0; i < batch; i++) work(i)
    return process.cpuUsage(from).user / 1_000 / batch
  })
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] as number
}

const rounded = (n: number): number => Math.round(n * 100) / 100

/** The engine on an asset with 200 rights rows. */
export default async function measure(): Promise<Figure[]> {
  const rights = busyAsset()
  const when = { at: new Date(start), knownAt: new Date(start) }
  const wishes = ['DE', 'DACH', 'EU27', 'M49:021', 'WORLD'].map((place, i) => ({
    box: boxOf({
      ...scope,
      media: [media.leaves[i * 7]?.code ?? 'billboard'],
      territory: { include: [place] },
      from: '2027-03-01',
      until: '2028-02-29',
    }),
    exclusive: i % 2 === 0,
    by: 'holder' as const,
  }))
  const wish = (i: number) => wishes[i % wishes.length] as (typeof wishes)[number]
  const question = {
    media: gridMedia.map((code) => media.resolve([code])),
    territory: gridTerritory.map((code) => territories.resolve([code])),
    industry: LeafSet.all,
    period: { from: new Date(start), to: new Date(start + 365 * day) },
    by: 'holder' as const,
  }
  const use: ScopeTerms = {
    ...scope,
    media: ['advertising', 'social'],
    territory: { include: ['EU27', 'CH', 'US'] },
    from: '2027-01-01',
    until: '2027-12-31',
  }
  const moments = Array.from({ length: gridSteps + 1 }, (_, step) => momentOf(step, 12, '2027-01-01', 'UTC'))
  const figures: Figure[] = [
    {
      name: 'decide, 200 rights rows',
      value: rounded(1_000 * median((i) => void decide(rights, wish(i), when), 1_000)),
      unit: 'µs',
      target: 50,
      better: 'lower',
    },
    {
      name: 'availability grid, 12 media by 13 places',
      value: rounded(median(() => void availability(rights, question, when), 10)),
      unit: 'ms',
      target: 5,
      better: 'lower',
    },
    {
      name: 'nearest, 200 rights rows',
      value: rounded(median((i) => void nearest(rights, wish(i), when), 200)),
      unit: 'ms',
      target: 1,
      better: 'lower',
    },
    {
      name: 'impact of a contract that ends, 160 claims',
      value: rounded(median((i) => void impactOf(rights, { ends: [`acq${i % 20}`] }, when), 20)),
      unit: 'ms',
      target: 5,
      better: 'lower',
    },
    {
      name: 'availability grid at 37 months',
      value: rounded(median(() => void framesOf(rights, axesOf(), moments, when), 1, 10)),
      unit: 'ms',
      target: 200,
      better: 'lower',
    },
    {
      name: 'price of a rights-managed scope',
      value: rounded(
        1_000 * median(() => void priceOf(defaultPriceBook, { model: 'RIGHTS_MANAGED', terms: use, assetFactorBp: 10_000 }), 100),
      ),
      unit: 'µs',
      target: 1_000,
      better: 'lower',
    },
  ]
  return [...figures, ...(await clearance()), ...(await changes()), ...(await claims())]
}
