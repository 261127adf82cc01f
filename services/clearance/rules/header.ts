import { letterOf } from '../../exchange/rules/header.ts'
import { stepsBetween } from '../../exchange/rules/lexicon.ts'
import { columns, type ColumnName } from './columns.ts'

/** What is wrong with a list, by row and column as a spreadsheet shows them. */
export interface ListFault {
  row: number
  column: string
  value: string
  message: string
}
export type HeaderRead = { ok: true; names: ColumnName[] } | { ok: false; faults: ListFault[] }

const plain = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
const meant = (cell: string) => columns.find(({ name, also }) => name === plain(cell) || also.includes(plain(cell)))
const spelt = (cell: string) => columns.find(({ name }) => stepsBetween(plain(cell), name, 2) !== undefined)
const names = columns.map(({ name }) => name).join(', ')

/** The first row of a list: which column says what, in any order. All that is wrong with it is said at once. */
export function readHeader(row: number, given: readonly string[]): HeaderRead {
  const cells = [...given]
  // Spreadsheets leave empty columns at the right; they say nothing.
  while (cells.at(-1)?.trim() === '') cells.pop()
  if (!cells.some(meant)) {
    const message = `The first row must name the columns: ${names}. Add such a row, or start from the template.`
    return { ok: false, faults: [{ row, column: 'A', value: (cells[0] ?? '').slice(0, 200), message }] }
  }
  const faults: ListFault[] = []
  const found: ColumnName[] = []
  cells.forEach((cell, i) => {
    const say = (message: string) => faults.push({ row, column: letterOf(i + 1), value: cell.slice(0, 200), message })
    const column = meant(cell)
    if (cell.trim() === '') say('This column has no name. Name it, or delete it.')
    else if (!column) {
      const near = spelt(cell)
      say(
        `There is no column “${cell.trim().slice(0, 60)}”.${near ? ` Did you mean ${near.name}?` : ''} Known are ${names}. Rename it, or delete it.`,
      )
    } else if (found.includes(column.name)) say(`The column ${column.name} is there twice. Delete one of them.`)
    else found.push(column.name)
  })
  for (const { name, required } of columns)
    if (required && !found.includes(name)) faults.push({ row, column: name, value: '', message: `The column ${name} is missing. Add it.` })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, names: found }
}
