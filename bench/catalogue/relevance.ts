import type { Ctx } from '#services/platform/context.ts'
import { noFilters, pageSize } from '#services/catalog/rules/facets.ts'
import { parseQuery } from '#services/catalog/rules/search-query.ts'
import type { Search } from '#services/catalog/search-engine.ts'
import { postgresSearch } from '#services/catalog/search-postgres.ts'
import type { Figure } from '../figure.ts'
import { dice, type CatalogueRecord } from './fill.ts'

interface Looked {
  text: string
  /** The record that was meant: its place in the fixture is its number in the house. */
  meant: number
}

const titleWords = (record: CatalogueRecord): string[] => record.title.match(/\p{L}{5,}/gu) ?? []
const stemmed = (word: string): string => (word.endsWith('s') ? word.slice(0, -1) : `${word}s`)
/** As a German would bend it: what begins as the word does, with an ending that German stems know. */
const bent = (word: string): string => (/[bcdfghklmnprt]$/.test(word) ? `${word}en` : word)

/** What somebody types who has one record in mind, by how much they remember and how well they type. */
function lookedFor(records: readonly CatalogueRecord[], each: number): Record<string, Looked[]> {
  const random = dice(97)
  const titles = new Map<string, number>()
  for (const { title } of records) titles.set(title, (titles.get(title) ?? 0) + 1)
  // One that has its title to itself, so that there is a right answer.
  const known = records
    .map((record, meant) => ({ record, meant }))
    .filter(({ record }) => titles.get(record.title) === 1 && new Set(titleWords(record)).size >= 3 && record.title.length < 90)
  const drawn = Array.from({ length: each }, () => random.pick(known))
  const name = (record: CatalogueRecord) => record.creator.split(/[\s,]+/).at(-1) ?? ''
  const make = (say: (record: CatalogueRecord) => string) => drawn.map(({ record, meant }) => ({ text: say(record), meant }))
  const words = (record: CatalogueRecord) => titleWords(record).sort((a, b) => b.length - a.length)
  return {
    'whole title': make((record) => `${record.title} `),
    'two words and the name': make((record) => `${words(record).slice(0, 2).join(' ')} ${name(record)} `),
    'two words': make((record) => `${words(record).slice(0, 2).join(' ')} `),
    'three words': make((record) => `${words(record).slice(0, 3).join(' ')} `),
    'three words, one mistyped': make((record) => {
      const [first = '', ...rest] = words(record).slice(0, 3)
      return `${rest.join(' ')} ${first.slice(0, 2)}${first.charAt(3)}${first.charAt(2)}${first.slice(4)} `
    }),
    'three words, the last unfinished': make((record) => {
      const [first = '', ...rest] = words(record).slice(0, 3)
      return `${rest.join(' ')} ${first.slice(0, Math.max(4, first.length - 3))}`
    }),
    'three words in another form': make((record) => `${words(record).slice(0, 3).map(stemmed).join(' ')} `),
    'three words in a German form': make((record) => `${words(record).slice(0, 3).map(bent).join(' ')} `),
  }
}

/** Mean reciprocal rank over real records, by kind of question: one, where what was meant is always first. */
export async function relevance(
  ctx: Ctx<'db' | 'actor' | 'clock'>,
  houseId: string,
  records: readonly CatalogueRecord[],
  search: Search = postgresSearch(ctx),
): Promise<Figure[]> {
  const figures: Figure[] = []
  let all = 0
  let asked = 0
  for (const [kind, looked] of Object.entries(lookedFor(records, 80))) {
    let sum = 0
    for (const { text, meant } of looked) {
      const { ids } = await search.find({
        houseId,
        query: parseQuery(text),
        filters: noFilters(),
        rights: { filter: null, count: [] },
        sort: 'relevance',
        offset: 0,
        limit: pageSize,
      })
      const place = ids.indexOf(`ast_${String(meant).padStart(8, '0')}`)
      if (place >= 0) sum += 1 / (place + 1)
    }
    all += sum
    asked += looked.length
    figures.push({
      name: `mean reciprocal rank, ${kind}`,
      value: Math.round((1_000 * sum) / looked.length) / 1_000,
      unit: '',
      target: 0.5,
      better: 'higher',
    })
  }
  figures.push({
    name: 'mean reciprocal rank, all',
    value: Math.round((1_000 * all) / asked) / 1_000,
    unit: '',
    target: 0.93,
    better: 'higher',
  })
  return figures
}
