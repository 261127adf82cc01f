/** A contract with ten thousand pictures and thirty thousand licences, in a house with a million claims: previewed, drafted, applied. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { applyChange } from '#services/desk/change-applying.ts'
import { assetsOf, basisOf } from '#services/desk/change-ground.ts'
import { decideMany } from '#services/desk/change-deciding.ts'
import { previewOf } from '#services/desk/change-impact.ts'
import { draftChange } from '#services/desk/change-plans.ts'
import type { UpstreamChange } from '#services/desk/rules/change.ts'
import { connect, Prisma, type PrismaClient } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { asActor } from '#services/testing/context.ts'
import { aShop } from '#services/testing/shop.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import type { Figure } from './figure.ts'

const pictures = 100_000
const ofContract = 10_000
const background = 970_000

/**
 * Rows made directly, with the triggers asleep: every tenth picture is of the contract and has three licences with orders
 * behind every other; the rest of the million claims lies on the other pictures.
 */
async function fill(db: PrismaClient, houseId: string, orgId: string): Promise<void> {
  const all = Prisma.raw(`'{[0,)}'::int4multirange`)
  const terms = JSON.stringify({
    media: ['ALL'],
    territory: { include: ['WORLD'] },
    industry: 'ALL',
    from: '2020-01-01',
    until: null,
    zone: 'Europe/Berlin',
    exclusive: false,
  })
  // Nobody sells here while it is measured; filling this index is what would take minutes.
  await db.$executeRaw`ALTER TABLE claims DROP CONSTRAINT no_double_sale`
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`
      await tx.$executeRaw`
        INSERT INTO assets (id, house_id, title, state, audience, shows_people, shows_property, sells_royalty_free, sells_rights_managed, created_at, changed_at, published_at, current_version_id, published_version_id)
        SELECT 'ast_i' || n, ${houseId}, 'Picture ' || n, 'PUBLISHED', 'STORE', false, false, true, true, now(), now(), now(), 'ver_i' || n, 'ver_i' || n FROM generate_series(1, ${pictures}::int) n`
      await tx.$executeRaw`
        INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
        SELECT house_id, id, no, false, false, false, '2025-01-01' FROM assets WHERE house_id = ${houseId}`
      await tx.$executeRaw`
        INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
        SELECT 'acq_' || a.id, a.house_id, a.id, a.no, CASE WHEN a.no % 10 = 0 THEN 'AG-BIG' ELSE 'C-' || a.no % 400 END, 'Studio', ${all}, ${all}, ${all}, '[2019-12-31 23:00+00,)', ${terms}::jsonb, true, true, '2025-01-01'
        FROM assets a WHERE a.house_id = ${houseId}`
      await tx.$executeRaw`
        INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
        SELECT ${houseId}, a.no, a.no, 1000000 + a.no * 3 + k, '{[5,12)}', CASE k WHEN 0 THEN '{[70,110)}' WHEN 1 THEN '{[10,60)}' ELSE '{[110,140)}' END::int4multirange, ${all},
          tstzrange('2026-06-01', '2027-06-01'::timestamptz + a.no % 12 * interval '1 month'), k = 0, 'ACTIVE', '2026-06-01'
        FROM assets a, generate_series(0, 2) k WHERE a.house_id = ${houseId} AND a.no % 10 = 0`
      await tx.$executeRaw`
        INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
        SELECT ${houseId}, no, no, 10000000 + n, '{[5,12)}', '{[70,110)}', ${all}, '[2026-06-01,2027-06-01)', false, 'ACTIVE', '2026-06-01'
        FROM generate_series(1, ${background}::int) n CROSS JOIN LATERAL (SELECT 1 + n % 10000 * 10 + n % 9 AS no) a`
      await tx.$executeRaw`
        INSERT INTO licences (id, no, house_id, number, holder_org_id, asset_id, version_id, model, state, exclusive, terms, document, document_sha256, signature, key_id, created_at, issued_at, starts_at, ends_at, order_line_id)
        SELECT 'lic_i' || c.licence_no, c.licence_no, ${houseId}, 'L-' || c.licence_no, CASE WHEN c.licence_no % 3 = 0 THEN ${orgId} ELSE 'org_' || c.licence_no % 200 END, a.id, 'ver_i', 'RIGHTS_MANAGED', 'ACTIVE', c.exclusive,
          '{}', '{}', repeat('0', 64), 's', 'k', '2026-06-01', '2026-06-01', lower(c.period), upper(c.period), CASE WHEN c.licence_no % 2 = 0 THEN 'orl_' || c.licence_no END
        FROM claims c JOIN assets a ON a.no = c.asset_no WHERE c.licence_no BETWEEN 1000000 AND 9999999`
      await tx.$executeRaw`
        INSERT INTO orders (id, number, house_id, org_id, user_id, state, currency, net_minor, tax_minor, total_minor, placed_at, paid_at)
        SELECT 'ord_' || no, 'O-' || no, house_id, holder_org_id, 'usr', 'PAID', 'EUR', 100000, 19000, 119000, '2026-06-01', '2026-06-01' FROM licences WHERE order_line_id IS NOT NULL`
      await tx.$executeRaw`
        INSERT INTO order_lines (id, order_id, position, asset_id, version_id, model, title, summary, terms, terms_sha256, terms_template_id, price_book_id, price, net_minor, tax_minor, state, licence_id)
        SELECT order_line_id, 'ord_' || no, 0, asset_id, version_id, model, 'T', 'S', '{}', repeat('0', 64), 't', 'p', '{}', 100000, 19000, 'LICENSED', id FROM licences WHERE order_line_id IS NOT NULL`
      await tx.$executeRaw`
        INSERT INTO deliveries (id, house_id, at, outcome, reason, rendition, person_name, licence_id)
        SELECT 'dlv_' || l.no || k, l.house_id, '2026-07-01', 'SERVED', 'right', 'original', 'P' || k, l.id FROM licences l, generate_series(1, 2) k`
    },
    { timeout: 600_000 },
  )
  await db.$executeRaw`ANALYZE`
}

const rounded = (n: number): number => Math.round(n * 100) / 100
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}
const middle = (times: number[]): number => rounded(times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number)

export default async function measure(): Promise<Figure[]> {
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const url = database.url(`bench_${randomBytes(4).toString('hex')}`)
  await createDatabase(url)
  await migrate(url)
  const db = connect(url)
  try {
    const shop = await aShop(db)
    const buyer = await shop.buyer()
    await fill(db, shop.houseId, buyer.orgId)
    const ctx = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
    const source = { by: 'contract' as const, reference: 'AG-BIG', assetIds: null }
    const change: UpstreamChange = { kind: 'END_CONTRACT', source, lastDay: '2027-03-31', zone: 'Europe/Berlin' }
    const look = async () => {
      const assets = await assetsOf(ctx, source)
      await basisOf(ctx, assets)
      const { lines } = await previewOf(ctx, change, assets)
      if (assets.length !== ofContract || lines.length !== 3 * ofContract)
        throw new Error(`${assets.length} pictures, ${lines.length} lines`)
    }
    const times: number[] = []
    const processor: number[] = []
    for (let round = 0; round < 5; round++) {
      const from = process.cpuUsage()
      times.push(await seconds(look))
      const { user, system } = process.cpuUsage(from)
      processor.push((user + system) / 1_000_000)
    }
    let planId = ''
    const drafting = await seconds(async () => {
      const drafted = await draftChange(ctx, { change, reason: 'Notice', holderWords: 'No longer permitted.' })
      if (!drafted.ok) throw new Error(drafted.error)
      planId = drafted.value.planId
    })
    await decideMany(ctx, { planId, verdict: 'SUGGESTED', note: '' })
    const applying = await seconds(async () => {
      const applied = await applyChange(ctx, { planId })
      if (!applied.ok) throw new Error(applied.error)
    })
    return [
      {
        name: 'impact of a contract with 10,000 assets, 30,000 of 1,000,000 claims',
        value: middle(times),
        unit: 's',
        target: 3,
        better: 'lower',
      },
      { name: 'processor time of that', value: middle(processor), unit: 's', target: 1.5, better: 'lower' },
      { name: 'its plan drawn up, 30,000 lines', value: rounded(drafting), unit: 's', target: 8, better: 'lower' },
      { name: 'the change applied to 10,000 assets in one step', value: rounded(applying), unit: 's', target: 8, better: 'lower' },
    ]
  } finally {
    await db.$disconnect()
    await dropDatabase(url)
  }
}
