import { addDays, endOfDay, instantOf, type Day } from '../../kernel/period.ts'

/** Monday to Friday, but for the days that the house keeps. */
export const isWorkingDay = (day: Day, holidays: ReadonlySet<Day>): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** So many working days after a day (or before, below nought). None: the day itself, or the next working one. */
export function addWorkingDays(day: Day, days: number, holidays: ReadonlySet<Day>): Day {
  const by = days < 0 ? -1 : 1
  let left = Math.abs(days)
  let at = day
  // A house that keeps every day of a year as a holiday still has an end to its steps.
  for (let guard = 0; guard < 1_500; guard++) {
    if (left === 0 && isWorkingDay(at, holidays)) return at
    at = addDays(at, by)
    if (left > 0 && isWorkingDay(at, holidays)) left--
  }
  return at
}

export interface Deadline {
  dueOn: Day
  /** The end of that day in the house's zone. */
  dueAt: Date
  /** Seven in the morning of its day, in the house's zone; null where that is past already when the step opens. */
  remindAt: Date | null
  escalateAt: Date | null
}
export interface Days {
  dueDays: number | null
  remindDays: number | null
  escalateDays: number | null
}

/** When a step that opens now is due, is reminded of, and goes to somebody else. No day is due without `dueDays`. */
export function deadlineOf(
  { dueDays, remindDays, escalateDays }: Days,
  { now, today, zone, holidays }: { now: Date; today: Day; zone: string; holidays: ReadonlySet<Day> },
): Deadline | null {
  if (dueDays === null) return null
  const dueOn = addWorkingDays(today, dueDays, holidays)
  // By the clock on the wall: on a day that gains or loses an hour it is seven all the same.
  const remindAt = remindDays === null ? null : instantOf(`${addWorkingDays(dueOn, -remindDays, holidays)}T07:00`, zone)
  const escalateAt =
    escalateDays === null ? null : endOfDay(escalateDays === 0 ? dueOn : addWorkingDays(dueOn, escalateDays, holidays), zone)
  return { dueOn, dueAt: endOfDay(dueOn, zone), remindAt: remindAt && remindAt > now ? remindAt : null, escalateAt }
}
