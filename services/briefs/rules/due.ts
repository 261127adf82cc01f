import { addDays, type Day } from '../../kernel/period.ts'

/** What is said of a due date: once a week before, the day before, on the day, and the day after. */
export type DueWord = 'week' | 'tomorrow' | 'today' | 'late'

/** The reminder that belongs to this day; none between. After a pause only the most urgent one goes. */
export function dueWord(dueOn: Day, today: Day): DueWord | null {
  if (today > dueOn) return 'late'
  if (today === dueOn) return 'today'
  if (addDays(today, 1) === dueOn) return 'tomorrow'
  return addDays(today, 7) >= dueOn ? 'week' : null
}
