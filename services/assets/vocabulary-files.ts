import { parse } from 'csv-parse/sync'
import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { cellsOf, termColumns, termsOfCells, termsOfJsonLd, toJsonLd, toTurtle, type TermsRead } from './rules/skos.ts'
import { importTerms, type ImportTermsError } from './vocabularies.ts'
import { vocabularyFile } from './vocabulary-views.ts'

/** A vocabulary as a file that other systems read. */
export async function vocabularyAsFile(
  ctx: Ctx<'db' | 'actor'>,
  vocabularyId: string,
  format: string,
): Promise<{ name: string; mediaType: string; text: string }> {
  const { words, rows } = await vocabularyFile(ctx, vocabularyId)
  switch (format) {
    case 'csv': {
      const lines = [[...termColumns], ...rows.map(cellsOf)].map(csvLine)
      return { name: `${words.code}.csv`, mediaType: 'text/csv', text: byteOrderMark + lines.join('') }
    }
    case 'jsonld':
      return { name: `${words.code}.jsonld`, mediaType: 'application/ld+json', text: JSON.stringify(toJsonLd(words, rows), null, 2) }
    case 'ttl':
      return { name: `${words.code}.ttl`, mediaType: 'text/turtle', text: toTurtle(words, rows) }
    default:
      throw new Refusal('not-found', `no format ${format}`)
  }
}

/** Terms of a CSV or JSON-LD file into a vocabulary; a file with anything wrong in it is taken in in no part. */
export async function importVocabularyFile(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { vocabularyId, fileName, bytes }: { vocabularyId: string; fileName: string; bytes: Buffer },
): Promise<Result<{ added: number; changed: number }, ImportTermsError | 'unreadable'>> {
  const text = new TextDecoder('utf-8').decode(bytes)
  const read = /\.(json|jsonld)$/i.test(fileName) || text.trimStart().startsWith('{') ? termsOfJsonLd(text) : ofCsv(text)
  return read.ok ? importTerms(ctx, { vocabularyId, rows: read.rows }) : fail('unreadable', read.problems)
}

function ofCsv(text: string): TermsRead {
  const head = text.slice(0, 4_096).split(/[\r\n]/, 1)[0] ?? ''
  const delimiter = [',', ';', '\t'].reduce((best, mark) => (head.split(mark).length > head.split(best).length ? mark : best), ',')
  try {
    const [header = [], ...rows] = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true }) as string[][]
    // The apostrophe that keeps a cell from being a formula is ours, not the term's.
    const plain = (cells: string[]) => cells.map((one) => one.replace(/^'(?=[=+\-@])/, ''))
    return termsOfCells(
      header,
      rows.map((cells, index) => ({ no: index + 2, cells: plain(cells) })),
    )
  } catch {
    return { ok: false, problems: ['It cannot be read as CSV. Save it as “CSV UTF-8”.'] }
  }
}
