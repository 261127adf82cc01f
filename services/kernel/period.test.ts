import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, contains, dayOf, endOfDay, isDay, startOfDay } from './period.ts'

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC', 'Asia/Kathmandu')
const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n))

describe('spans of time', () => {
  test('“until 31 December” in Berlin ends at the next midnight there', () => {
    expect(endOfDay('2026-12-31', 'Europe/Berlin').toISOString()).toBe('2026-12-31T23:00:00.000Z')
    expect(endOfDay('2026-06-30', 'Europe/Berlin').toISOString()).toBe('2026-06-30T22:00:00.000Z')
  })

  test('a day on which the clocks change is an hour shorter or longer', () => {
    const hours = (text: string) => (endOfDay(text, 'Europe/Berlin').getTime() - startOfDay(text, 'Europe/Berlin').getTime()) / 3_600_000
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-10-26')]).toEqual([23, 25, 24])
  })

  test('where the clocks leap over midnight, the day begins behind the leap', () => {
    expect(startOfDay('2026-09-06', 'America/Santiago').toISOString()).toBe('2026-09-06T04:00:00.000Z')
    expect(startOfDay('2026-04-05', 'America/Santiago').toISOString()).toBe('2026-04-05T04:00:00.000Z')
    expect(startOfDay('2026-03-08', 'America/Havana').toISOString()).toBe('2026-03-08T05:00:00.000Z')
    expect(startOfDay('2026-04-24', 'Africa/Cairo').toISOString()).toBe('2026-04-23T22:00:00.000Z')
    for (const zone of ['America/Santiago', 'America/Havana', 'Africa/Cairo', 'Atlantic/Azores', 'Asia/Beirut', 'Australia/Lord_Howe'])
      for (let text = '2024-01-01'; text < '2029-01-01'; text = addDays(text, 1)) {
        const begins = startOfDay(text, zone)
        expect([text, zone, dayOf(begins, zone), dayOf(new Date(begins.getTime() - 1), zone)]).toEqual([text, zone, text, addDays(text, -1)])
      }
  })

  test('a day begins in its own zone, ends where the next begins, and holds its own noon', () => {
    fc.assert(
      fc.property(day, zones, (text, zone) => {
        const [from, to] = [startOfDay(text, zone), endOfDay(text, zone)]
        expect(to).toEqual(startOfDay(addDays(text, 1), zone))
        const noon = new Date((from.getTime() + to.getTime()) / 2)
        // Samoa left out a whole day once: there is nothing in it.
        if (to > from) expect(dayOf(noon, zone)).toBe(text)
      }),
    )
  })

  test('the end of a span is outside it', () => {
    const span = { from: startOfDay('2026-01-01', 'UTC'), to: endOfDay('2026-01-31', 'UTC') }
    expect([contains(span, span.from), contains(span, new Date(span.to.getTime() - 1)), contains(span, span.to)]).toEqual([true, true, false])
    expect(contains({ from: span.from, to: null }, new Date('2999-01-01'))).toBe(true)
  })

  test('a month after 31 January is the last day of February', () => {
    expect([addMonths('2026-01-31', 1), addMonths('2028-01-31', 1), addMonths('2026-11-30', 3), addMonths('2026-03-31', -1)]).toEqual(['2026-02-28', '2028-02-29', '2027-02-28', '2026-02-28'])
  })

  test('days that do not exist are no days', () => {
    expect(['2026-02-28', '2026-02-29', '2026-2-1', '2026-13-01', 'today'].map(isDay)).toEqual([true, false, false, false, false])
  })

  test('days that no calendar program or database can step from are none either', () => {
    expect(['0000-01-01', '0999-12-31', '9999-01-01', '9999-12-31'].map(isDay)).toEqual([false, false, false, false])
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles'])
      for (const day of ['1000-01-01', '9998-12-31']) {
        expect(isDay(day)).toBe(true)
        expect(endOfDay(day, zone).toISOString()).toMatch(/^\d{4}-/)
        expect(addMonths(day, 12)).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      }
  })
})
