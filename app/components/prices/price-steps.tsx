import type { ReplayedLine } from '#services/commerce/price-replay-views.ts'
import type { SimulatedPrice } from '#services/licensing/price-simulation.ts'
import type { PriceAxis } from '#services/licensing/rules/pricing.ts'
import { Status } from '../ui/badge.tsx'
import { Notice } from '../ui/notice.tsx'
import { Table } from '../ui/table.tsx'

const axisWords: Record<PriceAxis, string> = {
  base: 'Base price',
  asset: 'The picture',
  media: 'Media',
  territory: 'Places',
  duration: 'Time',
  exclusivity: 'Exclusivity',
  'print-run': 'Copies',
  size: 'Size',
  rounding: 'Rounded',
  minimum: 'Least price',
}

/** How a price comes about, step by step. */
export function PriceSteps({ price: { name, total, parts } }: { price: SimulatedPrice }) {
  return (
    <section className="price-steps">
      <h3 className="eyebrow">{name}</h3>
      <p className="steps-total numeric">{total}</p>
      <dl className="steps-parts">
        {parts.map(({ axis, factor, amount }) => (
          <div key={axis}>
            <dt>
              {axisWords[axis]} {factor && <span className="muted numeric">{factor}</span>}
            </dt>
            <dd className="numeric">{amount}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A past order, priced again. */
export function Replay({ lines, number }: { lines: readonly ReplayedLine[] | null | undefined; number: string }) {
  if (lines === undefined) return null
  if (lines === null)
    return (
      <Notice tone="warning" title={`There is no order ${number}`}>
        Copy its number from the list of orders or from the invoice.
      </Notice>
    )
  return (
    <Table
      caption={`Order ${number}, priced again`}
      rows={lines}
      rowKey={({ title, scope }) => `${title} ${scope}`}
      columns={[
        { label: 'Picture', head: true, cell: ({ title }) => title },
        { label: 'Use', cell: ({ scope }) => <span className="small">{scope}</span> },
        { label: 'Book', cell: ({ version }) => `Version ${version}` },
        { label: 'Asked', align: 'end', cell: ({ asked }) => <span className="numeric nowrap">{asked}</span> },
        { label: 'Again', align: 'end', cell: ({ again }) => <span className="numeric nowrap">{again}</span> },
        {
          label: '',
          bare: true,
          cell: ({ same }) => (same ? <Status tone="success">The same</Status> : <Status tone="danger">Differs</Status>),
        },
      ]}
    />
  )
}
