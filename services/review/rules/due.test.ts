import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, wallTimeOf } from '../../kernel/period.ts'
import { addWorkingDays, deadlineOf, isWorkingDay } from './due.ts'

const none = new Set<string>()

describe('working days', () => {
  test.each([
    ['2026-11-20', 1, '2026-11-23', 'Friday and one is Monday'],
    ['2026-11-21', 0, '2026-11-23', 'a Saturday is no day to be due on'],
    ['2026-11-21', 1, '2026-11-23', 'the first after a Saturday is Monday'],
    ['2026-11-23', 5, '2026-11-30', 'five are a week'],
    ['2026-11-23', -1, '2026-11-20', 'and backwards'],
  ])('%s and %i: %s, %s', (day, days, expected) => {
    expect(addWorkingDays(day, days, none)).toBe(expected)
  })

  test('counting them one by one comes to the same, holidays and all', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2026-01-01', n))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), fc.array(day, { maxLength: 20 }), (from, days, kept) => {
        const holidays = new Set(kept)
        const reached = addWorkingDays(from, days, holidays)
        let counted = 0
        for (let at = addDays(from, 1); at <= reached; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) counted++
        expect([counted, isWorkingDay(reached, holidays)]).toEqual([days, true])
      }),
    )
  })
})

describe('a deadline', () => {
  // A Saturday morning in Berlin.
  const at = { now: new Date('2026-11-21T09:00:00Z'), today: '2026-11-21', zone: 'Europe/Berlin', holidays: none }

  test('ends with its day in the zone of the house; the reminder comes in the morning, the escalation after', () => {
    expect(deadlineOf({ dueDays: 3, remindDays: 1, escalateDays: 1 }, at)).toEqual({
      dueOn: '2026-11-25',
      dueAt: new Date('2026-11-25T23:00:00Z'),
      remindAt: new Date('2026-11-24T06:00:00Z'),
      escalateAt: new Date('2026-11-26T23:00:00Z'),
    })
  })

  test('does not remind of what only just began, and escalates at once where nothing is to be waited for', () => {
    expect(deadlineOf({ dueDays: 1, remindDays: 3, escalateDays: 0 }, at)).toMatchObject({
      dueOn: '2026-11-23',
      remindAt: null,
      escalateAt: new Date('2026-11-23T23:00:00Z'),
    })
    expect(deadlineOf({ dueDays: null, remindDays: 1, escalateDays: 1 }, at)).toBeNull()
  })

  // Clocks go forward on 29 March 2026 and back on 25 October in Berlin, both Sundays; in Jerusalem forward on a Friday.
  test.each([
    ['Europe/Berlin', '2026-03-27', '2026-03-31T22:00:00Z', '2026-03-30T05:00:00Z', 'forward over the weekend'],
    ['Europe/Berlin', '2026-10-23', '2026-10-27T23:00:00Z', '2026-10-26T06:00:00Z', 'back over the weekend'],
    ['Asia/Jerusalem', '2026-03-26', '2026-03-30T21:00:00Z', '2026-03-27T04:00:00Z', 'reminded on the very day that loses an hour'],
    ['UTC', '2026-03-27', '2026-04-01T00:00:00Z', '2026-03-30T07:00:00Z', 'where no clock moves'],
  ])('in %s from %s is due at midnight there and reminds at seven there: %s, %s (%s)', (zone, today, dueAt, remindAt) => {
    const found = deadlineOf(
      { dueDays: 2, remindDays: 1, escalateDays: 0 },
      { now: new Date(`${today}T09:00:00Z`), today, zone, holidays: none },
    )
    expect([found?.dueAt, found?.remindAt, found?.escalateAt]).toEqual([new Date(dueAt), new Date(remindAt), new Date(dueAt)])
  })

  test('in any zone and over any clock change: the reminder shows seven, what is due ends with its working day, in this order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Europe/Berlin',
          'Asia/Jerusalem',
          'America/New_York',
          'Africa/Cairo',
          'Australia/Lord_Howe',
          'Pacific/Auckland',
          'UTC',
        ),
        fc.integer({ min: 0, max: 1_200 }).map((n) => addDays('2025-01-01', n)),
        fc.record({ dueDays: fc.nat(9), remindDays: fc.nat(4), escalateDays: fc.nat(4) }),
        fc.array(fc.nat(30), { maxLength: 4 }),
        (zone, today, days, kept) => {
          const holidays = new Set(kept.map((n) => addDays(today, n)))
          // Before anything of that time: no reminder is past.
          const found = deadlineOf(days, { now: new Date('2024-01-01T00:00:00Z'), today, zone, holidays })
          if (!found?.remindAt || !found.escalateAt) throw new Error('no dates')
          expect(wallTimeOf(found.remindAt, zone).slice(11)).toBe('07:00')
          expect(isWorkingDay(dayOf(found.remindAt, zone), holidays)).toBe(true)
          expect([isWorkingDay(found.dueOn, holidays), dayOf(new Date(found.dueAt.getTime() - 1), zone)]).toEqual([true, found.dueOn])
          expect(dayOf(found.dueAt, zone)).toBe(addDays(found.dueOn, 1))
          expect(found.remindAt < found.dueAt && found.dueAt <= found.escalateAt).toBe(true)
        },
      ),
    )
  })
})
