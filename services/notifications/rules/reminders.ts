import { addDays, dayOf, startOfDay, type Day } from '../../kernel/period.ts'

/** Days before the last day on which the holder is reminded; 0 is the last day itself. */
export const reminderDays = [30, 7, 1, 0] as const
export type ReminderDay = (typeof reminderDays)[number]

/** A right with an end, as far as reminding goes. */
export interface Ending {
  /** When the right came into the holder's hands. */
  issuedAt: Date
  /** The first instant after it. */
  endsAt: Date
}

/** The last calendar day of a right, in the house's zone: what people call its end. */
export const lastDayOf = (ending: Pick<Ending, 'endsAt'>, zone: string): Day => dayOf(new Date(ending.endsAt.getTime() - 1), zone)

/** The beginning of the day on which a reminder is due. */
export const reminderDueAt = (ending: Pick<Ending, 'endsAt'>, days: number, zone: string): Date =>
  startOfDay(addDays(lastDayOf(ending, zone), -days), zone)

/**
 * The one reminder that is due now, or none. After a pause only the most urgent one is sent, never the missed ones in a
 * heap; a right that began after a reminder's day skips that one; past its end there is nothing left to remind of.
 */
export function dueReminder(ending: Ending, now: Date, zone: string): ReminderDay | null {
  if (now >= ending.endsAt) return null
  const reached = reminderDays.filter((days) => reminderDueAt(ending, days, zone) <= now)
  const latest = reached.at(-1)
  if (latest === undefined || reminderDueAt(ending, latest, zone) <= ending.issuedAt) return null
  return latest
}
