import { MonthSheet } from '#app/components/ui/month-sheet.tsx'
import type { CalendarDay, CalendarPage } from '#services/desk/calendar.ts'
import { kindWords } from '#services/desk/rules/kinds.ts'
import { sheetOf } from './calendar-head.tsx'

const said = ({ kinds, count }: CalendarDay): string =>
  count === 0 ? 'nothing ends' : kinds.map(({ kind, count: n }) => `${kindWords[kind]}: ${n}`).join(', ')

/** What ends on each day of a month. */
export function MonthGrid({ month, weeks, today, previous, next, kinds, all }: CalendarPage & { all: boolean }) {
  return (
    <MonthSheet
      {...{ month, weeks, today, previous, next, said }}
      to={(other) => sheetOf(other, kinds, all)}
      lines={({ lines }) =>
        lines.map(({ item, kind, title }) => (
          <span key={item} data-kind={kind}>
            {title}
          </span>
        ))
      }
    />
  )
}
