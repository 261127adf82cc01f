import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

export interface Column<Row> {
  /** What the head says, and the small label beside the value on a telephone. */
  label: string
  cell: (row: Row) => ReactNode
  align?: 'end'
  /** The cell that names the row: one a table. */
  head?: boolean
  /** Makes the head a link; `now` says how the rows are sorted at present. */
  sort?: { to: string; now?: 'ascending' | 'descending' | undefined }
  /** On a telephone without its label (buttons, pictures). */
  bare?: boolean
}

interface TableProps<Row> {
  caption: ReactNode
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Shown in place of a table without rows. */
  empty?: ReactNode
}

/** Said aloud, since on a telephone `display: block` takes a table's own roles away. */
const role = Object.fromEntries(['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell'].map((name) => [name, { role: name }]))

function Head<Row>({ column: { label, sort, align } }: { column: Column<Row> }) {
  return (
    <th scope="col" {...role.columnheader} data-align={align} aria-sort={sort?.now}>
      {sort ? (
        <Link to={sort.to} preventScrollReset>
          {label}
          {sort.now && <Icon name={sort.now === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
        </Link>
      ) : (
        label
      )}
    </th>
  )
}

/** Rows and columns; under 640 px each row becomes a card. */
export function Table<Row>({ caption, hideCaption, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <div className="table">
      <table {...role.table}>
        <caption className={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead {...role.rowgroup}>
          <tr {...role.row}>
            {columns.map((column) => (
              <Head key={column.label} column={column} />
            ))}
          </tr>
        </thead>
        <tbody {...role.rowgroup}>
          {rows.map((row) => (
            <tr {...role.row} key={rowKey(row)}>
              {columns.map((column) =>
                column.head ? (
                  <th key={column.label} scope="row" {...role.rowheader} data-bare="" data-align={column.align}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.label}
                    {...role.cell}
                    data-label={column.bare ? undefined : column.label}
                    data-bare={column.bare ? '' : undefined}
                    data-align={column.align}
                  >
                    <div>{column.cell(row)}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
