import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { takeClaims, type ClaimLine } from './claims.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { groupTwins } from './twins.ts'

/*
 * Two hundred buyers at once, on a real Postgres. `RIGHTS_ROUNDS=100` for the long run; it prints the worst wait, which no
 * test asserts because it is the machine's. Durations are told, what happened is asserted.
 */

const rounds = Number(process.env.RIGHTS_ROUNDS ?? 3)
const buyers = 200
let t: TestDb
beforeAll(async () => void (t = await testDb(24)))
afterAll(async () => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
}
/** All of them meet in Germany's billboards in June. */
const overlapping: Partial<ScopeTerms>[] = [
  {},
  { territory: { include: ['DACH'] } },
  { territory: { include: ['WORLD'], except: ['FR'] } },
  { media: ['out-of-home'] },
  { media: ['advertising', 'billboard'] },
  { from: '2027-05-01', until: null },
  { from: '2027-06-01', until: '2027-06-30' },
  { territory: { include: ['EU27'] }, media: ['ALL'] },
]

async function world(assetCount: number) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const assets = []
  for (let i = 0; i < assetCount; i++) assets.push(await anAsset(ctx, { houseId: house.id }))
  /** Licences made beforehand, many in one statement: what is measured is the taking. */
  const licences = async (assetIds: readonly string[], state: 'ACTIVE' | 'RESERVED') => {
    const rows = await t.db.$queryRaw<{ no: bigint; asset_id: string }[]>`
      INSERT INTO licences (id, number, house_id, holder_org_id, model, state, asset_id, version_id, terms, exclusive, starts_at, created_at, document, document_sha256, signature)
      SELECT 'lic_' || gen_random_uuid(), 'CM-' || gen_random_uuid(), ${house.id}, ${house.id}, 'RIGHTS_MANAGED', ${state}::licence_state, asset_id, 'v', '{}', true, now(), now(), '{}', repeat('0', 64), 'x'
      FROM unnest(${[...assetIds]}::text[]) WITH ORDINALITY AS wanted (asset_id, place) ORDER BY place RETURNING no, asset_id`
    return rows.map(({ no }) => no)
  }
  const take = async (lines: readonly ClaimLine[]) => {
    const from = process.hrtime.bigint()
    const outcome = await inTransactionOrUndo(ctx, (tx) => takeClaims(tx, lines))
    return { outcome, waited: Number(process.hrtime.bigint() - from) / 1e6 }
  }
  const line = (assetNo: bigint, licenceNo: bigint, change: Partial<ScopeTerms> = {}): ClaimLine => ({
    assetNo,
    licenceNo,
    box: boxOf({ ...terms, ...change }),
    exclusive: true,
    state: 'ACTIVE',
    holdExpiresAt: null,
  })
  return { ctx, house, assets, licences, take, line }
}

const told: string[] = []
afterAll(() => {
  if (process.env.RIGHTS_ROUNDS) process.stdout.write(`${told.join('\n')}\n`)
})
const tell = (what: string, waits: readonly number[]) => {
  const sorted = [...waits].sort((a, b) => a - b)
  const at = (part: number) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)} ms`
  told.push(`${what}: ${waits.length} takings, half within ${at(0.5)}, 99 of 100 within ${at(0.99)}, worst ${at(1)}`)
}
const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((one, i) => [((i + 1) * 7_919 * (seed + 3)) % 10_007, one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)

/** The clients of a shop: so many at a time ask, the others are still on their way; a wait is that of one asking. */
async function together<T>(jobs: readonly (() => Promise<T>)[], clients = 20): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const client = async () => {
    for (let i = next++; i < jobs.length; i = next++) results[i] = await (jobs[i] as () => Promise<T>)()
  }
  await Promise.all(Array.from({ length: clients }, client))
  return results
}

describe('races', () => {
  test(`${buyers} buyers of overlapping exclusive scopes, ${rounds} rounds: one winner in each`, { timeout: rounds * 30_000 }, async () => {
    const { assets, licences, take, line } = await world(rounds)
    const waits: number[] = []
    for (const asset of assets) {
      const numbers = await licences(Array<string>(buyers).fill(asset.id), 'ACTIVE')
      const outcomes = await together(numbers.map((no, i) => () => take([line(asset.no, no, overlapping[i % overlapping.length])])))
      expect(outcomes.filter(({ outcome }) => outcome.ok)).toHaveLength(1)
      expect(outcomes.filter(({ outcome }) => !outcome.ok && outcome.error === 'rights-taken')).toHaveLength(buyers - 1)
      expect(await t.db.claim.count({ where: { assetNo: asset.no } })).toBe(1)
      expect(await t.db.decision.count({ where: { assetNo: asset.no } })).toBe(1)
      waits.push(...outcomes.map(({ waited }) => waited))
    }
    tell('one right', waits)
  })

  test(
    `baskets of four of eight pictures in any order, ${rounds} rounds: no deadlock, no picture twice`,
    { timeout: rounds * 30_000 },
    async () => {
      const { ctx, assets, licences, take, line } = await world(8)
      const before = await deadlocks()
      const waits: number[] = []
      for (let round = 0; round < rounds; round++) {
        // Each round sells another year, so that the pictures are free again.
        const year = { from: `${2030 + round}-01-01`, until: `${2030 + round}-12-31` }
        const baskets = Array.from({ length: 48 }, (_, i) => shuffled(assets, round * 48 + i).slice(0, 4))
        const numbers = await licences(
          baskets.flat().map(({ id }) => id),
          'ACTIVE',
        )
        const outcomes = await together(
          baskets.map((basket, i) => () => take(basket.map(({ no }, j) => line(no, numbers[i * 4 + j] as bigint, year)))),
        )
        const won = baskets.filter((_, i) => outcomes[i]?.outcome.ok).flat()
        expect(won.length).toBeGreaterThan(0)
        expect(new Set(won).size).toBe(won.length)
        expect(outcomes.every(({ outcome }) => outcome.ok || outcome.error === 'rights-taken')).toBe(true)
        waits.push(...outcomes.map(({ waited }) => waited))
      }
      expect(await t.db.claim.count({ where: { houseId: ctx.actor.houseId, endedAt: { not: null } } })).toBe(0)
      expect(await deadlocks()).toBe(before)
      tell('baskets', waits)
    },
  )

  test(`twins, ${rounds} rounds: whoever buys which of them, one has the right`, { timeout: rounds * 30_000 }, async () => {
    const { ctx, assets, licences, take, line } = await world(3 * rounds)
    const waits: number[] = []
    for (let round = 0; round < rounds; round++) {
      const trio = assets.slice(3 * round, 3 * round + 3)
      await groupTwins(ctx, { assetIds: trio.map(({ id }) => id), name: 'Shoot', why: '' })
      const wanted = Array.from({ length: 60 }, (_, i) => trio[i % 3] as (typeof trio)[number])
      const numbers = await licences(
        wanted.map(({ id }) => id),
        'ACTIVE',
      )
      const outcomes = await together(
        wanted.map(
          ({ no }, i) =>
            () =>
              take([line(no, numbers[i] as bigint, overlapping[i % overlapping.length])]),
        ),
      )
      expect(outcomes.filter(({ outcome }) => outcome.ok)).toHaveLength(1)
      waits.push(...outcomes.map(({ waited }) => waited))
    }
    tell('twins', waits)
  })
})

async function deadlocks(): Promise<bigint> {
  const [row] = await t.db.$queryRaw<{ deadlocks: bigint }[]>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`
  return row?.deadlocks ?? 0n
}
