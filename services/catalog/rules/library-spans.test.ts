import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf } from '../../kernel/period.ts'
import { monthsOf, readAmount, readDays, readSize } from './library-spans.ts'

const now = Date.UTC(2026, 10, 21, 15)
const at = (text: string) => Date.parse(text)

test('days, months, years and spans of them', () => {
  expect(readDays('2026-11', now, 'UTC')).toEqual({ from: at('2026-11-01'), to: at('2026-12-01') })
  expect(readDays('2026', now, 'UTC')).toEqual({ from: at('2026-01-01'), to: at('2027-01-01') })
  expect(readDays('2026-11..', now, 'UTC')).toEqual({ from: at('2026-11-01'), to: null })
  expect(readDays('..2026-11-20', now, 'UTC')).toEqual({ from: null, to: at('2026-11-21') })
  expect(readDays('2026-11-01..2026-11-02', now, 'UTC')).toEqual({ from: at('2026-11-01'), to: at('2026-11-03') })
  expect(readDays('today', now, 'UTC')).toEqual({ from: at('2026-11-21'), to: at('2026-11-22') })
  expect(readDays('7d', now, 'UTC')).toEqual({ from: at('2026-11-15'), to: at('2026-11-22') })
  for (const wrong of ['', '..', '2026-13', '2026-02-30', 'soon', '1..2..3']) expect(readDays(wrong, now, 'UTC')).toBeNull()
})

test('days are those of the zone, also where the clocks change', () => {
  const days = (text: string, time: string) => readDays(text, at(time), 'Europe/Berlin')
  // Half past midnight in Berlin, still the day before in Greenwich.
  expect(days('today', '2026-07-09T22:30Z')).toEqual({ from: at('2026-07-09T22:00Z'), to: at('2026-07-10T22:00Z') })
  expect(days('yesterday', '2026-11-21T23:30Z')).toEqual({ from: at('2026-11-20T23:00Z'), to: at('2026-11-21T23:00Z') })
  // Days of 23 and of 25 hours.
  expect(days('today', '2026-03-29T12:00Z')).toEqual({ from: at('2026-03-28T23:00Z'), to: at('2026-03-29T22:00Z') })
  expect(days('today', '2026-10-25T12:00Z')).toEqual({ from: at('2026-10-24T22:00Z'), to: at('2026-10-25T23:00Z') })
  expect(days('2d', '2026-10-25T12:00Z')).toEqual({ from: at('2026-10-23T22:00Z'), to: at('2026-10-25T23:00Z') })
  expect(days('2026-10', '2026-07-09T12:00Z')).toEqual({ from: at('2026-09-30T22:00Z'), to: at('2026-10-31T23:00Z') })
  expect(days('2026-03-29..2026-03-29', '2026-07-09T12:00Z')).toEqual({ from: at('2026-03-28T23:00Z'), to: at('2026-03-29T22:00Z') })
})

test('in any zone, at any time: today holds now, and days adjoin', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago', 'UTC')
  fc.assert(
    fc.property(zone, fc.integer({ min: at('2020-01-02'), max: at('2030-01-01') }), fc.integer({ min: 2, max: 9999 }), (zone, now, n) => {
      const [today, yesterday, back] = ['today', 'yesterday', `${n}d`].map((text) => readDays(text, now, zone))
      if (!today || !yesterday || !back) throw new Error('not read')
      expect(today.from).toBeLessThanOrEqual(now)
      expect(today.to).toBeGreaterThan(now)
      expect(yesterday.to).toBe(today.from)
      expect(back.to).toBe(today.to)
      expect(dayOf(new Date(back.from ?? 0), zone)).toBe(addDays(dayOf(new Date(now), zone), 1 - n))
    }),
  )
})

test('whole months are named, and what sticks out at their ends', () => {
  expect(monthsOf({ from: at('2026-11-01'), to: at('2027-02-01') })).toEqual({ months: ['2026-11', '2026-12', '2027-01'], edges: [] })
  expect(monthsOf({ from: at('2026-10-31T23:00Z'), to: at('2027-01-31T23:00Z') })).toEqual({
    months: ['2026-11', '2026-12'],
    edges: [
      { from: at('2026-10-31T23:00Z'), to: at('2026-11-01') },
      { from: at('2027-01-01'), to: at('2027-01-31T23:00Z') },
    ],
  })
  for (const none of [
    { from: at('2026-11-02'), to: at('2026-12-01') },
    { from: at('2026-10-31T23:00Z'), to: at('2026-11-30T23:00Z') },
    { from: null, to: at('2026-12-01') },
    { from: at('2000-01-01'), to: at('2026-12-01') },
  ])
    expect(monthsOf(none)).toBeNull()
})

test('sizes in bytes and pixels', () => {
  expect(readSize('>20mp')).toEqual({ column: 'pixels', from: 20_000_001, to: null })
  expect(readSize('<=500kb')).toEqual({ column: 'bytes', from: null, to: 500_001 })
  expect(readSize('2..10mb')).toEqual({ column: 'bytes', from: 2_000_000, to: 10_000_001 })
  expect(readSize('1.5gb..')).toEqual({ column: 'bytes', from: 1_500_000_000, to: null })
  for (const wrong of ['big', '20', '>mp', '1mb..2mp', '..']) expect(readSize(wrong)).toBeNull()
  expect(readAmount('>3000')).toEqual({ from: 3001, to: null })
})

test('nothing that is typed makes it stumble', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.<>=mpkgdwy-]{0,14}$/)), (text) => {
      for (const span of [readDays(text, now, 'UTC'), readSize(text), readAmount(text)])
        expect(span === null || span.from !== null || span.to !== null).toBe(true)
    }),
  )
})
