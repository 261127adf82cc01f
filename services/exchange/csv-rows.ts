import { CsvError, parse } from 'csv-parse'
import { pipeline, Readable } from 'node:stream'
import type { Complaint } from './rules/cells.ts'
import { letterOf } from './rules/header.ts'

/** A row of the file, numbered as a spreadsheet numbers it; or why it cannot be read. */
export type CsvRow = { no: number; cells: string[] } | { no: number; broken: Complaint }

const longestRow = 200_000

/**
 * The rows of a CSV file, one at a time: however long the file, one row and one chunk of it are in memory. Commas,
 * semicolons and tabs are told apart by the first row; bytes that are not UTF-8 become U+FFFD, which readers of cells refuse.
 */
export async function* csvRows(source: Readable): AsyncGenerator<CsvRow> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await chunks.next()
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value)
  const wrong = notText(head)
  if (wrong) {
    source.destroy()
    yield { no: 1, broken: { column: 'A', value: '', message: wrong } }
    return
  }
  // Rows are numbered as they are parsed; those that cannot be read wait here for their place among the others.
  let no = 0
  let brokenAt = -1
  const broken: { no: number; broken: Complaint }[] = []
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    relax_column_count: true,
    max_record_size: longestRow,
    skip_empty_lines: false,
    skip_records_with_error: true,
    on_record: (cells) => [String(++no), ...cells],
    on_skip: (error) => {
      // Without an end of the row there is no next row either.
      if (!error || error.code === 'CSV_MAX_RECORD_SIZE') throw error ?? new Error('a row that cannot be read')
      // One row may break more than one rule; it is told the first.
      if (error.lines === brokenAt) return undefined
      brokenAt = Number(error.lines)
      broken.push({ no: ++no, broken: { column: letterOf((Number(error.column) || 0) + 1), value: '', message: sayingOf(error) } })
      return undefined
    },
  })
  // Its errors are heard where the rows are read.
  pipeline(Readable.from(textOf(head, chunks), { objectMode: false }), parser, () => undefined)
  try {
    for await (const [number, ...cells] of parser as AsyncIterable<string[]>) {
      const row = { no: Number(number), cells }
      while (broken[0] && broken[0].no < row.no) yield broken.shift() as CsvRow
      if (cells.length > 1 || cells[0]?.trim()) yield row
    }
    yield* broken
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield* broken
    yield { no: no + 1, broken: { column: 'A', value: '', message: sayingOf(error) } }
  } finally {
    parser.destroy()
    source.destroy()
  }
}

async function* textOf(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  // A decoder that streams, since a letter may lie across two chunks.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  yield Buffer.from(decoder.decode(head, { stream: true }))
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield Buffer.from(decoder.decode(step.value, { stream: true }))
  yield Buffer.from(decoder.decode())
}

/** Says what the file is where it cannot be a CSV in UTF-8. */
function notText(head: Buffer): string | undefined {
  const save = 'Save it as “CSV UTF-8 (comma delimited)” and upload that.'
  if (head.length === 0) return 'The file is empty. Start from the template.'
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return `This is an Excel workbook or a ZIP archive, not a CSV file. ${save}`
  if (head.subarray(0, 4).toString('latin1') === '\xd0\xcf\x11\xe0') return `This is an old Excel workbook, not a CSV file. ${save}`
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return 'This is a PDF, not a CSV file. Papers are kept with their contract.'
  if (/^(\xff\xfe|\xfe\xff)/.test(head.subarray(0, 2).toString('latin1'))) return `The file is in UTF-16, from its first letter on. ${save}`
  const start = head.subarray(0, 4_096)
  const nulls = start.reduce((n, byte) => n + (byte === 0 ? 1 : 0), 0)
  if (nulls > start.length / 4) return `The file is in UTF-16, from its first letter on. ${save}`
  const odd = start.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0)
  return odd > start.length / 20 ? `This is no text file. ${save}` : undefined
}

function delimiterOf(head: Buffer): string {
  const line = head.toString('latin1').split(/[\r\n]/, 1)[0] ?? ''
  const count = (mark: string) => line.split(mark).length - 1
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',')
}

function sayingOf(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return 'A quotation mark was opened and never closed, so that the rest of the file is one cell. Close it, or write it twice if it belongs to the text.'
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return 'This row does not end within 200,000 letters. Most likely a quotation mark in it or above it is not closed.'
  if (error.code === 'INVALID_OPENING_QUOTE' || error.code === 'CSV_INVALID_CLOSING_QUOTE')
    return 'A quotation mark stands where none may. Put the whole cell in quotation marks, and write those within it twice.'
  return 'The row cannot be read as CSV from here on. Save the file anew as “CSV UTF-8”.'
}
