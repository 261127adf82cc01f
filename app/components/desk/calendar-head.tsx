import { Link } from '@remix-run/react'
import { MonthHead } from '#app/components/ui/month-sheet.tsx'
import { endings, kindWords } from '#services/desk/rules/kinds.ts'
import type { CalendarPage } from '#services/desk/calendar.ts'

type Head = Pick<CalendarPage, 'month' | 'previous' | 'next' | 'today' | 'kinds'> & { all: boolean }

/** The sheet of a month with these kinds; all of them need no word. */
export function sheetOf(month: string, kinds: readonly string[], all: boolean): string {
  return `/rights/calendar?${new URLSearchParams([['month', month], ...(all ? [] : kinds.map((kind) => ['kind', kind]))])}`
}

/** Which month, and which kinds of end. */
export function CalendarHead({ month, previous, next, today, kinds, all }: Head) {
  const toggled = (kind: (typeof endings)[number]) => {
    if (all) return [kind]
    return kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]
  }
  return (
    <MonthHead month={month} previous={previous} next={next} today={today} to={(other) => sheetOf(other, kinds, all)}>
      <nav aria-label="Kinds" className="work-kinds">
        <ul>
          {endings.map((kind) => {
            const to = toggled(kind)
            return (
              <li key={kind}>
                <Link
                  className="work-chip"
                  data-kind={kind}
                  to={sheetOf(month, to, to.length === 0 || to.length === endings.length)}
                  aria-current={!all && kinds.includes(kind) ? 'true' : undefined}
                  preventScrollReset
                >
                  {kindWords[kind]}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
    </MonthHead>
  )
}
