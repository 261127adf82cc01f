import { useNavigate } from '@remix-run/react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { VisuallyHidden } from '#app/components/ui/layout.tsx'
import type { CalendarDay, CalendarPage } from '#services/desk/calendar.ts'
import { kindWords } from '#services/desk/rules/kinds.ts'
import { addDays } from '#services/kernel/period.ts'
import { sheetOf } from './calendar-head.tsx'
import { dayInWords, monthInWords, weekdayOf } from './words.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const inCell = 3
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

const said = ({ kinds, count }: CalendarDay): string =>
  count === 0 ? 'nothing ends' : kinds.map(({ kind, count: n }) => `${kindWords[kind]}: ${n}`).join(', ')

function Day({ day, isToday, tabIndex }: { day: CalendarDay; isToday: boolean; tabIndex: number | undefined }) {
  const more = day.count - Math.min(inCell, day.lines.length)
  return (
    <td role="gridcell" data-out={!day.inMonth || undefined} data-today={isToday || undefined}>
      <a className="grid-day" href={`#d-${day.day}`} data-day={day.day} tabIndex={tabIndex} aria-current={isToday ? 'date' : undefined}>
        <span className="grid-number" aria-hidden="true">
          {Number(day.day.slice(8))}
        </span>
        <VisuallyHidden>
          {weekdayOf(day.day)}, {dayInWords(day.day)}: {said(day)}
        </VisuallyHidden>
        {day.count > 0 && (
          <span className="grid-lines" aria-hidden="true">
            {day.lines.slice(0, inCell).map((line) => (
              <span key={line.item} data-kind={line.kind}>
                {line.title}
              </span>
            ))}
            {more > 0 && <span className="grid-more">and {more} more</span>}
          </span>
        )}
      </a>
    </td>
  )
}

/** The month as a sheet. Arrows walk the days, Home and End the week, Page Up and Down the months; Enter goes to the day below. */
export function MonthGrid({ month, weeks, today, previous, next, kinds, all }: CalendarPage & { all: boolean }) {
  const grid = useRef<HTMLTableElement>(null)
  const navigate = useNavigate()
  const days = weeks.flat()
  // Without the script every day is a stop of the Tab key; with it, one is.
  const [stop, setStop] = useState<string>()
  const [wanted, setWanted] = useState<string>()
  useEffect(() => {
    const shown = days.some(({ day }) => day === stop)
    if (!shown) setStop(days.some(({ day, inMonth }) => inMonth && day === today) ? today : `${month}-01`)
    if (wanted) {
      grid.current?.querySelector<HTMLElement>(`[data-day="${wanted}"]`)?.focus()
      setWanted(undefined)
    }
    // The month names all that the days depend on.
  }, [month])
  // A sheet shows some days of its neighbours: arrows may rest on them, a page key turns the sheet all the same.
  const go = (day: string, turns: boolean) => {
    setStop(day)
    const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)
    if (cell && !turns) return cell.focus()
    setWanted(day)
    navigate(sheetOf(day.slice(0, 7), kinds, all), { preventScrollReset: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset.day
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return
    const place = (new Date(`${at}T00:00:00Z`).getUTCDay() + 6) % 7
    const step = steps[event.key]
    const to =
      step !== undefined
        ? addDays(at, step)
        : event.key === 'Home'
          ? addDays(at, -place)
          : event.key === 'End'
            ? addDays(at, 6 - place)
            : event.key === 'PageUp'
              ? `${previous}-01`
              : event.key === 'PageDown'
                ? `${next}-01`
                : undefined
    if (!to) return
    event.preventDefault()
    go(to, event.key.startsWith('Page'))
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
              <Day
                key={day.day}
                day={day}
                isToday={day.day === today}
                tabIndex={stop === undefined ? undefined : day.day === stop ? 0 : -1}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
