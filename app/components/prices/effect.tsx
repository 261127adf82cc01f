import { Link } from '@remix-run/react'
import { formatMoney, money } from '#services/kernel/money.ts'
import type { PriceEffect } from '#services/commerce/price-effects.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { count, many } from '#app/components/ui/many.ts'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { Stat, Stats } from '../ui/stat.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { Table } from '../ui/table.tsx'


/** Last year's sales under two books: in figures, month by month as a picture, and the lines that change most. */
export function Effect({ effect }: { effect: PriceEffect }) {
  const { currency, lines, compared, before, after, dearer, cheaper, same, months, most, replayed, cut } = effect
  const amount = (minor: bigint) => formatMoney(money(minor, currency))
  if (lines === 0)
    return (
      <EmptyState icon="chart" title="No sales in the last twelve months">
        As soon as something has been sold, its effect is shown here.
      </EmptyState>
    )
  const change = before === 0n ? 0 : Number(((after - before) * 1_000n) / before) / 10
  return (
    <Panel title="On last year’s sales">
      <Stack gap="lg">
        <Stats>
          <Stat label="As they would be before" value={amount(before)} note={many(compared, 'line')} />
          <Stat label="After" value={amount(after)} note={`${after >= before ? '+' : '−'}${Math.abs(change)} %`} />
          <Stat label="Dearer" value={count(dearer)} />
          <Stat label="Cheaper" value={count(cheaper)} />
          <Stat label="The same" value={count(same)} />
        </Stats>
        <MonthPairs months={months} amount={amount} />
        {most.length > 0 && (
          <Table
            caption="What changes most"
            rows={most}
            rowKey={(line) => `${line.orderId} ${line.title} ${line.scope}`}
            columns={[
              { label: 'Order', head: true, cell: (line) => <Link to={`/finance/orders/${line.orderId}`}>{line.orderNumber}</Link> },
              { label: 'Picture', cell: (line) => line.title },
              { label: 'Use', cell: (line) => <span className="small">{line.scope}</span> },
              { label: 'Before', align: 'end', cell: (line) => <span className="numeric nowrap muted">{amount(line.before)}</span> },
              { label: 'After', align: 'end', cell: (line) => <strong className="numeric nowrap">{amount(line.after)}</strong> },
            ]}
          />
        )}
        {replayed.wrong.length > 0 ? (
          <Notice tone="danger" title="Some past prices do not replay">
            Computed again from their own version, these orders come to another amount: {replayed.wrong.join(', ')}. Tell whoever runs the
            installation.
          </Notice>
        ) : (
          <p className="small muted">
            {count(replayed.checked)} past prices were computed again from their own version: each is the same to the minor unit.
          </p>
        )}
        {cut && <p className="small muted">Only the newest {many(lines, 'line')} of the year were computed.</p>}
      </Stack>
    </Panel>
  )
}

const height = 110

/** Two bars a month; the figures stand in a table below. */
function MonthPairs({ months, amount }: { months: PriceEffect['months']; amount: (minor: bigint) => string }) {
  const top = Math.max(1, ...months.flatMap(({ before, after }) => [Number(before), Number(after)]))
  const step = 620 / months.length
  const tall = (minor: bigint) => Math.max(minor > 0n ? 1.5 : 0, (Number(minor) / top) * (height - 8))
  return (
    <figure className="bars month-pairs">
      <figcaption className="eyebrow">By month: before, and after in colour</figcaption>
      <svg viewBox={`0 0 620 ${height + 20}`} aria-hidden="true" focusable="false">
        <line x1={0} x2={620} y1={height + 0.5} y2={height + 0.5} />
        {months.map(({ month, before, after }, i) => (
          <g key={month}>
            <rect
              className="bar-before"
              x={i * step + step * 0.16}
              width={step * 0.32}
              y={height - tall(before)}
              height={tall(before)}
              rx={1}
            />
            <rect x={i * step + step * 0.52} width={step * 0.32} y={height - tall(after)} height={tall(after)} rx={1} />
            <text className="bar-label" x={i * step + step * 0.5} y={height + 15} textAnchor="middle">
              {month.slice(5)}
            </text>
          </g>
        ))}
      </svg>
      <details>
        <summary>Show the figures</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, before, after }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td>{amount(before)}</td>
                <td>{amount(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
