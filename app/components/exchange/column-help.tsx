import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { columns } from '#services/exchange/rules/columns.ts'
import { kindNames, tableKinds, type TableKind } from '#services/exchange/rules/kinds.ts'

/** What each kind of file holds, column by column, with its template. */
export function ColumnHelp() {
  return (
    <Stack>
      {tableKinds.map((kind) => (
        <details key={kind} className="disclosure">
          <summary>{kindNames[kind]}: columns and template</summary>
          <Stack>
            <KindColumns kind={kind} />
            <Cluster>
              <ButtonAnchor href={`/rights/imports/templates/${kind.toLowerCase()}`} icon="download" tone="quiet">
                Template as CSV
              </ButtonAnchor>
              <ButtonAnchor href="/rights/imports/templates/codes" icon="download" tone="quiet">
                All codes and names
              </ButtonAnchor>
            </Cluster>
          </Stack>
        </details>
      ))}
    </Stack>
  )
}

function KindColumns({ kind }: { kind: TableKind }) {
  return (
    <Table
      caption={`Columns of ${kindNames[kind]}`}
      hideCaption
      rows={columns[kind]}
      rowKey={({ name }) => name}
      columns={[
        { label: 'Column', head: true, cell: ({ name }) => <code>{name}</code> },
        { label: 'Needed', cell: ({ required }) => (required ? 'Yes' : 'No') },
        { label: 'What it says', cell: ({ help }) => help },
        { label: 'Example', cell: ({ example }) => (example ? <code>{example}</code> : '') },
      ]}
    />
  )
}
