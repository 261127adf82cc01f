import { byteOrderMark, csvLine } from '../../compliance/rules/csv.ts'
import { industryNames } from '../../rights/rules/vocabulary/industry-names.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { mediaNames } from '../../rights/rules/vocabulary/media-names.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { territoryNames } from '../../rights/rules/vocabulary/territory-names.ts'
import type { Vocabulary } from '../../rights/rules/vocabulary/vocabulary.ts'
import { columns } from './columns.ts'
import type { TableKind } from './kinds.ts'

/** The first row and one example: it reads as a good file once its picture exists. */
export const templateFile = (kind: TableKind): string =>
  byteOrderMark + csvLine(columns[kind].map(({ name }) => name)) + csvLine(columns[kind].map(({ example }) => example))

/** Every code with its English name; either may stand in a cell. */
export function codesFile(): string {
  const lines = (column: string, words: Vocabulary, names: Readonly<Record<string, string>>) =>
    [
      words.all,
      ...words.exceptions,
      ...words.groups,
      ...words.branches.map(({ code }) => code),
      ...words.leaves.map(({ code }) => code),
    ].map((code) => csvLine([column, code, names[code] ?? code]))
  return [
    byteOrderMark + csvLine(['column', 'code', 'name']),
    ...lines('media', media, mediaNames),
    ...lines('territory', territories, territoryNames),
    ...lines('industry', industries, industryNames),
  ].join('')
}
