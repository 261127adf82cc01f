import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthsOf, readAmount, readDays, readSize } from './library-spans.ts'

const now = Date.UTC(2026, 10, 21, 15)
const at = (text: string) => Date.parse(text)

test('days, months, years and spans of them', () => {
  expect(readDays('2026-11', now)).toEqual({ from: at('2026-11-01'), to: at('2026-12-01') })
  expect(readDays('2026', now)).toEqual({ from: at('2026-01-01'), to: at('2027-01-01') })
  expect(readDays('2026-11..', now)).toEqual({ from: at('2026-11-01'), to: null })
  expect(readDays('..2026-11-20', now)).toEqual({ from: null, to: at('2026-11-21') })
  expect(readDays('2026-11-01..2026-11-02', now)).toEqual({ from: at('2026-11-01'), to: at('2026-11-03') })
  expect(readDays('today', now)).toEqual({ from: at('2026-11-21'), to: at('2026-11-22') })
  expect(readDays('7d', now)).toEqual({ from: at('2026-11-15'), to: at('2026-11-22') })
  for (const wrong of ['', '..', '2026-13', '2026-02-30', 'soon', '1..2..3']) expect(readDays(wrong, now)).toBeNull()
})

test('whole months are named, other spans are not', () => {
  expect(monthsOf({ from: at('2026-11-01'), to: at('2027-02-01') })).toEqual(['2026-11', '2026-12', '2027-01'])
  expect(monthsOf({ from: at('2026-11-02'), to: at('2026-12-01') })).toBeNull()
  expect(monthsOf({ from: null, to: at('2026-12-01') })).toBeNull()
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
      for (const span of [readDays(text, now), readSize(text), readAmount(text)])
        expect(span === null || span.from !== null || span.to !== null).toBe(true)
    }),
  )
})
