/** The library's page at a hundred thousand assets: the first, a common word, filters, a deep page; what it costs the server and its database. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { catchUp } from '#services/catalog/library-search.ts'
import { libraryPage } from '#services/catalog/library-views.ts'
import { saveView } from '#services/catalog/library-desk.ts'
import { readLibraryWish } from '#services/catalog/rules/library-wish.ts'
import { systemClock } from '#services/platform/clock.ts'
import { connect } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { aPerson } from '#services/testing/world.ts'
import { startLocalDatabase } from '../../scripts/local-database.ts'
import { fillCatalogue } from '../catalogue/fill.ts'
import type { Figure } from '../figure.ts'

const houseId = 'org_bench'
const count = 100_000
const step = 2_000
const rounds = 40

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
/** User and system time of a process of the database, in milliseconds. */
function cpuOf(pid: number): number {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000
}

const questions: Record<string, string> = {
  'first page': '',
  'a common word': 'text=portrait',
  'a word and three filters': 'text=portrait&f=kind:PHOTOGRAPH&f=people:yes&f=missing:alt-text',
  'a fielded word': 'text=creator:turner+-keyword:sea',
  'by title': 'sort=title',
}

/** A house of a hundred thousand assets in all states, and the index of its library: entries by two writers, their words' index last. */
async function make(url: string): Promise<void> {
  await createDatabase(url)
  await migrate(url)
  const db = connect(url, 1)
  const index = await db.$queryRaw<
    { text: string }[]
  >`SELECT indexdef AS text FROM pg_indexes WHERE indexname = 'library_entries_words_idx'`
  await db.$executeRaw`DROP INDEX library_entries_words_idx`
  await fillCatalogue(db, houseId, count)
  await db.$executeRaw`ALTER TABLE assets DISABLE TRIGGER USER`
  await db.$executeRaw`
    UPDATE assets SET current_version_id = published_version_id, changed_at = created_at + make_interval(mins => (no * 7919 % 500000)::int),
      state = (ARRAY['PUBLISHED', 'PUBLISHED', 'PUBLISHED', 'DRAFT', 'ARCHIVED', 'WITHDRAWN'])[no % 6 + 1]::asset_state`
  await db.$executeRaw`ALTER TABLE assets ENABLE TRIGGER USER`
  await db.$executeRaw`ANALYZE`
  let next = 0
  const writer = async () => {
    const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' })
    await client.connect()
    for (let from = next; from < count; from = next) {
      next += step
      await client.query(
        `INSERT INTO library_entries (asset_no, house_id, n, asset_id, words, said, title_key, bytes, pixels, width, height, created_at, changed_at, ends_at, turns_at)
         SELECT asset_no, house_id, asset_no - 1, asset_id, words, said, title_key, bytes, pixels, width, height, created_at, changed_at, ends_at, turns_at
         FROM library_wanted(ARRAY(SELECT no FROM assets WHERE no BETWEEN $1 AND $2), now())`,
        [from + 1, from + step],
      )
    }
    await client.end()
  }
  await Promise.all([writer(), writer()])
  await db.$executeRawUnsafe(index[0]?.text ?? '')
  await db.$disconnect()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('SELECT library_rebuild($1)', [houseId])
  await client.query('VACUUM ANALYZE')
  await client.end()
}

/** `BENCH_LIBRARY_URL` names a database that was made before. */
export async function libraryPageFigures(): Promise<Figure[]> {
  const made = process.env.BENCH_LIBRARY_URL
  const url =
    made ?? (await startLocalDatabase(path.resolve('.local/bench-postgres'))).url(`library_page_${randomBytes(4).toString('hex')}`)
  if (!made) {
    process.stderr.write('Making 100,000 assets and their index.\n')
    await make(url)
  }
  // One connection, so that one process of the database does all the work that is measured.
  const db = connect(url, 1)
  try {
    const base = { ...testContext(db), clock: systemClock }
    const ctx = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'] }))
    for (const [name, search] of Object.entries(questions).slice(1, 4)) await saveView(ctx, { name, search, shared: false })
    await catchUp(ctx, houseId)
    const asked = Object.entries(questions).map(([name, search]) => ({ name, wish: readLibraryWish(new URLSearchParams(search)) }))
    let deep: string | null = null
    for (let page = 1; page < 30; page++)
      deep = (await libraryPage(ctx, { ...readLibraryWish(new URLSearchParams()), after: deep })).found.next
    asked.push({ name: 'the thirtieth page', wish: { ...readLibraryWish(new URLSearchParams()), after: deep } })
    const [{ pid } = { pid: 0 }] = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    const rounded = (n: number) => Math.round(n * 100) / 100
    const figures: Figure[] = []
    for (const { name, wish } of asked) {
      const found = (await libraryPage(ctx, wish)).found.total
      for (let turn = 0; turn < 20; turn++) await libraryPage(ctx, wish)
      const [own, database] = [process.cpuUsage(), cpuOf(pid)]
      for (let turn = 0; turn < rounds; turn++) await libraryPage(ctx, wish)
      const { user, system } = process.cpuUsage(own)
      const server = (user + system) / 1000 / rounds
      figures.push({
        name: `library at 100,000 assets, ${name} (${found.toLocaleString('en-GB')} found), CPU of server and database`,
        value: rounded(server + (cpuOf(pid) - database) / rounds),
        unit: 'ms',
        target: 30,
        better: 'lower',
      })
      figures.push({ name: '  of it the server', value: rounded(server), unit: 'ms', target: 30, better: 'lower' })
    }
    return figures
  } finally {
    await db.$disconnect()
    if (!made) await dropDatabase(url)
  }
}
