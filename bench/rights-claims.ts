import path from 'node:path'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { connect, inTransaction, Prisma, type PrismaClient } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { systemClock } from '#services/platform/clock.ts'
import { takeClaims } from '#services/rights/claims.ts'
import { rightsQuery } from '#services/rights/loading.ts'
import { boxOf } from '#services/rights/rules/scope.ts'
import { startLocalDatabase, stopLocalDatabase } from '#scripts/local-database.ts'
import type { Figure } from './figure.ts'

/*
 * A house of 100,000 pictures with 1,000,000 live claims on a Postgres that keeps what it says (fsync as shipped). The house is
 * built once a state of the migrations and kept as a template; each run works on a copy of it.
 */

const house = 'org_bench'
const cluster = '.local/bench-postgres'
const assets = 100_000
const clients = 8

/** Rows straight into the tables, triggers off, the exclusion constraint built at the end over all of them: it has the last word here too. */
const build = [
  `SET session_replication_role = replica`,
  `SET maintenance_work_mem = '256MB'`,
  `INSERT INTO organisations (id, house_id, kind, name, slug, created_at) VALUES ('${house}', '${house}', 'OWNER', 'Bench', 'bench', now())`,
  `INSERT INTO assets (id, no, house_id, state, title, shows_people, shows_property, created_at, changed_at)
     SELECT 'ast_' || n, n, '${house}', 'PUBLISHED', 'Picture ' || n, false, false, now(), now() FROM generate_series(1, ${assets}) n`,
  `INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
     SELECT house_id, id, no, false, false, false, created_at FROM assets`,
  `INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
     SELECT 'acq_' || no, house_id, id, no, 'C-' || no % 500, 'Licensor', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', true, true, created_at FROM assets`,
  `ALTER TABLE claims DROP CONSTRAINT no_double_sale`,
  // Nine plain sales in Europe of overlapping years and one exclusive sale elsewhere, each picture.
  `INSERT INTO claims (house_id, asset_no, subject_no, licence_no, lineage_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
     SELECT '${house}', n, n, n::bigint * 10 + k, n::bigint * 10 + k, int4multirange(int4range((n + k) % 40, (n + k) % 40 + 6)),
       CASE WHEN k = 0 THEN '{[200,230)}' ELSE int4multirange(int4range((n * 7 + k * 13) % 150, (n * 7 + k * 13) % 150 + 5)) END, '{[0,)}',
       tstzrange('2026-01-01'::timestamptz + make_interval(days => k * 90), '2027-06-01'::timestamptz + make_interval(days => k * 90)), k = 0, 'ACTIVE', now()
     FROM generate_series(1, ${assets}) n, generate_series(0, 9) k`,
  `ALTER TABLE claims ADD CONSTRAINT no_double_sale EXCLUDE USING gist (
     subject_no WITH =, territory_set WITH &&, media_set WITH &&, industry_set WITH &&, period WITH &&, excl_class WITH <>, lineage_no WITH <>
   ) WHERE (state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'))`,
  `SELECT setval('licences_no_seq', 20000000), setval('assets_no_seq', ${assets})`,
]

const migrationsHash = (folder = path.resolve('prisma/migrations')): string => {
  const hash = createHash('sha256').update(build.join())
  for (const name of readdirSync(folder).sort())
    if (!name.includes('.')) hash.update(readFileSync(path.join(folder, name, 'migration.sql')))
  return hash.digest('hex').slice(0, 12)
}

async function template(url: (name?: string) => string): Promise<string> {
  const name = `rights_${migrationsHash()}`
  const client = new pg.Client({ connectionString: url() })
  await client.connect()
  try {
    const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name])
    if (there.rowCount) return name
    const old = await client.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE 'rights\\_%'`)
    for (const { datname } of old.rows) {
      await client.query(`ALTER DATABASE ${datname} IS_TEMPLATE false`)
      await dropDatabase(url(datname))
    }
    process.stderr.write('Building a house of 100,000 pictures and 1,000,000 claims; it is kept for the next run.\n')
    await createDatabase(url(name))
    await migrate(url(name))
    const inside = new pg.Client({ connectionString: url(name) })
    await inside.connect()
    for (const sql of build) await inside.query(sql)
    await inside.query('VACUUM ANALYZE')
    await inside.end()
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    return name
  } finally {
    await client.end()
  }
}

interface Explained {
  'QUERY PLAN': { 'Execution Time': number }[]
}

/** Database time of the one statement that loads all rights of an asset: the median of many assets. */
async function loading(db: PrismaClient): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 400; i++) {
    const no = BigInt(1 + (((i % 200) * 7_919) % assets))
    const [row] = await db.$queryRaw<Explained[]>(Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${rightsQuery(house, { assetNos: [no] })}`)
    const [plan] = row?.['QUERY PLAN'] ?? []
    // The first look reads from the disk what the copy of the house has not read yet.
    if (plan && i >= 200) times.push(plan['Execution Time'])
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity
}

interface Taken {
  perSecond: number
  /** Processor time a claim in milliseconds: our process, and the database's that served it (Linux says so; 0 elsewhere). */
  ours: number
  theirs: number
}

/** Processor time of the database's processes that serve this database, in milliseconds: /proc counts it in hundredths of a second. */
async function servers(db: PrismaClient): Promise<number> {
  const pids = await db.$queryRaw<{ pid: number }[]>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`
  return pids.reduce((sum, { pid }) => {
    const file = `/proc/${pid}/stat`
    if (!existsSync(file)) return sum
    const [user, system] = readFileSync(file, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? []
    return sum + 10 * (Number(user) + Number(system))
  }, 0)
}

/**
 * Durable claims a second: clients that each take a basket a transaction, on pictures all over the house, and wait for its
 * commit. One licence in ten is exclusive.
 */
async function takings(db: PrismaClient, count: number, lines: number, year: number): Promise<Taken> {
  const licences = await db.$queryRaw<{ no: bigint; assetNo: bigint; exclusive: boolean }[]>`
    INSERT INTO licences (id, number, house_id, holder_org_id, model, state, asset_id, version_id, terms, exclusive, starts_at, created_at, document, document_sha256, signature)
    SELECT 'lic_' || gen_random_uuid(), 'CM-' || gen_random_uuid(), ${house}, ${house}, 'RIGHTS_MANAGED', 'ACTIVE', 'ast_' || (1 + (n * 7919) % ${assets}::int), 'v', '{}', n % 10 = 0, now(), now(), '{}', repeat('0', 64), 'x'
    FROM generate_series(1, ${count}::int) n RETURNING no, substr(asset_id, 5)::bigint AS "assetNo", exclusive`
  const terms = {
    media: ['billboard'],
    territory: { include: ['DE'] },
    industry: 'ALL' as const,
    from: `${year}-01-01`,
    until: `${year}-12-31`,
    zone: 'UTC',
  }
  const plain = boxOf({ ...terms, exclusive: false })
  const sole = boxOf({ ...terms, exclusive: true })
  const ctx = { db, clock: systemClock, actor: { kind: 'system', houseId: house, name: 'bench' } as const }
  let next = 0
  let taken = 0
  const client = async (until: number) => {
    for (let i = next; i < until; i = next) {
      next += lines
      const basket = licences.slice(i, i + lines).map(({ no, assetNo, exclusive }) => ({
        assetNo,
        licenceNo: no,
        box: exclusive ? sole : plain,
        exclusive,
        state: 'ACTIVE' as const,
        holdExpiresAt: null,
      }))
      const outcome = await inTransaction(ctx, (tx) => takeClaims(tx, basket))
      if (!outcome.ok) throw new Error(`not taken: ${outcome.error}`)
      taken += outcome.value.claims.length
    }
  }
  const all = (until: number) => Promise.all(Array.from({ length: clients }, () => client(until)))
  // The first ones warm connections and caches.
  await all(Math.floor(count / 5))
  taken = 0
  const from = process.hrtime.bigint()
  const busy = process.cpuUsage()
  const served = await servers(db)
  await all(count)
  const seconds = Number(process.hrtime.bigint() - from) / 1e9
  const { user, system } = process.cpuUsage(busy)
  return {
    perSecond: taken / seconds,
    ours: (user + system) / 1_000 / taken,
    theirs: ((await servers(db)) - served) / taken,
  }
}

const hundredths = (n: number): number => Math.round(n * 100) / 100

/** The database's part of rights: loading, and taking claims that survive the power cut. */
export default async function measure(): Promise<Figure[]> {
  const server = await startLocalDatabase(path.resolve(cluster))
  const name = `bench_${process.pid}`
  try {
    await createDatabase(server.url(name), await template(server.url))
    const db = connect(server.url(name), clients)
    try {
      const figures: Figure[] = [
        {
          name: 'all rights of one asset out of 1,000,000 claims, database time',
          value: hundredths(await loading(db)),
          unit: 'ms',
          target: 2,
          better: 'lower',
        },
      ]
      for (const lines of [1, 4]) {
        const { perSecond, ours, theirs } = await takings(db, Number(process.env.BENCH_CLAIMS ?? 10_000), lines, 2040 + lines)
        const of = `durable claims, 8 clients, at 1,000,000 claims, baskets of ${lines}`
        figures.push(
          { name: of, value: Math.round(perSecond), unit: 'claims/s', target: 1_000, better: 'higher' },
          { name: `${of}: processor time, node and postgres`, value: hundredths(ours + theirs), unit: 'ms', target: 2, better: 'lower' },
        )
        process.stderr.write(`Baskets of ${lines}: ${ours.toFixed(2)} ms node and ${theirs.toFixed(2)} ms postgres a claim.\n`)
      }
      return figures
    } finally {
      await db.$disconnect()
    }
  } finally {
    await dropDatabase(server.url(name))
    if (server.started) stopLocalDatabase(path.resolve(cluster))
  }
}
