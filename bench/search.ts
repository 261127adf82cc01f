/**
 * Search at a hundred thousand pictures (`npm run bench -- search`), or at as many as one says (`npm run bench -- search 1000000`):
 * each kind of question (48 hits, total, six facets; and all eleven, as the results page asks), the whole page as a browser gets it, and how well it ranks real records. The pictures
 * are made once and kept; the database runs with the settings that a new house has.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { facets, noFilters, pageSize, type Facet } from '#services/catalog/rules/facets.ts'
import { asksForRights, cellOf, readRights } from '#services/catalog/rules/rights-wish.ts'
import { parseQuery } from '#services/catalog/rules/search-query.ts'
import { foldSearch, rebuildSearch } from '#services/catalog/search-index.ts'
import { postgresSearch } from '#services/catalog/search-postgres.ts'
import { searchPage } from '#services/catalog/search.ts'
import { dayOf } from '#services/kernel/period.ts'
import { systemClock } from '#services/platform/clock.ts'
import { connect } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { fillCatalogue, records } from './catalogue/fill.ts'
import { keptCatalogue } from './catalogue/kept.ts'
import { resultsPages } from './catalogue/pages.ts'
import { questionsOf, type BenchQuestion, type Kind } from './catalogue/questions.ts'
import { relevance } from './catalogue/relevance.ts'
import type { Figure } from './figure.ts'

const houseId = 'org_bench'
/** Six facets, as the questions are put to any engine that is compared; the results page has all. */
const six: readonly Facet[] = ['kind', 'orientation', 'colour', 'people', 'licence', 'date']
const rounded = (n: number): number => Math.round(n * 100) / 100
const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** User and system time of the database's processes since they were last asked, in milliseconds. One that has gone since was idle. */
function cpuMeter(): (pids: readonly number[]) => number {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  const before = new Map<number, number>()
  return (pids) =>
    pids.reduce((sum, pid) => {
      if (!fs.existsSync(`/proc/${pid}/stat`)) return sum
      const fields = fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      const now = ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000
      const since = now - (before.get(pid) ?? now)
      before.set(pid, now)
      return sum + since
    }, 0)
}

/** How well real records are found, as they are: beside their varied copies nobody could say which one was meant. */
async function ranking(url: string): Promise<Figure[]> {
  await createDatabase(url)
  await migrate(url)
  const db = connect(url, 4)
  const ctx = { db, clock: systemClock, actor: { kind: 'guest', houseId } as const }
  try {
    await fillCatalogue(db, houseId, records().length)
    await rebuildSearch(ctx, houseId)
    await db.$executeRaw`ANALYZE`
    return await relevance(ctx, houseId, records())
  } finally {
    await db.$disconnect()
    await dropDatabase(url)
  }
}

export default async function measure(): Promise<Figure[]> {
  const count = Number(process.argv[3] ?? 100_000)
  if (!Number.isInteger(count) || count < 2_000) throw new Error('npm run bench -- search [how many pictures, 2000 at least]')
  const large = count > 300_000
  const kept = process.env.BENCH_DATABASE_URL
    ? { url: process.env.BENCH_DATABASE_URL, stop: () => undefined }
    : await keptCatalogue(houseId, count)
  const db = connect(kept.url, 8)
  const ctx = { db, clock: systemClock, actor: { kind: 'guest', houseId } as const }
  try {
    // As each minute does: what a run before this one changed would be paid for by every question of this one.
    await foldSearch(ctx, houseId)
    const search = postgresSearch(ctx)
    const today = dayOf(systemClock.now(), 'Europe/Berlin')
    const ask = ({ text, filters, rights }: BenchQuestion, counted = six) => {
      const wish = readRights(new URLSearchParams(rights))
      const cell = asksForRights(wish) ? cellOf(wish, false, today, 'Europe/Berlin') : null
      return search.find({
        houseId,
        query: parseQuery(text),
        filters,
        rights: { filter: cell, count: cell ? [cell] : [] },
        sort: 'relevance',
        offset: 0,
        limit: pageSize,
        counted,
      })
    }
    const kinds = Object.entries(questionsOf(records())) as [Kind, BenchQuestion[]][]
    for (const [, questions] of kinds) for (const question of questions) await ask(question)

    const figures: Figure[] = []
    for (const [kind, questions] of kinds) {
      const times: number[] = []
      for (let round = 0; round < 3; round++)
        for (const question of questions) {
          const from = performance.now()
          await ask(question)
          times.push(performance.now() - from)
        }
      times.sort((a, b) => a - b)
      figures.push({
        name: `${kind}, p95 of ${count}`,
        value: rounded(at(times, 0.95)),
        unit: 'ms',
        target: large ? 60 : 15,
        better: 'lower',
      })
      figures.push({
        name: `${kind}, median of ${count}`,
        value: rounded(at(times, 0.5)),
        unit: 'ms',
        target: large ? 60 : 15,
        better: 'lower',
      })
    }

    const mixed = kinds.flatMap(([, questions]) => questions).sort((a, b) => (a.text < b.text ? -1 : 1))
    let next = 0
    let last = mixed.length
    const client = async (counted = six) => {
      for (let turn = next++; turn < last; turn = next++) await ask(mixed[turn % mixed.length] as BenchQuestion, counted)
    }
    // A round that is not measured: connections that open later would answer unseen.
    await Promise.all(Array.from({ length: 8 }, () => client()))
    const pids = (
      await db.$queryRaw<
        { pid: number }[]
      >`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`
    ).map(({ pid }) => pid)
    const cpu = cpuMeter()
    cpu(pids)
    const [ownFrom, from] = [process.cpuUsage(), performance.now()]
    next = 0
    last = mixed.length * 6
    await Promise.all(Array.from({ length: 8 }, () => client()))
    const seconds = (performance.now() - from) / 1_000
    const own = process.cpuUsage(ownFrom)
    const asked = mixed.length * 6
    figures.push({
      name: 'mixed, 8 clients',
      value: rounded(asked / seconds),
      unit: 'questions/s',
      target: large ? 140 : 500,
      better: 'higher',
    })
    figures.push({
      name: 'mixed, database CPU a question',
      value: rounded(cpu(pids) / asked),
      unit: 'ms',
      target: large ? 6.5 : 1.6,
      better: 'lower',
    })
    figures.push({
      name: 'mixed, own CPU a question',
      value: rounded((own.user + own.system) / 1_000 / asked),
      unit: 'ms',
      target: 2,
      better: 'lower',
    })

    const together = async (counted = six): Promise<number> => {
      next = 0
      last = mixed.length * 3
      const from = performance.now()
      await Promise.all(Array.from({ length: 8 }, () => client(counted)))
      return performance.now() - from
    }
    const folded = await together()
    figures.push({
      name: 'mixed, all eleven facets counted, as six',
      value: rounded((await together(facets)) / folded),
      unit: 'times',
      target: 1.4,
      better: 'lower',
    })
    // What was published or sold in the last minute is not in the bitmaps yet.
    await db.$executeRaw`INSERT INTO search_changes (house_id, n) SELECT ${houseId}, n FROM generate_series(1, ${count}::int, ${Math.ceil(count / 6)}::int) n`
    const waiting = await together()
    await foldSearch(ctx, houseId)
    figures.push({
      name: 'mixed, six changes not yet folded, as folded',
      value: rounded(waiting / folded),
      unit: 'times',
      target: 1.6,
      baseline: 2.6,
      better: 'lower',
    })

    const page = () => searchPage(ctx, { text: 'portrait ', filters: noFilters(), sort: 'relevance', page: 1 })
    for (let i = 0; i < 50; i++) await page()
    cpu(pids)
    const pageOwnFrom = process.cpuUsage()
    for (let i = 0; i < 200; i++) await page()
    const pageOwn = process.cpuUsage(pageOwnFrom)
    figures.push({
      name: 'all that a results page asks, a common word, CPU of server and database',
      value: rounded((cpu(pids) + (pageOwn.user + pageOwn.system) / 1_000) / 200),
      unit: 'ms',
      target: 10,
      better: 'lower',
    })
    figures.push(...(await resultsPages(kept.url, houseId, count)))
    const small = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
    return [...figures, ...(await ranking(small.url(`bench_${randomBytes(4).toString('hex')}`)))]
  } finally {
    await db.$disconnect()
    kept.stop()
  }
}
