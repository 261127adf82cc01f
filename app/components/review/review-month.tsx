import { Link } from '@remix-run/react'
import { Badge } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { MonthHead, MonthSheet } from '#app/components/ui/month-sheet.tsx'
import { dayInWords, monthInWords, weekdayOf } from '#services/kernel/days.ts'
import { taskAddress, type TaskFilter } from '#services/review/rules/filter.ts'
import type { Queue, TaskMonth } from '#services/review/views.ts'
import { Whose } from './words.tsx'

/** What is due on each day of a month: the sheet, and below it the same as a list. */
export function ReviewMonth({ month: sheet, queue, filter }: { month: TaskMonth; queue: Queue; filter: TaskFilter }) {
  const { month, previous, next, weeks, undated } = sheet
  const turning = { month, previous, next, today: queue.today, to: (other: string) => taskAddress(filter, { month: other }) }
  const days = weeks.flat().filter(({ count }) => count > 0)
  return (
    <>
      <MonthHead {...turning} />
      <MonthSheet
        {...turning}
        weeks={weeks}
        said={({ count }) => (count === 0 ? 'nothing is due' : `${count} due`)}
        lines={({ tasks }) =>
          tasks.map((task) => (
            <span key={task.stepId} data-late={task.late || undefined}>
              {task.asset.title}
            </span>
          ))
        }
      />
      <p className="small">
        <Link to="/library/review/calendar">Your due days in your own calendar</Link>
      </p>
      {undated > 0 && (
        <p className="small muted">
          {undated.toLocaleString('en-GB')} open {undated === 1 ? 'step has' : 'steps have'} no due day:{' '}
          <Link to={taskAddress({ ...filter, view: 'list' })}>the list</Link> has them all.
        </p>
      )}
      {days.length === 0 ? (
        <EmptyState icon="calendar" title={`Nothing is due in ${monthInWords(month)}`}>
          Steps are due when their route says so.
        </EmptyState>
      ) : (
        <ol className="agenda">
          {days.map(({ day, tasks, count, inMonth }) => (
            <li key={day} id={`d-${day}`} data-out={!inMonth || undefined} tabIndex={-1}>
              <h3>
                <time dateTime={day}>{dayInWords(day)}</time>{' '}
                <span className="muted small">{day === queue.today ? 'today' : weekdayOf(day)}</span>
              </h3>
              <ul className="plain-list">
                {tasks.map((task) => (
                  <li key={task.stepId}>
                    <Badge tone={task.late ? 'danger' : 'info'}>{task.step}</Badge>{' '}
                    <Link to={`/library/review/${task.reviewId}`}>{task.asset.title}</Link> <Whose task={task} />
                  </li>
                ))}
                {count > tasks.length && (
                  <li>
                    <Link to={taskAddress({ ...filter, view: 'list' })}>and {count - tasks.length} more</Link>
                  </li>
                )}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
