import { useNavigate } from '@remix-run/react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { dayInWords, monthInWords, weekdayOf, weekdays } from '#services/kernel/days.ts'
import { mondayOf, monthOf, type Month } from '#services/kernel/month.ts'
import { addDays, type Day } from '#services/kernel/period.ts'
import { ButtonLink } from './button.tsx'
import { VisuallyHidden } from './layout.tsx'

interface Turning {
  month: Month
  previous: Month
  next: Month
  today: Day
  /** The address of another month's sheet. */
  to: (month: Month) => string
}
interface SheetDay {
  day: Day
  inMonth: boolean
  count: number
}
interface MonthSheetProps<D> extends Turning {
  weeks: readonly (readonly D[])[]
  /** What a day says to who hears it. */
  said: (day: D) => string
  /** Its first things, one short line each; how many there are is in `count`. */
  lines: (day: D) => ReactElement[]
}

const inCell = 3
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Which month it is, and the way to its neighbours and to today. */
export const MonthHead = ({ month, previous, next, today, to, children }: Turning & { children?: ReactNode }) => (
  <div className="calendar-head">
    <h2 aria-live="polite">{monthInWords(month)}</h2>
    <nav aria-label="Month" className="calendar-months">
      <ButtonLink to={to(previous)} size="sm" icon="arrow-left" preventScrollReset rel="prev">
        {monthInWords(previous)}
      </ButtonLink>
      <ButtonLink to={to(monthOf(today))} size="sm" preventScrollReset>
        Today
      </ButtonLink>
      <ButtonLink to={to(next)} size="sm" icon="arrow-right" preventScrollReset rel="next">
        {monthInWords(next)}
      </ButtonLink>
    </nav>
    {children}
  </div>
)

/** A month as a sheet. Arrows walk the days, Home and End the week, Page Up and Down the months; Enter goes to the day below (`#d-2026-11-21`). */
export function MonthSheet<D extends SheetDay>({ month, previous, next, weeks, today, to, said, lines }: MonthSheetProps<D>) {
  const grid = useRef<HTMLTableElement>(null)
  const navigate = useNavigate()
  const days = weeks.flat()
  // Without the script every day is a stop of the Tab key; with it, one is.
  const [stop, setStop] = useState<Day>()
  const [wanted, setWanted] = useState<Day>()
  useEffect(() => {
    if (!days.some(({ day }) => day === stop)) setStop(days.some(({ day, inMonth }) => inMonth && day === today) ? today : `${month}-01`)
    if (!wanted) return
    grid.current?.querySelector<HTMLElement>(`[data-day="${wanted}"]`)?.focus()
    setWanted(undefined)
    // The month names all that the days depend on.
  }, [month])
  // A sheet shows some days of its neighbours: arrows may rest on them, a page key turns the sheet all the same.
  const go = (day: Day, turns: boolean) => {
    setStop(day)
    const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)
    if (cell && !turns) return cell.focus()
    setWanted(day)
    navigate(to(monthOf(day)), { preventScrollReset: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset.day
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return
    const by = steps[event.key]
    const ends: Record<string, Day> = {
      Home: mondayOf(at),
      End: addDays(mondayOf(at), 6),
      PageUp: `${previous}-01`,
      PageDown: `${next}-01`,
    }
    const day = by === undefined ? ends[event.key] : addDays(at, by)
    if (!day) return
    event.preventDefault()
    go(day, event.key.startsWith('Page'))
  }
  return (
    <table className="month-grid" role="grid" aria-label={monthInWords(month)} ref={grid} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((day) => (
              <Cell
                key={day.day}
                day={day}
                isToday={day.day === today}
                said={said(day)}
                lines={lines(day)}
                tabIndex={stop === undefined ? undefined : day.day === stop ? 0 : -1}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  day: SheetDay
  isToday: boolean
  said: string
  lines: ReactElement[]
  tabIndex: number | undefined
}

function Cell({ day: { day, inMonth, count }, isToday, said, lines, tabIndex }: CellProps) {
  const shown = lines.slice(0, inCell)
  return (
    <td role="gridcell" data-out={!inMonth || undefined} data-today={isToday || undefined}>
      <a className="grid-day" href={`#d-${day}`} data-day={day} tabIndex={tabIndex} aria-current={isToday ? 'date' : undefined}>
        <span className="grid-number" aria-hidden="true">
          {Number(day.slice(8))}
        </span>
        <VisuallyHidden>
          {weekdayOf(day)}, {dayInWords(day)}: {said}
        </VisuallyHidden>
        {count > 0 && (
          <span className="grid-lines" aria-hidden="true">
            {shown}
            {count > shown.length && <span className="grid-more">and {count - shown.length} more</span>}
          </span>
        )}
      </a>
    </td>
  )
}
