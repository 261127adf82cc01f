import { addDays, type Day } from './period.ts'

/** A calendar month, `2026-12`. */
export type Month = string
export const isMonth = (text: string): text is Month => /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text)
export const monthOf = (day: Day): Month => day.slice(0, 7)

/** The month so many months away. */
export function shiftMonth(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The weeks of a month, Monday first, with the days of its neighbours that fill the first and the last one. */
export function weeksOf(month: Month): Day[][] {
  const next: Day = `${shiftMonth(month, 1)}-01`
  const weeks: Day[][] = []
  for (let monday = mondayOf(`${month}-01`); monday < next; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  return weeks
}
