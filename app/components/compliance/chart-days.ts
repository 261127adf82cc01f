import type { Bar } from '#app/components/ui/bars.tsx'
import { addDays } from '#services/kernel/period.ts'

const days = (from: string, to: string): string[] => {
  const all: string[] = []
  for (let day = from; day <= to && all.length < 3_700; day = addDays(day, 1)) all.push(day)
  return all
}

/** A chart of at most a month of days; a longer span is drawn by months. Days on which nothing happened are there, too. */
export function chartOf(counts: readonly { day: string; count: number }[], from: string, to: string): { title: string; bars: Bar[] } {
  const all = days(from, to)
  const byDay = all.length <= 31
  const keyOf = (day: string): string => (byDay ? day : day.slice(0, 7))
  const sums = new Map(all.map((day) => [keyOf(day), 0]))
  for (const { day, count } of counts) sums.set(keyOf(day), (sums.get(keyOf(day)) ?? 0) + count)
  return {
    title: byDay ? 'Rows a day' : 'Rows a month',
    bars: [...sums].map(([label, value]) => ({ label: byDay && all.length <= 14 ? label.slice(5) : label, value })),
  }
}
