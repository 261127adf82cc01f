/**
 * What our adapter costs beside Typesense's own client (`npm run bench -- typesense`), question by question in pairs, against the stand-in in a
 * process of its own; and how both engines rank real records. The stand-in's ranking is its own, not Typesense's: set TYPESENSE_URL and
 * TYPESENSE_API_KEY and a real server is measured instead.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'typesense'
import { pageSize } from '#services/catalog/rules/facets.ts'
import { parseQuery } from '#services/catalog/rules/search-query.ts'
import { sayingOf, type FormedWord } from '#services/catalog/rules/server-search.ts'
import type { Question } from '#services/catalog/search-engine.ts'
import { rebuildSearch } from '#services/catalog/search-index.ts'
import { aliasOf, rebuildMirror } from '#services/catalog/search-mirror.ts'
import { postgresSearch } from '#services/catalog/search-postgres.ts'
import { searchesFor, serverSearch } from '#services/catalog/search-typesense.ts'
import { systemClock } from '#services/platform/clock.ts'
import { connect } from '#services/platform/db.ts'
import { silentLog } from '#services/platform/log.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { parametersOf, typesenseServer } from '#services/platform/search/typesense.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { fillCatalogue, records } from './catalogue/fill.ts'
import { questionsOf } from './catalogue/questions.ts'
import { relevance } from './catalogue/relevance.ts'
import type { Figure } from './figure.ts'

const houseId = 'org_bench'
const rounded = (n: number): number => Math.round(n * 1_000) / 1_000
const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

async function serverOf(): Promise<{ url: string; apiKey: string; stop(): void; real: boolean }> {
  const { TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey } = process.env
  if (url && apiKey) return { url, apiKey, stop: () => undefined, real: true }
  const child = spawn(process.execPath, ['--import', 'tsx', path.resolve('services/sandbox/typesense/serve.ts'), 'bench'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  return { url: address, apiKey: 'bench', stop: () => child.kill(), real: false }
}

export default async function measure(): Promise<Figure[]> {
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const url = database.url(`bench_${randomBytes(4).toString('hex')}`)
  await createDatabase(url)
  await migrate(url)
  const db = connect(url, 8)
  const ctx = { db, clock: systemClock, log: silentLog, actor: { kind: 'guest', houseId } as const }
  const { stop, real, ...where } = await serverOf()
  const server = typesenseServer({ ...where, prefix: 'clearmark_bench', answerWithin: 20_000 })
  try {
    await fillCatalogue(db, houseId, records().length)
    await rebuildSearch(ctx, houseId)
    const first = await rebuildMirror(ctx, server, houseId)
    if (!first.ok) throw new Error(first.error)
    // The first one waits for whatever is being written anywhere in the cluster.
    const from = performance.now()
    await rebuildMirror(ctx, server, houseId)
    const built = performance.now() - from

    const client = new Client({ nodes: [{ url: where.url }], apiKey: where.apiKey, connectionTimeoutSeconds: 20, numRetries: 0 })
    const alias = aliasOf(server, houseId)
    const questions = Object.values(questionsOf(records()))
      .flatMap((kind) => kind.slice(0, 25))
      .map(({ text, filters }): Question => ({
        houseId,
        query: parseQuery(text),
        filters,
        rights: { filter: null, count: [] },
        sort: 'relevance',
        offset: 0,
        limit: pageSize,
      }))
    const words = new Map<string, FormedWord>()
    const asked = questions.map((question) => {
      const saying = sayingOf(question.query, words)
      return { question, saying, parameters: searchesFor(alias, question, saying, [], new Map()).searches.map(parametersOf) }
    })
    type Asked = (typeof asked)[number]
    const raw = ({ parameters }: Asked) => client.multiSearch.perform({ searches: parameters } as never)
    const ours = async ({ question, saying }: Asked) => {
      const { searches, read } = searchesFor(alias, question, saying, [], new Map())
      return read(await server.search(searches))
    }
    for (const one of asked) await Promise.all([raw(one), ours(one)])
    const timed = async (work: () => Promise<unknown>) => {
      const [cpu, at] = [process.cpuUsage(), performance.now()]
      await work()
      const { user, system } = process.cpuUsage(cpu)
      return { wall: performance.now() - at, cpu: (user + system) / 1_000 }
    }
    const ratios: number[] = []
    const sums = { raw: 0, ours: 0 }
    for (let round = 0; round < 8; round++)
      for (const [i, one] of asked.entries()) {
        // Whoever comes first has the colder caches: they take turns.
        const first = (round + i) % 2 === 0
        const a = await timed(() => (first ? raw(one) : ours(one)))
        const b = await timed(() => (first ? ours(one) : raw(one)))
        const [client_, adapter] = first ? [a, b] : [b, a]
        ratios.push(adapter.wall / client_.wall)
        sums.raw += client_.cpu
        sums.ours += adapter.cpu
      }

    const engine = serverSearch(ctx, server)
    const whole: number[] = []
    for (const { question } of asked) whole.push((await timed(() => engine.find(question))).cpu)
    const figures: Figure[] = [
      {
        name: 'adapter over the raw client, median of pairs',
        value: rounded((median(ratios) - 1) * 100),
        unit: '%',
        target: 20,
        better: 'lower',
      },
      {
        name: 'adapter over the raw client, own CPU of all',
        value: rounded((sums.ours / sums.raw - 1) * 100),
        unit: '%',
        target: 20,
        better: 'lower',
      },
      {
        name: 'a whole question with what the house knows of its words, own CPU, median',
        value: rounded(median(whole)),
        unit: 'ms',
        target: 5,
        better: 'lower',
      },
      { name: `copy of ${records().length} pictures made`, value: rounded(built / 1_000), unit: 's', target: 10, better: 'lower' },
    ]
    const named = (engineName: string, list: Figure[]) => list.map((figure) => ({ ...figure, name: `${figure.name}, ${engineName}` }))
    const [own, theirs] = [await relevance(ctx, houseId, records(), postgresSearch(ctx)), await relevance(ctx, houseId, records(), engine)]
    const all = (list: Figure[]) => list.find(({ name }) => name.endsWith(', all'))?.value ?? 0
    return [
      ...figures,
      ...named('database', own),
      ...named(real ? 'Typesense' : 'Typesense by the stand-in (its own ranking)', theirs),
      {
        name: 'database behind the second engine, mean reciprocal rank',
        value: rounded(all(theirs) - all(own)),
        unit: '',
        target: 0.05,
        better: 'lower',
      },
    ]
  } finally {
    for (const name of await server.collectionsFrom('clearmark_bench_').catch(() => [])) await server.drop(name)
    server.close()
    stop()
    await db.$disconnect()
    await dropDatabase(url)
  }
}
