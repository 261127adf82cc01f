import type { Complaint } from './cells.ts'
import { columns } from './columns.ts'
import type { TableKind } from './kinds.ts'
import { stepsBetween } from './lexicon.ts'

export type HeaderRead = { ok: true; names: string[] } | { ok: false; complaints: Complaint[] }

const plain = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
/** `1` is A, `27` is AA: as spreadsheets call columns that have no name. */
export function letterOf(no: number): string {
  return no > 26 ? letterOf(Math.floor((no - 1) / 26)) + letterOf(((no - 1) % 26) + 1) : String.fromCharCode(64 + no)
}

/** The first row of a file: which column says what. */
export function readHeader(kind: TableKind, cells: readonly string[]): HeaderRead {
  const known = columns[kind]
  const names = cells.map(plain)
  // Spreadsheets leave empty columns at the right; they say nothing.
  while (names.at(-1) === '') names.pop()
  const isKnown = (name: string) => known.some((column) => column.name === name)
  if (!names.some(isKnown))
    return {
      ok: false,
      complaints: [
        {
          column: 'A',
          value: (cells[0] ?? '').slice(0, 200),
          message: `The first row must name the columns: ${known.map(({ name }) => name).join(', ')}. Start from the template.`,
        },
      ],
    }
  const complaints: Complaint[] = []
  names.forEach((name, i) => {
    const say = (message: string) => complaints.push({ column: letterOf(i + 1), value: (cells[i] ?? '').slice(0, 200), message })
    if (name === '') say('This column has no name. Name it, or delete it.')
    else if (!isKnown(name)) {
      const near = known.find((column) => !names.includes(column.name) && stepsBetween(name, column.name, 3) !== undefined)
      say(`There is no column “${name.slice(0, 60)}” here.${near ? ` Did you mean ${near.name}?` : ''} Rename it, or delete it.`)
    } else if (names.indexOf(name) < i) say(`The column ${name} is there twice. Delete one of them.`)
  })
  for (const { name, required } of known)
    if (required && !names.includes(name)) complaints.push({ column: name, value: '', message: `The column ${name} is missing. Add it.` })
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, names }
}
