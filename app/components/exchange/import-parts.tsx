import { Link } from '@remix-run/react'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import type { ImportPage } from '#services/exchange/import-views.ts'
import type { collidingOfImport } from '#services/rights/imported-sale-views.ts'
import { count, many } from './words.ts'

type Serial<T> = { [K in keyof T]: T[K] extends Date | null ? T[K] | string : T[K] }

/** What is wrong, row by row, and what to do about it. */
export function Problems({ id, page }: { id: string; page: Pick<Serial<ImportPage>, 'problems' | 'problemCount' | 'problemsKept'> }) {
  const { problems, problemCount, problemsKept } = page
  return (
    <Panel
      title={many(problemCount, 'problem')}
      actions={
        <ButtonAnchor href={`/rights/imports/${id}/problems`} icon="download" tone="quiet">
          Problems as CSV
        </ButtonAnchor>
      }
    >
      {problemCount > problemsKept && (
        <p className="muted">The first {count(problemsKept)} are listed. Mend those and upload the file again.</p>
      )}
      <Table
        caption="Problems"
        hideCaption
        rows={problems.items}
        rowKey={({ no }) => String(no)}
        columns={[
          { label: 'Row', head: true, cell: ({ row }) => `Row ${count(row)}` },
          { label: 'Column', cell: ({ column }) => <code>{column}</code> },
          { label: 'Value', cell: ({ value }) => (value ? <span className="break">{value}</span> : <span className="muted">empty</span>) },
          { label: 'What to do', cell: ({ message }) => message },
        ]}
      />
      <Pager next={problems.next} />
    </Panel>
  )
}

/** The sales of a file that still collide, each with the way to where it is settled. */
export function Colliding({ total, sales }: Awaited<ReturnType<typeof collidingOfImport>>) {
  return (
    <Panel title={many(total, 'sale still collides', 'sales still collide')}>
      {total > sales.length && <p className="muted">The first {count(sales.length)} are listed.</p>}
      <Table
        caption="Sales that collide"
        hideCaption
        rows={sales}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Sale', head: true, cell: ({ shop, reference }) => `${shop} ${reference}` },
          { label: 'Picture', cell: ({ asset }) => <Link to={`/rights/assets/${asset.id}`}>{asset.title}</Link> },
          {
            label: 'Way on',
            bare: true,
            align: 'end',
            cell: ({ shop, reference, asset }) => (
              <ButtonLink
                to={`/rights/assets/${asset.id}#imported-sales`}
                size="sm"
                aria-label={`See what it runs into: ${shop} ${reference}`}
              >
                See what it runs into
              </ButtonLink>
            ),
          },
        ]}
      />
    </Panel>
  )
}

/** The first good rows in words: what would be written. */
export function Preview({ preview, rowsGood }: Pick<ImportPage, 'preview' | 'rowsGood'>) {
  return (
    <Panel title={rowsGood > preview.length ? `The first ${preview.length} of ${many(rowsGood, 'good row')}` : 'What it says'}>
      <Table
        caption="The first good rows"
        hideCaption
        rows={preview}
        rowKey={({ row }) => String(row)}
        columns={[
          { label: 'Row', cell: ({ row }) => count(row) },
          { label: 'Picture', head: true, cell: ({ assetId, title }) => <Link to={`/rights/assets/${assetId}`}>{title}</Link> },
          { label: 'What', cell: ({ what }) => what },
          { label: 'Scope', cell: ({ words }) => words },
        ]}
      />
    </Panel>
  )
}
