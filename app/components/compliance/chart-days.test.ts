import { expect, test } from 'vitest'
import { chartOf } from './chart-days.ts'

test('a month is drawn by days, empty ones included; a year by months', () => {
  const month = chartOf([{ day: '2026-11-02', count: 3 }], '2026-11-01', '2026-11-03')
  expect(month).toEqual({
    title: 'Rows a day',
    bars: [
      { label: '11-01', value: 0 },
      { label: '11-02', value: 3 },
      { label: '11-03', value: 0 },
    ],
  })
  const year = chartOf(
    [
      { day: '2026-11-02', count: 3 },
      { day: '2026-11-20', count: 4 },
    ],
    '2026-01-01',
    '2026-12-31',
  )
  expect(year.bars).toHaveLength(12)
  expect(year.bars[10]).toEqual({ label: '2026-11', value: 7 })
})
