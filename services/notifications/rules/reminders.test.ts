import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueReminder, lastDayOf, reminderDays, reminderDueAt } from './reminders.ts'

const zone = 'Europe/Berlin'
const hour = 3_600_000
// Until 31 December 2026 in Berlin.
const ending = { issuedAt: new Date('2026-01-01T00:00:00Z'), endsAt: new Date('2026-12-31T23:00:00Z') }
const at = (text: string) => dueReminder(ending, new Date(text), zone)

describe('the reminder that is due', () => {
  test('its last day is the day before the instant of its end', () => expect(lastDayOf(ending, zone)).toBe('2026-12-31'))

  test('30, 7 and 1 days before, and on the day, from midnight in the zone of the house', () => {
    expect(at('2026-11-30T22:59:59Z')).toBeNull()
    expect(at('2026-11-30T23:00:00Z')).toBe(30)
    expect(at('2026-12-23T23:00:00Z')).toBe(7)
    expect(at('2026-12-29T22:59:59Z')).toBe(7)
    expect(at('2026-12-29T23:00:00Z')).toBe(1)
    expect(at('2026-12-30T23:00:00Z')).toBe(0)
  })

  test('none after the end', () => expect(at('2026-12-31T23:00:00Z')).toBeNull())

  test('a licence of ten days skips the reminder of 30 days, one of this afternoon skips all', () => {
    const short = { issuedAt: new Date('2026-12-22T09:00:00Z'), endsAt: ending.endsAt }
    expect(dueReminder(short, new Date('2026-12-22T10:00:00Z'), zone)).toBeNull()
    expect(dueReminder(short, new Date('2026-12-24T10:00:00Z'), zone)).toBe(7)
    const brief = { issuedAt: new Date('2026-12-31T09:00:00Z'), endsAt: ending.endsAt }
    expect(dueReminder(brief, new Date('2026-12-31T12:00:00Z'), zone)).toBeNull()
  })
})

test('whenever the clock is looked at, each reminder comes at most once, in its order, and none after the end', () => {
  const begin = Date.parse('2026-01-15T07:30:00Z')
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Pacific/Auckland'),
      fc.integer({ min: 1, max: 120 * 24 }),
      fc.array(fc.integer({ min: 0, max: 125 * 24 }), { minLength: 1, maxLength: 80 }),
      (where, life, looks) => {
        const right = { issuedAt: new Date(begin), endsAt: new Date(begin + life * hour) }
        const sent = new Set<number>()
        const order: number[] = []
        for (const look of looks.sort((a, b) => a - b)) {
          const now = new Date(begin + look * hour)
          const due = dueReminder(right, now, where)
          if (due === null) continue
          expect(now < right.endsAt).toBe(true)
          expect(reminderDueAt(right, due, where) > right.issuedAt).toBe(true)
          if (!sent.has(due)) order.push(due)
          sent.add(due)
        }
        expect(order).toEqual([...order].sort((a, b) => b - a))
        expect(order.every((days) => (reminderDays as readonly number[]).includes(days))).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
