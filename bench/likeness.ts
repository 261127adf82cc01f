/**
 * Look-ups among the prints of a million pictures (`npm run bench -- likeness`, or of as many as one says): is this picture here
 * already, and what looks like it. The prints are bred from real ones (photographs of the demo and parts of them): marks with
 * some bits turned, looks between two looks, so that what is frequent in real pictures is frequent here.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { alikeInStore, byHash, byLook, byMarks, candidatesOf, type Sought } from '#services/assets/lookups.ts'
import { readPrint } from '#services/assets/prints.ts'
import { sketchKeys, sketchOf } from '#services/assets/rules/look.ts'
import { markKeys, unpackMarks } from '#services/assets/rules/marks.ts'
import { hashKeys } from '#services/assets/rules/prints.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { printFile } from '#services/assets/prints.ts'
import { connect, type Prisma, type PrismaClient } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { startLocalDatabase, stopLocalDatabase } from '#scripts/local-database.ts'
import type { Figure } from './figure.ts'

const houseId = 'org_bench'
const cluster = '.local/bench-postgres'
const pictures = Number(process.argv[3] ?? 1_000_000)
const asked = 60
/** Raised when the prints are bred otherwise: those that were kept are then bred anew. */
const generation = '1'

/** The same numbers in each run. */
function dice(seed: number) {
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return { next, below }
}

interface Seed {
  hash: bigint
  marks: Uint8Array
  look: Int8Array
}

/** Prints of the demo's photographs and of ninths of them. */
async function seeds(): Promise<Seed[]> {
  const folder = 'node_modules/@stdlib'
  const files = readdirSync(folder)
    .filter((name) => name.startsWith('datasets-img-'))
    .map((name) => path.join(folder, name, 'data/image.jpg'))
    .filter((file) => existsSync(file))
  const ctx = { media: childMedia() }
  const made: Seed[] = []
  for (const file of files) {
    const { width, height } = await sharp(file).metadata()
    const [w, h] = [Math.floor(width / 2), Math.floor(height / 2)]
    for (let part = -1; part < 9; part++) {
      const tile = path.join('.local', `likeness-${process.pid}.jpg`)
      const picture = sharp(file)
      if (part >= 0)
        picture.extract({ left: Math.floor(((part % 3) * w) / 2), top: Math.floor((Math.floor(part / 3) * h) / 2), width: w, height: h })
      await picture.jpeg().toFile(tile)
      const print = await printFile(ctx, tile, 'image/jpeg')
      if (print) made.push(readPrint(print))
    }
  }
  return made
}

/** A picture that never was: each mark out of some picture, a quarter of its bits turned. */
function breed(pool: readonly Seed[], { next, below }: ReturnType<typeof dice>): Seed {
  const pick = () => pool[below(pool.length)] as Seed
  const marks = new Uint8Array(48 * 12)
  const view = new DataView(marks.buffer)
  for (let i = 0; i < 48; i++) {
    const from = pick().marks
    const at = below(Math.max(1, from.length / 12)) * 12
    marks.set(from.subarray(at, at + 12), i * 12)
    let turned = 0
    for (let bit = 0; bit < 30; bit++) if (next() < 0.25) turned |= 1 << bit
    view.setUint32(i * 12 + 4, (view.getUint32(i * 12 + 4, true) ^ turned) >>> 0, true)
  }
  const [one, two, share] = [pick().look, pick().look, next()]
  const look = one.map((value, i) => value * share + (two[i] ?? 0) * (1 - share) + (next() - 0.5) * 24)
  let hash = pick().hash
  for (let bit = 0; bit < 64; bit++) if (next() < 0.4) hash ^= 1n << BigInt(bit)
  return { hash: BigInt.asIntN(64, hash), marks, look }
}

/** The same picture, saved again smaller: some bits of its hash and of a half of its marks are others. */
function copyOf({ hash, marks, look }: Seed, { below }: ReturnType<typeof dice>): Sought {
  const changed = marks.slice()
  const view = new DataView(changed.buffer)
  for (let i = 0; i < changed.length / 12; i += 2)
    view.setUint32(i * 12 + 4, (view.getUint32(i * 12 + 4, true) ^ (1 << below(30)) ^ (1 << below(30))) >>> 0, true)
  const near = look.map((value) => value + below(7) - 3)
  return {
    hash: BigInt.asIntN(64, hash ^ (1n << BigInt(below(64))) ^ (1n << BigInt(below(64)))),
    marks: changed,
    look: near,
    sketch: sketchOf(near),
  }
}

async function fill(url: string): Promise<void> {
  const pool = await seeds()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const sql = (text: string, values: unknown[] = []) => client.query(text, values)
  await sql(`SET session_replication_role = replica`)
  await sql(`SET maintenance_work_mem = '512MB'`)
  await sql(`SET synchronous_commit = off`)
  await sql(`DROP INDEX picture_prints_keys`)
  await sql(
    `INSERT INTO organisations (id, house_id, kind, name, slug, created_at) VALUES ('${houseId}', '${houseId}', 'OWNER', 'Bench', 'bench', now())`,
  )
  await sql(`INSERT INTO assets (id, no, house_id, state, title, current_version_id, published_version_id, created_at, changed_at)
    SELECT 'ast_' || n, n, '${houseId}', 'PUBLISHED', 'Picture ' || n, 'ver_' || n, 'ver_' || n, now(), now() FROM set_config('clearmark.lays_assets', 'on', true), generate_series(1, ${pictures}) n`)
  const chance = dice(7)
  for (let from = 1; from <= pictures; from += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, pictures - from + 1) }, (_, i) => ({ n: from + i, ...breed(pool, chance) }))
    const sketches = rows.map(({ look }) => sketchOf(look))
    const hex = (bytes: Uint8Array | Int8Array) => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
    await sql(
      `INSERT INTO picture_prints (version_id, house_id, asset_id, algorithm, hash, keys, sketch, marks, look, made_at)
       SELECT 'ver_' || n, '${houseId}', 'ast_' || n, 1, hash, keys::int[], sketch::bit(256), marks::bytea, look::bytea, now()
       FROM unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[]) r (n, hash, keys, sketch, marks, look)`,
      [
        rows.map(({ n }) => n),
        rows.map(({ hash }) => String(hash)),
        rows.map(
          ({ hash, marks }, i) => `{${[...hashKeys(hash), ...markKeys(unpackMarks(marks)), ...sketchKeys(sketches[i] ?? '')].join()}}`,
        ),
        sketches,
        rows.map(({ marks }) => hex(marks)),
        rows.map(({ look }) => hex(look)),
      ],
    )
  }
  await sql(`CREATE INDEX picture_prints_keys ON picture_prints USING gin (keys) WITH (fastupdate = off)`)
  await sql(`VACUUM ANALYZE picture_prints`)
  await sql(`ANALYZE assets`)
  await client.end()
}

const at = (times: number[], share: number): number =>
  Math.round((times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0) * 100) / 100

interface Explained {
  'QUERY PLAN': { 'Execution Time': number }[]
}
async function databaseTime(db: PrismaClient, query: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRawUnsafe<Explained[]>(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query.text}`, ...query.values)
  return row?.['QUERY PLAN'][0]?.['Execution Time'] ?? Number.POSITIVE_INFINITY
}

export default async function likeness(): Promise<Figure[]> {
  const started = await startLocalDatabase(cluster)
  const { url } = started
  const made = createHash('sha256').update(generation).update(readFileSync('prisma/migrations/20261121208000_likeness/migration.sql'))
  const name = `likeness_${made.digest('hex').slice(0, 12)}_${pictures}`
  const root = new pg.Client({ connectionString: url() })
  await root.connect()
  const { rows } = await root.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE 'likeness\\_%'`)
  for (const { datname } of rows) if (datname !== name) await dropDatabase(url(datname))
  if (!rows.some(({ datname }) => datname === name)) {
    process.stderr.write(`Breeding ${pictures.toLocaleString('en-GB')} prints; they are kept for the next run.\n`)
    const building = `${name}_building`
    await createDatabase(url(building))
    await migrate(url(building))
    await fill(url(building))
    await root.query(`ALTER DATABASE ${building} RENAME TO ${name}`)
  }
  await root.end()
  const db = connect(url(name), 2)
  const ctx = { db, actor: { kind: 'system', houseId, name: 'bench' } as const }
  const chance = dice(99)
  const times: Record<'hash' | 'marks' | 'look' | 'near' | 'alike', number[]> = { hash: [], marks: [], look: [], near: [], alike: [] }
  let found = 0
  try {
    for (let i = 0; i < asked; i++) {
      const versionId = `ver_${1 + chance.below(pictures)}`
      const [row] = await db.$queryRaw<
        { hash: bigint; marks: Uint8Array; look: Uint8Array }[]
      >`SELECT hash, marks, look FROM picture_prints WHERE version_id = ${versionId}`
      if (!row) throw new Error(`no print ${versionId}`)
      const sought = copyOf({ hash: row.hash, marks: row.marks, look: Int8Array.from(row.look) }, chance)
      times.hash.push(await databaseTime(db, byHash(houseId, sought)))
      times.marks.push(await databaseTime(db, byMarks(houseId, sought)))
      times.look.push(await databaseTime(db, byLook(houseId, sought, 124)))
      let begun = performance.now()
      const near = await candidatesOf(ctx, sought)
      times.near.push(performance.now() - begun)
      if (near.some((one) => one.versionId === versionId)) found++
      begun = performance.now()
      await alikeInStore(ctx, sought, 32)
      times.alike.push(performance.now() - begun)
    }
  } finally {
    await db.$disconnect()
    if (started.started) stopLocalDatabase(cluster)
  }
  const figure = (what: string, value: number, target: number, unit = 'ms'): Figure => ({
    name: `likeness: ${what}`,
    value,
    unit,
    target,
    better: 'lower',
  })
  return [
    figure(`hash among ${pictures}, database, median`, at(times.hash, 0.5), 50),
    figure('hash, database, p95', at(times.hash, 0.95), 50),
    figure('marks, database, median', at(times.marks, 0.5), 50),
    figure('marks, database, p95', at(times.marks, 0.95), 50),
    figure('similar, database, median', at(times.look, 0.5), 50),
    figure('similar, database, p95', at(times.look, 0.95), 50),
    figure('near duplicates of one, all three ways, wall, median', at(times.near, 0.5), 100),
    figure('similar of one with its rows, wall, median', at(times.alike, 0.5), 100),
    { name: 'likeness: copies found', value: Math.round((100 * found) / asked), unit: '%', target: 99, better: 'higher' },
  ]
}
