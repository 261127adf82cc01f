import { Link } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { EndingLine, Span } from '#services/notifications/views.ts'

const left = (days: number): string => (days === 0 ? 'Last day' : days === 1 ? '1 day' : `${days} days`)

function DaysLeft({ days }: { days: number }) {
  return <Status tone={days <= 1 ? 'danger' : days <= 7 ? 'warning' : 'neutral'}>{left(days)}</Status>
}

function Reminders({ reminders, zone }: { reminders: EndingLine['reminders']; zone: string }) {
  if (reminders.length === 0) return <span className="muted">Nobody yet</span>
  return (
    <ul className="plain-list small">
      {reminders.map(({ days, at, readers }) => (
        <li key={days}>
          <When at={at} to="day" zone={zone} />: {days === 0 ? 'on the day' : `${days} ${days === 1 ? 'day' : 'days'} before`}, {readers}{' '}
          {readers === 1 ? 'person' : 'people'}
        </li>
      ))}
    </ul>
  )
}

/** Rights that end soon, soonest first. */
export function ExpiryTable({ items, zone, within }: { items: readonly EndingLine[]; zone: string; within: Span }) {
  return (
    <Table
      caption={`Licences that end within ${within} days`}
      hideCaption
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { label: 'Licence', head: true, cell: (row) => <Link to={`/rights/licences/${row.id}`} className="nowrap">{row.number}</Link> },
        { label: 'Asset', cell: (row) => (row.kit ? `${row.title} (kit ${row.kit})` : row.title) },
        { label: 'Holder', cell: (row) => row.holder },
        { label: 'Last day', cell: (row) => <When at={row.endsAt} to="day" zone={zone} endOfSpan /> },
        { label: 'Left', cell: (row) => (row.suspended ? <Status tone="warning">Suspended</Status> : <DaysLeft days={row.daysLeft} />) },
        { label: 'Reminded', cell: (row) => <Reminders reminders={row.reminders} zone={zone} /> },
      ]}
      empty={
        <EmptyState icon="calendar" title={`Nothing ends within ${within} days`}>
          {within < 90 ? 'Look further ahead, or at the sheet of a month.' : 'Look at the sheet of a month to see what ends later.'}
        </EmptyState>
      }
    />
  )
}
