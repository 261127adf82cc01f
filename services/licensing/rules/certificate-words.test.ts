import { expect, test } from 'vitest'
import { beginInWords, endInWords } from './certificate-words.ts'

test('an end at midnight is the end of the day before, in the zone of the contract', () => {
  expect(endInWords(new Date('2027-11-30T23:00:00Z'), 'Europe/Berlin')).toBe('the end of 30 November 2027 (Europe/Berlin)')
  expect(endInWords(new Date('2027-11-30T23:00:00Z'), 'UTC')).toBe('30 November 2027, 23:00 (UTC)')
  expect(endInWords(null, 'UTC')).toBe('further notice, without a fixed end')
})

test('a beginning names its time only where it is not midnight', () => {
  expect(beginInWords(new Date('2026-11-30T23:00:00Z'), 'Europe/Berlin')).toBe('1 December 2026 (Europe/Berlin)')
  expect(beginInWords(new Date('2026-11-21T09:15:00Z'), 'Europe/Berlin')).toBe('21 November 2026, 10:15 (Europe/Berlin)')
})
