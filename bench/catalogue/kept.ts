import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { connect } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { startLocalDatabase, stopLocalDatabase } from '#scripts/local-database.ts'
import { fillCatalogue } from './fill.ts'

const cluster = '.local/bench-postgres'
/** Raised when the pictures are made otherwise: what was kept is then made anew. */
const generation = '1'
/** Two segments of the index: beyond them, pictures are copies of these, each with its own rows. */
const original = 119_999
const segment = 60_000

/** What the migrations say, and the filling: another schema is another database. */
function schema(): string {
  const hash = createHash('sha256').update(generation)
  for (const name of readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort())
    hash.update(readFileSync(path.join('prisma/migrations', name, 'migration.sql')))
  return hash.digest('hex').slice(0, 12)
}

/** Indexes that are made faster at the end than kept on the way. */
const late = ['assets_search', 'assets_title_trigrams', 'search_entries_words_idx']

/** Entries of the index some at a time, two writers beside each other, while nothing else keeps an index of their words. */
async function makeEntries(url: string, count: number): Promise<void> {
  let next = 0
  const writer = async () => {
    const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' })
    await client.connect()
    for (let from = next; from < count; from = next) {
      next += 2_000
      await client.query(`SELECT search_reindex(ARRAY(SELECT no FROM assets WHERE no BETWEEN $1 AND $2 ORDER BY no))`, [
        from + 1,
        from + 2_000,
      ])
    }
    await client.end()
  }
  await Promise.all([writer(), writer()])
}

/** Copies of the first two segments, each picture with its own rows and each bitmap with its own pages, until there are `segments`. */
async function multiply(client: pg.Client, houseId: string, segments: number): Promise<void> {
  const named = (id: string) => `overlay(${id} placing lpad((substr(${id}, 5)::int + step)::text, 8, '0') from 5)`
  const changes: Record<string, Record<string, string>> = {
    assets: {
      id: named('id'),
      no: 'no + step',
      published_version_id: named('published_version_id'),
      published_at: `published_at + make_interval(secs => step)`,
    },
    asset_versions: { id: named('id'), asset_id: named('asset_id') },
    renditions: { id: named('id'), version_id: named('version_id') },
    declarations: { id: `nextval('declarations_id_seq')`, asset_id: named('asset_id'), asset_no: 'asset_no + step' },
    acquisitions: { id: named('id'), asset_id: named('asset_id'), asset_no: 'asset_no + step' },
    claims: {
      id: `nextval('claims_id_seq')`,
      asset_no: 'asset_no + step',
      subject_no: 'subject_no + step',
      licence_no: 'licence_no + 10 * step',
    },
    search_entries: { n: 'n + step', asset_no: 'asset_no + step', asset_id: named('asset_id'), subject_no: 'subject_no + step' },
    search_bitmaps: { seg: `seg + step / ${segment}` },
  }
  const copies = Math.ceil(segments / 2) - 1
  for (const [table, changed] of Object.entries(changes)) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    )
    const names = rows.map(({ name }) => name)
    await client.query(
      `INSERT INTO ${table} (${names.join()}) SELECT ${names.map((name) => changed[name] ?? name).join()} FROM ${table} o, generate_series(1, ${copies}) k, LATERAL (SELECT k * ${2 * segment} AS step) s`,
    )
  }
  await client.query(`SELECT setval('search_entries_n_seq', (SELECT max(n) FROM search_entries))`)
  await client.query(`UPDATE search_indexes SET entries = (SELECT count(*) FROM search_entries) WHERE house_id = $1`, [houseId])
  await client.query(`UPDATE search_words SET times = times * ${copies + 1}`)
}

async function make(url: string, houseId: string, count: number): Promise<void> {
  await createDatabase(url)
  await migrate(url)
  const db = connect(url, 2)
  const client = new pg.Client({
    connectionString: url,
    options: '-c synchronous_commit=off -c maintenance_work_mem=512MB -c work_mem=256MB',
  })
  await client.connect()
  try {
    const { rows } = await client.query<{ text: string }>(`SELECT indexdef AS text FROM pg_indexes WHERE indexname = ANY($1)`, [late])
    for (const name of late) await client.query(`DROP INDEX ${name}`)
    const first = Math.min(count, original)
    await fillCatalogue(db, houseId, first)
    await makeEntries(url, first)
    await client.query(`SET session_replication_role = replica`)
    await client.query(`ANALYZE`)
    await client.query(`SELECT search_rebuild($1, now())`, [houseId])
    if (count > original) await multiply(client, houseId, Math.ceil(count / segment))
    for (const { text } of rows) await client.query(text)
    await client.query(`VACUUM ANALYZE`)
  } finally {
    await client.end()
    await db.$disconnect()
  }
}

/** A house of so many published pictures, kept between runs as long as neither the schema nor the filling changes. */
export async function keptCatalogue(houseId: string, count: number): Promise<{ url: string; stop(): void }> {
  const { started, url } = await startLocalDatabase(cluster)
  const name = `search_${schema()}_${count}`
  const root = new pg.Client({ connectionString: url() })
  await root.connect()
  try {
    const { rows } = await root.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE 'search\\_%'`)
    for (const { datname } of rows)
      if (!datname.startsWith(name.slice(0, 19)) || datname.endsWith('_building')) await dropDatabase(url(datname))
    if (!rows.some(({ datname }) => datname === name)) {
      const from = performance.now()
      process.stderr.write(`Making ${count.toLocaleString('en-GB')} pictures; they are kept for the next run.\n`)
      const building = `${name}_building`
      await make(url(building), houseId, count)
      await root.query(`ALTER DATABASE ${building} RENAME TO ${name}`)
      process.stderr.write(`Made in ${Math.round((performance.now() - from) / 1_000)} s.\n`)
    }
  } finally {
    await root.end()
  }
  return { url: url(name), stop: () => void (started && stopLocalDatabase(cluster)) }
}
