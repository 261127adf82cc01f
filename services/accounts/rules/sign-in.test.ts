import { expect, test } from 'vitest'
import { freeFailures, lockFor, minutesUntil } from './sign-in.ts'

test('the first nine wrong passwords lock nothing', () => {
  for (let failures = 0; failures < freeFailures; failures++) expect(lockFor(failures)).toBe(0)
})

test('from the tenth on the lock grows, and ends growing at an hour', () => {
  expect([10, 11, 12, 13].map((failures) => lockFor(failures) / 60_000)).toEqual([1, 2, 4, 8])
  expect(lockFor(16)).toBe(3_600_000)
  expect(lockFor(10_000)).toBe(3_600_000)
})

test('waiting is told in whole minutes, rounded up', () => {
  const now = new Date('2026-11-21T09:00:00Z')
  expect(minutesUntil(new Date('2026-11-21T09:00:01Z'), now)).toBe(1)
  expect(minutesUntil(new Date('2026-11-21T09:01:01Z'), now)).toBe(2)
  expect(minutesUntil(new Date('2026-11-21T08:59:00Z'), now)).toBe(1)
})
