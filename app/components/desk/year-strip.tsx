import { VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Link } from '@remix-run/react'
import type { CalendarPage } from '#services/desk/calendar.ts'
import { dayInWords, monthInWords } from '#services/kernel/days.ts'

/** How full a week is, in five steps of the fullest one; a year with little in it stays pale. */
const heat = (count: number, most: number): number => Math.ceil((count / Math.max(most, 4)) * 4)

/** A year week by week, the darker the more ends in it; the months below lead to their sheets. */
export function YearStrip({ year, kinds }: Pick<CalendarPage, 'year' | 'kinds'>) {
  const most = Math.max(0, ...year.map(({ count }) => count))
  const fullest = year.find(({ count }) => count === most)
  const words =
    most === 0 || !fullest
      ? 'Nothing ends in the year ahead'
      : `The fullest week begins on ${dayInWords(fullest.monday)}: ${most} ${most === 1 ? 'end' : 'ends'}`
  const firsts = year.filter(({ monday }, n) => n === 0 || monday.slice(0, 7) !== year[n - 1]?.monday.slice(0, 7))
  return (
    <figure className="year-strip">
      <div className="year-weeks" role="img" aria-label={`The year, week by week. ${words}.`}>
        {year.map(({ monday, count }) => (
          <span key={monday} data-heat={heat(count, most)} title={`Week of ${dayInWords(monday)}: ${count}`} />
        ))}
      </div>
      <nav aria-label="Months of the year" className="year-months">
        {firsts.map(({ monday }) => {
          const month = monday.slice(0, 7)
          const search = new URLSearchParams([['month', month], ...kinds.map((kind) => ['kind', kind])])
          const weeks = year.filter((week) => week.monday.slice(0, 7) === month).length
          return (
            <Link key={month} to={`?${search}`} style={{ flexGrow: weeks }} preventScrollReset>
              {weeks > 1 && monthInWords(month).slice(0, 3)}
              <VisuallyHidden>{weeks > 1 ? ` ${month.slice(0, 4)}` : monthInWords(month)}</VisuallyHidden>
            </Link>
          )
        })}
      </nav>
      <figcaption className="small muted">{words}.</figcaption>
    </figure>
  )
}
