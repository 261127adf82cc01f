import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDb, testDb } from '#services/testing/db.ts'
import { anExchange, bring, type ExchangeContext, textOf } from '#services/testing/exchange.ts'
import { anAsset, layingAssets } from '#services/testing/world.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { recordImportedSales } from '../rights/imported-sales.ts'
import { loadRights } from '../rights/loading.ts'
import { addRelease } from '../rights/releases.ts'
import { imposeRestriction } from '../rights/restrictions.ts'
import { decide, type Use } from '../rights/rules/decide.ts'
import { LeafSet } from '../rights/rules/leaf-set.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { exportInput } from './export-schema.ts'
import { exportRights } from './exporting.ts'
import { odrlOfAsset } from './odrl.ts'
import { exportFiles } from './rules/export-kinds.ts'

let t: TestDb
let empty: TestDb
beforeAll(async () => {
  t = await testDb()
  empty = await testDb()
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await empty[Symbol.asyncDispose]()
})

/** A small generator with a seed, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed
  const next = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * n)
  }
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T
  const day = () => new Date(Date.UTC(2024, 0, 1 + next(1_500))).toISOString().slice(0, 10)
  const terms = (): ScopeTerms => {
    const [from = '', until = ''] = [day(), day()].sort()
    return {
      media: one([['ALL'], ['social', 'web-banner'], ['advertising'], ['editorial', 'ai-training'], ['not-ai']]),
      territory: one([
        { include: ['WORLD'] },
        { include: ['WORLD'], except: ['JP', 'DACH'] },
        { include: ['EU27'] },
        { include: ['M49:150'], except: ['FR'] },
      ]),
      industry: one(['ALL' as const, ['fashion', 'banking'], ['sensitive']]),
      from,
      until: next(3) === 0 ? null : until,
      zone: one(['Europe/Berlin', 'America/New_York', 'UTC']),
      exclusive: false,
    }
  }
  return { next, one, day, terms }
}

test('what is exported answers a thousand questions the same in an empty house, by CSV and by ODRL', async () => {
  const { ctx, house } = await anExchange(t.db)
  const { next, one, terms } = dice(42)
  const assets: { id: string }[] = []
  for (let i = 0; i < 6; i++)
    assets.push(await anAsset(ctx, { houseId: house.id, title: `Picture ${i}`, held: i % 2 === 0, showsPeople: i % 3 === 0 }))
  for (const { id } of assets)
    for (let i = 0; i < 4; i++) {
      await addAcquisition(ctx, {
        assetId: id,
        contract: `C-${next(3)}`,
        licensor: one(['Brandt', '=Formel & Söhne']),
        subLicensable: next(3) > 0,
        terms: { ...terms(), exclusive: next(2) === 0 },
      })
      await addRelease(ctx, {
        assetId: id,
        kind: one(['MODEL', 'PROPERTY'] as const),
        status: one(['UNLIMITED', 'LIMITED', 'NONE', 'WITHDRAWN'] as const),
        reference: `R-${i}`,
        aiUses: next(2) === 0,
        sensitive: next(2) === 0 ? ['alcohol'] : [],
        terms: terms(),
      })
      if (next(2) === 0)
        await imposeRestriction(ctx, {
          assetId: id,
          kind: 'HOLDBACK',
          reason: 'Nicht vor der Messe',
          reference: next(2) ? 'L-1' : undefined,
          terms: terms(),
        })
    }
  await recordImportedSales(
    ctx,
    assets.flatMap(({ id }, n) =>
      [0, 1, 2].map((i) => ({
        assetId: id,
        shop: 'Alpine',
        reference: `${n}-${i}`,
        holder: 'Kontor',
        soldAt: new Date('2025-01-01T00:00:00Z'),
        terms: { ...terms(), exclusive: i === 0 },
      })),
    ),
  )

  const questions = Array.from({ length: 1_000 }, () => {
    const from = new Date(Date.UTC(2024, 0, 1 + next(1_600)))
    const box = {
      media: LeafSet.of(1 + next(64)),
      territory: LeafSet.of(1 + next(250)),
      industry: LeafSet.of(1 + next(49)),
      period: { from, to: new Date(from.getTime() + 86_400_000 * (1 + next(60))) },
    }
    return { asset: one(assets).id, use: { box, exclusive: next(2) === 0, by: one(['holder', 'house'] as const) } satisfies Use }
  })
  const answers = async (world: ExchangeContext, kinds: 'all' | 'without claims') => {
    const rights = await loadRights(world, {
      assetIds: assets.map(({ id }) => id),
      ...(kinds === 'all' ? {} : { claims: 'none' as const }),
    })
    return questions.map(({ asset, use }) => {
      const known = rights.get(asset)
      if (!known) throw new Error(asset)
      const { verdict, reasons } = decide(known, use, { at: world.clock.now(), knownAt: world.clock.now() })
      return `${verdict} ${reasons
        .map(({ cause, contract }) => `${cause} ${cause === 'taken' ? '' : contract}`)
        .sort()
        .join('; ')}`
    })
  }
  const before = await answers(ctx, 'all')
  expect(new Set(before).size).toBeGreaterThan(20)

  const twin = async () => {
    const there = await anExchange(empty.db)
    // The same pictures under the same ids: the library moves by itself, the rights by these files.
    await empty.db.asset.deleteMany({})
    for (const asset of await t.db.asset.findMany({ where: { houseId: house.id } }))
      await layingAssets({ db: empty.db }, (db) =>
        db.asset.create({ data: { ...rowOf(asset), houseId: there.house.id, currentVersionId: null, publishedVersionId: null } as never }),
      )
    return there.ctx
  }
  const csv = await twin()
  for (const kind of ['acquisitions', 'releases', 'restrictions', 'sales'] as const) {
    const { chunks } = await exportRights(ctx, exportInput.parse({ kind }))
    expect(await bring(csv, exportFiles[kind].table, await textOf(chunks)), kind).toMatchObject({ state: 'DONE', problemCount: 0 })
  }
  expect(await answers(csv, 'all')).toEqual(before)

  // A second empty house, by ODRL: what sales other shops made is no matter of a picture's policy.
  await clear(empty.db)
  const odrl = await twin()
  for (const { id } of assets)
    expect(await bring(odrl, 'ODRL', await textOf((await odrlOfAsset(ctx, id)).chunks))).toMatchObject({ state: 'DONE', problemCount: 0 })
  expect(await answers(odrl, 'without claims')).toEqual(await answers(ctx, 'without claims'))
})

/** Everything that the first crossing left behind; the triggers that keep history stand aside for it. */
async function clear(db: TestDb['db']) {
  await db
    .$executeRawUnsafe(
      `SET session_replication_role = replica; TRUNCATE claims, imported_sales, acquisitions, releases, restrictions, decisions, contracts, declarations CASCADE; SET session_replication_role = origin`,
    )
    .catch(async () => {
      for (const table of [
        'claims',
        'imported_sales',
        'acquisitions',
        'releases',
        'restrictions',
        'decisions',
        'contracts',
        'declarations',
      ]) {
        await db.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
        await db.$executeRawUnsafe(`DELETE FROM ${table}`)
        await db.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
      }
    })
}
const rowOf = (asset: object) => Object.fromEntries(Object.entries(asset).filter(([name]) => !['search', 'exclusivityNo'].includes(name)))
