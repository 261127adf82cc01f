import { Link } from '@remix-run/react'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Stack, VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import type { ExpiryMonth } from '#services/notifications/views.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
// Made once: a sheet words forty-two days.
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const days = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const inWords = (month: string): string => months.format(new Date(`${month}-01T00:00:00Z`))
const dayInWords = (day: string): string => days.format(new Date(`${day}T00:00:00Z`))

type Cell = ExpiryMonth['weeks'][number][number]

function DayCell({ day, inMonth, endings, isToday }: Cell & { isToday: boolean }) {
  return (
    <td data-out={!inMonth || undefined} data-today={isToday || undefined} data-empty={endings.length === 0 || undefined}>
      <span className="sheet-day">
        <span aria-hidden="true">
          <span className="sheet-weekday">{dayInWords(day).slice(0, 3)} </span>
          {Number(day.slice(8))}
        </span>
        <VisuallyHidden>{dayInWords(day)}</VisuallyHidden>
        {isToday && <span className="sheet-today"> Today</span>}
      </span>
      {endings.length > 0 && (
        <ul className="plain-list">
          {endings.map(({ id, title, holder, over, suspended }) => (
            <li key={id}>
              <Link to={`/rights/licences/${id}`} className="sheet-ending" data-over={over || undefined}>
                <strong>{title}</strong> {holder}
                {over ? ' (ended)' : suspended ? ' (suspended)' : ''}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </td>
  )
}

/** A month as people hang it on the wall; on a telephone, the days on which something ends, one below the other. */
export function ExpirySheet({ month, previous, next, today, weeks, cut }: ExpiryMonth) {
  const isEmpty = weeks.every((week) => week.every(({ inMonth, endings }) => !inMonth || endings.length === 0))
  return (
    <Stack>
      <Cluster justify="between">
        <ButtonLink to={`?view=month&month=${previous}`} icon="arrow-left">
          {inWords(previous)}
        </ButtonLink>
        <ButtonLink to={`?view=month&month=${next}`} icon="arrow-right">
          {inWords(next)}
        </ButtonLink>
      </Cluster>
      {cut && (
        <Notice tone="info" title="A full month">
          The first 500 endings are shown; the list has all of them.
        </Notice>
      )}
      <table className="sheet">
        <caption>{inWords(month)}</caption>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                <span aria-hidden="true">{name.slice(0, 3)}</span>
                <VisuallyHidden>{name}</VisuallyHidden>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((cell) => (
                <DayCell key={cell.day} {...cell} isToday={cell.day === today} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isEmpty && <EmptyState icon="calendar" title={`Nothing ends in ${inWords(month)}`} />}
    </Stack>
  )
}
