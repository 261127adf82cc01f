import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMonth, monthOf, shiftMonth, weeksOf } from './month.ts'

const month = fc
  .tuple(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)

test('each day of the month is in its weeks once, weeks are whole and begin on Monday', () => {
  fc.assert(
    fc.property(month, (text) => {
      const weeks = weeksOf(text)
      const days = weeks.flat()
      expect(weeks.every((week) => week.length === 7 && new Date(`${week[0]}T00:00:00Z`).getUTCDay() === 1)).toBe(true)
      expect(new Set(days).size).toBe(days.length)
      const [year = 0, number = 0] = text.split('-').map(Number)
      expect(days.filter((day) => monthOf(day) === text)).toHaveLength(new Date(Date.UTC(year, number, 0)).getUTCDate())
      expect(weeks.every((week) => week.some((day) => monthOf(day) === text))).toBe(true)
    }),
  )
})

test('months are counted on over the year’s end and back', () => {
  expect(shiftMonth('2026-12', 1)).toBe('2027-01')
  expect(shiftMonth('2026-01', -1)).toBe('2025-12')
  fc.assert(fc.property(month, fc.integer({ min: -30, max: 30 }), (text, by) => shiftMonth(shiftMonth(text, by), -by) === text))
})

test('only a month is a month', () => {
  for (const text of ['2026-13', '2026-00', '26-01', '2026-1', '', '2026-01-01', '2026-01;']) expect(isMonth(text)).toBe(false)
})
