import ical, { ICalAlarmType } from 'ical-generator'

/** A whole day, `2026-12-31`, on which something is. */
export interface DayEvent {
  /** The same for the same thing, for ever: a calendar moves what it knows and doubles what it does not. */
  uid: string
  day: string
  summary: string
  description: string
  url: string
  /** When it was last said otherwise. */
  changedAt: Date
  /** A word so many days before. */
  remindDays: readonly number[]
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dayLength = 86_400

/** A calendar file as RFC 5545 has it. Its days are days of the house, whatever zone the reader is in: no event has an hour. */
export function icalendar({ name, description, events }: { name: string; description: string; events: readonly DayEvent[] }): string {
  const calendar = ical({ name, description, prodId: { company: 'Clearmark', product: 'Rights calendar', language: 'EN' }, ttl: 3_600 })
  for (const { uid, day, summary, description: text, url, changedAt, remindDays } of events) {
    const start = midnight(day)
    const event = calendar.createEvent({
      id: uid,
      start,
      // The end of a whole day is the next one: DTEND is not part of the event.
      end: new Date(start.getTime() + dayLength * 1_000),
      allDay: true,
      timezone: 'UTC',
      summary,
      description: text,
      url,
      stamp: changedAt,
    })
    for (const days of remindDays) event.createAlarm({ type: ICalAlarmType.display, trigger: days * dayLength, description: summary })
  }
  return calendar.toString()
}
