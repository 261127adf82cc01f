import { dayOf, startOfDay } from '../../kernel/period.ts'

const long = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** The instant at which a licence begins, as people write it: whole days without a time, and always with the zone. */
export function beginInWords(from: Date, zone: string): string {
  const day = dayOf(from, zone)
  if (startOfDay(day, zone).getTime() === from.getTime()) return `${long(day)} (${zone})`
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(from)
  return `${long(day)}, ${time} (${zone})`
}

/** The end of a half-open span: midnight is the end of the day before. */
export function endInWords(until: Date | null, zone: string): string {
  if (until === null) return 'further notice, without a fixed end'
  const day = dayOf(until, zone)
  if (startOfDay(day, zone).getTime() !== until.getTime()) return beginInWords(until, zone)
  return `the end of ${long(dayOf(new Date(until.getTime() - 1), zone))} (${zone})`
}
