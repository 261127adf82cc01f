import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, isWallTime, wallTimeOf } from './period.ts'

const minute = 60_000
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'America/Santiago',
  'UTC',
] as const

const formats = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
)
/** What a clock shows, by another way than the code's. */
const shown = (at: number, zone: (typeof zones)[number]): string => (formats.get(zone)?.format(at) ?? '').replace(' ', 'T')

/** The first minute at which the clocks show a time; where they never do, as long after the leap as the time lay behind its beginning. */
function oracle(time: string, zone: (typeof zones)[number]): number {
  const wall = Date.parse(`${time}:00Z`)
  let previous = ''
  for (let at = wall - 15 * 60 * minute; at <= wall + 15 * 60 * minute; at += minute) {
    const now = shown(at, zone)
    if (now === time) return at
    if (previous !== '' && previous < time && now > time) return at - minute + (wall - Date.parse(`${previous}:00Z`))
    previous = now
  }
  throw new Error(`no ${time} in ${zone}`)
}

const pad = (n: number) => String(n).padStart(2, '0')
const anywhere = fc
  .record({
    year: fc.integer({ min: 2024, max: 2034 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  .map((t) => `${t.year}-${pad(t.month)}-${pad(t.day)}T${pad(t.hour)}:${pad(t.minute)}`)
/** The nights in which clocks change: where a naive reading is wrong. */
const changes = fc
  .record({
    day: fc.constantFrom(
      '2026-03-29',
      '2026-10-25',
      '2027-03-28',
      '2026-03-08',
      '2026-11-01',
      '2026-04-05',
      '2026-10-04',
      '2027-02-07',
      '2026-09-06',
    ),
    hour: fc.integer({ min: 0, max: 4 }),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  .map((t) => `${t.day}T${pad(t.hour)}:${pad(t.minute)}`)

test('a time on the wall is the first instant at which the clocks show it, and over a leap as much later as they leap', () => {
  fc.assert(
    fc.property(fc.oneof(changes, anywhere), fc.constantFrom(...zones), (time, zone) => {
      expect(instantOf(time, zone).getTime(), `${time} ${zone}`).toBe(oracle(time, zone))
    }),
    { numRuns: 120 },
  )
})

test('half past two in Berlin, in the night that has none and in the night that has two', () => {
  expect(instantOf('2026-03-29T02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantOf('2026-10-25T02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(wallTimeOf(new Date('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25T02:30')
})

test('what is no time on a wall is none', () => {
  for (const text of ['2026-02-30T10:00', '2026-01-01', '2026-01-01T24:00', '2026-01-01T10:60', 'now']) expect(isWallTime(text)).toBe(false)
  expect(isWallTime('2026-01-01T23:59')).toBe(true)
})
