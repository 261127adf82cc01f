import { Link } from '@remix-run/react'
import { Badge } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import type { CalendarPage } from '#services/desk/calendar.ts'
import { kindWords } from '#services/desk/rules/kinds.ts'
import { dayInWords, monthInWords, weekdayOf } from '#services/kernel/days.ts'
import { lineAddress } from './words.ts'

/** The same month as a list: what a telephone shows, and where the sheet's days lead. */
export function Agenda({ weeks, month, today }: CalendarPage) {
  const days = weeks.flat().filter(({ count }) => count > 0)
  if (days.length === 0)
    return (
      <EmptyState icon="calendar" title={`Nothing ends in ${monthInWords(month)}`}>
        The strip above shows when something does.
      </EmptyState>
    )
  return (
    <section aria-label={`${monthInWords(month)}, day by day`}>
      <ol className="agenda">
        {days.map(({ day, lines, count, inMonth }) => (
          <li key={day} id={`d-${day}`} data-out={!inMonth || undefined} tabIndex={-1}>
            <h3>
              <time dateTime={day}>{dayInWords(day)}</time> <span className="muted small">{day === today ? 'today' : weekdayOf(day)}</span>
            </h3>
            <ul className="plain-list">
              {lines.map((line) => (
                <li key={line.item}>
                  <Badge>{kindWords[line.kind]}</Badge> <Link to={lineAddress(line.item)}>{line.title}</Link>{' '}
                  <span className="muted small">{line.detail}</span>
                </li>
              ))}
              {count > lines.length && (
                <li>
                  <Link to="/rights?within=365&sort=day">and {count - lines.length} more on the worklist</Link>
                </li>
              )}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
