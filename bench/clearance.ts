/** Five thousand planned uses over four thousand of a hundred thousand pictures: asked, written down and counted, from the file to the last light. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { Readable } from 'node:stream'
import { receiveList } from '#services/clearance/lists.ts'
import { answerRows, runList } from '#services/clearance/runs.ts'
import { holderFor } from '#services/clearance/asking.ts'
import { connect, Prisma, type PrismaClient } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { aShop } from '#services/testing/shop.ts'
import { asActor } from '#services/testing/context.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import type { Figure } from './figure.ts'

const assets = 100_000
const uses = 5_000

/** Rows made directly, with the triggers asleep: two contracts a picture, a consent for every other, sales on every third, one in ten of them exclusive. */
async function fill(db: PrismaClient, houseId: string, holderOrgId: string): Promise<void> {
  const all = Prisma.raw(`'{[0,)}'::int4multirange`)
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`
      await tx.$executeRaw`
        INSERT INTO assets (id, house_id, title, state, audience, shows_people, shows_property, sells_royalty_free, sells_rights_managed, created_at, changed_at, published_at, current_version_id, published_version_id)
        SELECT 'ast_b' || n, ${houseId}, 'Picture ' || n, 'PUBLISHED', 'STORE', n % 2 = 0, false, true, true, now(), now(), now(), 'ver_b' || n, 'ver_b' || n FROM generate_series(1, ${assets}::int) n`
      await tx.$executeRaw`
        INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
        SELECT house_id, id, no, shows_people, shows_property, editorial_only, '2025-01-01' FROM assets WHERE house_id = ${houseId}`
      await tx.$executeRaw`
        INSERT INTO asset_versions (id, house_id, asset_id, number, file_name, media_type, byte_size, sha256, crc32, storage_key, processing, created_at)
        SELECT 'ver_b' || n, ${houseId}, 'ast_b' || n, 1, 'picture-' || n || '.jpg', 'image/jpeg', 1, md5(n::text) || md5(n::text), 0, 'x', 'READY', now() FROM generate_series(1, ${assets}::int) n`
      await tx.$executeRaw`
        INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
        SELECT 'acq_' || a.id || k, a.house_id, a.id, a.no, 'C-' || a.no % 400, 'Studio', ${all}, CASE WHEN k = 1 THEN ${all} ELSE '{[10,60)}' END, ${all},
          tstzrange('2020-01-01', CASE WHEN a.no % 7 = 0 THEN '2027-06-30'::timestamptz END), '{}', true, true, '2025-01-01'
        FROM assets a, generate_series(1, 2) k WHERE a.house_id = ${houseId}`
      await tx.$executeRaw`
        INSERT INTO releases (id, house_id, asset_id, asset_no, kind, status, reference, media_set, territory_set, industry_set, period, terms, recorded_at)
        SELECT 'rel_' || a.id, a.house_id, a.id, a.no, 'MODEL', 'UNLIMITED', 'MR', ${all}, ${all}, ${all}, '[2020-01-01,)', '{}', '2025-01-01'
        FROM assets a WHERE a.house_id = ${houseId} AND a.no % 4 = 0`
      await tx.$executeRaw`
        INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
        SELECT a.house_id, a.no, a.no, a.no, '{[5,12)}', '{[70,110)}', ${all}, '[2026-06-01,2027-06-01)', a.no % 10 = 0, 'ACTIVE', '2026-06-01' FROM assets a WHERE a.house_id = ${houseId} AND a.no % 3 = 0`
      await tx.$executeRaw`
        INSERT INTO licences (id, no, house_id, number, holder_org_id, asset_id, version_id, model, state, exclusive, terms, document, document_sha256, signature, key_id, created_at, issued_at, starts_at)
        SELECT 'lic_' || a.id, a.no, a.house_id, 'L-' || a.no, CASE WHEN a.no % 2 = 0 THEN ${holderOrgId} ELSE 'org_x' END, a.id, 'ver_b' || a.no, 'RIGHTS_MANAGED', 'ACTIVE', a.no % 10 = 0, '{}', '{}', repeat('0', 64), 's', 'k', '2026-06-01', '2026-06-01', '2026-06-01'
        FROM assets a WHERE a.house_id = ${houseId} AND a.no % 3 = 0`
    },
    { timeout: 300_000 },
  )
  await db.$executeRaw`ANALYZE`
}

const media = ['web-banner', 'social', 'magazine-ad|newspaper-ad', 'billboard', 'packaging']
const places = ['DE', 'DE|AT|CH', 'EU27', 'WORLD', 'US']
const usesOf = () =>
  Array.from({ length: uses }, (_, i) => {
    const n = 1 + ((i * 7_919) % 4_000) * 25
    const name = [`ast_b${n}`, `Picture ${n}`, `picture-${n}.jpg`, `ast_b${n}`][i % 4]
    return `${name},${media[i % media.length]},${places[i % places.length]},2027-0${1 + (i % 9)}-01,2028-01-31,${i % 11 === 0 ? 'yes' : ''}`
  })

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
    const ctx = asActor(shop.ctx, buyer)
    const job = asActor(shop.ctx, { kind: 'system' as const, houseId: shop.houseId, name: 'bench' })
    const text = `asset,media,territory,from,until,exclusive\n${usesOf().join('\n')}\n`
    const once = async (): Promise<{ wall: number; processor: number }> => {
      const [began, from] = [performance.now(), process.cpuUsage()]
      const sent = await receiveList(ctx, { fileName: 'plan.csv', source: Readable.from([Buffer.from(text)]) })
      if (!sent.ok) throw new Error(JSON.stringify(sent))
      await runList(job, { houseId: shop.houseId, clearanceId: sent.value.clearanceId })
      const [wall, { user, system }] = [performance.now() - began, process.cpuUsage(from)]
      const done = await db.clearance.findUniqueOrThrow({ where: { id: sent.value.clearanceId } })
      if (done.state !== 'DONE' || done.errors > 0) {
        const [row] = await db.clearanceRow.findMany({
          where: { clearanceId: done.id, light: 'ERROR' },
          take: 1,
          orderBy: { rowNo: 'asc' },
        })
        throw new Error(`not cleared: ${done.state}, ${done.errors} errors, such as ${JSON.stringify(row)}`)
      }
      return { wall, processor: (user + system) / 1_000 }
    }
    const holder = await holderFor(ctx)
    const rows = usesOf().map((line, no) => {
      const [asset = '', uses = '', territory = '', from = '', until = '', exclusive = ''] = line.split(',')
      return { no, given: { asset, media: uses, territory, from, until, exclusive } }
    })
    const atOnce = async (): Promise<number> => {
      const began = performance.now()
      await answerRows(ctx, rows, holder, 'Europe/Berlin')
      return performance.now() - began
    }
    await once()
    const lists = [await once(), await once(), await once()]
    const answers = [await atOnce(), await atOnce(), await atOnce()]
    const best = (times: number[]) => Math.round(Math.min(...times))
    const figure = (name: string, times: number[], target: number): Figure => ({
      name,
      value: best(times),
      unit: 'ms',
      target,
      better: 'lower',
    })
    return [
      figure(
        '5,000 planned uses cleared as a list, from the CSV to the last row stored, 100,000 assets',
        lists.map(({ wall }) => wall),
        2_000,
      ),
      figure(
        'processor time of that',
        lists.map(({ processor }) => processor),
        1_000,
      ),
      figure('5,000 planned uses answered at once, 100,000 assets', answers, 2_000),
    ]
  } finally {
    await db.$disconnect()
    await dropDatabase(url)
  }
}
