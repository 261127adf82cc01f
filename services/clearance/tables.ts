import type { Readable } from 'node:stream'
import { csvRows } from '../exchange/csv-rows.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { listLimits, mostRows, type ColumnName } from './rules/columns.ts'
import { readHeader, type ListFault } from './rules/header.ts'
import type { Given } from './rules/line.ts'

/** A row of a list, numbered as a spreadsheet numbers it. */
export interface ListRow {
  no: number
  given: Given
}
/** A list that can be asked: its columns are known, its letters are letters, and there are not too many rows. */
export interface PlannedUses {
  columns: ColumnName[]
  rows: ListRow[]
}

const notUtf8 =
  'These letters are not UTF-8 (perhaps Latin-1). Save the file as “CSV UTF-8” and send it again; as it is, names would be garbled.'
const most = 100

/**
 * The rows of a CSV, or why it is no list: what is wrong with the file as a whole is said with row and column, and nothing
 * of it is kept. What is wrong with a single use is that row's answer, later.
 */
export async function readList(source: Readable): Promise<Result<PlannedUses, 'unreadable-list'>> {
  const faults: ListFault[] = []
  const rows: ListRow[] = []
  let names: ColumnName[] | undefined
  for await (const row of csvRows(source)) {
    if ('broken' in row) return fail('unreadable-list', { faults: [{ ...row.broken, row: row.no }] })
    if (!names) {
      const header = readHeader(row.no, row.cells)
      if (!header.ok) return fail('unreadable-list', { faults: header.faults })
      names = header.names
      continue
    }
    if (rows.length === listLimits.rows)
      return fail('unreadable-list', {
        faults: [{ row: row.no, column: 'A', value: '', message: `A list may hold ${mostRows} uses. Split it and send the parts.` }],
      })
    if (faults.length < most) faults.push(...wrongWith(row, names))
    rows.push({ no: row.no, given: Object.fromEntries(names.map((name, i) => [name, row.cells[i] ?? ''])) })
  }
  if (!names || rows.length === 0)
    return fail('unreadable-list', {
      faults: [{ row: 1, column: 'A', value: '', message: 'The list holds no uses. Write one below the first row.' }],
    })
  return faults.length > 0 ? fail('unreadable-list', { faults }) : ok({ columns: names, rows })
}

/** Rows that a wrong encoding or a missing quotation mark has garbled: they would be asked as what they are not. */
function wrongWith({ no, cells }: { no: number; cells: string[] }, names: readonly ColumnName[]): ListFault[] {
  const bad = cells.findIndex((cell) => cell.includes('\uFFFD'))
  if (bad >= 0) return [{ row: no, column: names[bad] ?? 'A', value: (cells[bad] ?? '').slice(0, 200), message: notUtf8 }]
  const extra = cells.slice(names.length)
  if (!extra.some((cell) => cell.trim() !== '')) return []
  const message = `This row has ${cells.length} cells, the first row names ${names.length} columns. Put cells that hold commas in quotation marks.`
  return [{ row: no, column: names.at(-1) ?? 'A', value: extra.join(' ').slice(0, 200), message }]
}
