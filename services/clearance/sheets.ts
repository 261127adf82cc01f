import { Readable } from 'node:stream'
import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { industryName, mediumName, placeName } from '../rights/rules/scope-words.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '../rights/rules/vocabulary/vocabulary.ts'
import { columnNames, columns } from './rules/columns.ts'

/** The first row of a list and one example. */
export const templateOfList = (): Readable =>
  Readable.from([byteOrderMark + csvLine([...columnNames]) + csvLine(columns.map(({ example }) => example))])

/** Every code that a list may hold, with its English name, column by column. */
export const codesOfLists = (): Readable => {
  const lines = (column: string, words: Vocabulary, nameOf: (code: string) => string) =>
    [words.all, ...words.groups, ...words.branches.map(({ code }) => code), ...words.leaves.map(({ code }) => code)].map((code) =>
      csvLine([column, code, nameOf(code)]),
    )
  return Readable.from([
    byteOrderMark + csvLine(['column', 'code', 'name']),
    ...lines('media', media, mediumName),
    ...lines('territory', territories, placeName),
    ...lines('industry', industries, industryName),
  ])
}
