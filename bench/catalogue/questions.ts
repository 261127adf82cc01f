import { noFilters, type Filters } from '#services/catalog/rules/facets.ts'
import type { CatalogueRecord } from './fill.ts'
import { dice } from './fill.ts'

export interface BenchQuestion {
  text: string
  filters: Filters
  /** What may be used, as an address says it; empty where it is not asked. */
  rights: string
}
export type Kind = 'one word' | 'two words' | 'beginning' | 'mistyped' | 'word, filters, rights'

const plain = (text: string, filters = noFilters(), rights = ''): BenchQuestion => ({ text, filters, rights })
const wordsOf = (record: CatalogueRecord): string[] => [
  ...new Set(`${record.title} ${record.keywords.join(' ')}`.toLowerCase().match(/[a-z]{4,}/g) ?? []),
]

/** One slip of the finger inside a word. */
function slip(word: string, random: ReturnType<typeof dice>): string {
  const at = 1 + random.next(word.length - 2)
  return random.next(2) === 0
    ? word.slice(0, at) + word.slice(at + 1)
    : word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
}

/** The same questions in each run: words of a third each frequent, middling and rare in the records. */
export function questionsOf(records: readonly CatalogueRecord[], each = 60): Record<Kind, BenchQuestion[]> {
  const random = dice(31)
  const times = new Map<string, number>()
  for (const record of records) for (const word of wordsOf(record)) times.set(word, (times.get(word) ?? 0) + 1)
  const byTimes = [...times].sort((a, b) => b[1] - a[1]).map(([word]) => word)
  const bands = [byTimes.slice(0, 60), byTimes.slice(60, 600), byTimes.slice(600)]
  const word = (i: number) => random.pick(bands[i % 3] as string[])
  const many = <T>(make: (i: number) => T): T[] => Array.from({ length: each }, (_, i) => make(i))
  const pair = () => {
    const all = wordsOf(random.pick(records))
    return all.length < 2 ? 'portrait woman' : `${random.pick(all)} ${random.pick(all)}`
  }
  const long = (i: number): string => {
    const drawn = word(i)
    return drawn.length >= 6 ? drawn : 'portrait'
  }
  const cells = [
    'medium=advertising&territory=DE',
    'medium=billboard&territory=FR',
    'medium=social&territory=WORLD',
    'medium=editorial&territory=JP',
    'medium=packaging&territory=EU27',
  ]
  return {
    'one word': many((i) => plain(`${word(i)} `)),
    'two words': many(() => plain(`${pair()} `)),
    beginning: many((i) => plain(word(i).slice(0, 2 + (i % 4)))),
    mistyped: many((i) => plain(`${slip(long(i), random)} `)),
    'word, filters, rights': many((i) =>
      plain(`${word(i % 2)} `, { ...noFilters(), kind: ['PHOTOGRAPH'], people: ['without'] }, random.pick(cells)),
    ),
  }
}
