import { expect, test } from 'vitest'
import { progressWords } from './change-words.ts'

test('a plan says how far it has come, in the right number', () => {
  const plan = { state: 'APPLIED', undecided: 0, done: 1, items: 1, failed: 0 } as const
  expect(progressWords(plan)).toBe('1 line done')
  expect(progressWords({ ...plan, items: 1_200 })).toBe('1,200 lines done')
  expect(progressWords({ ...plan, state: 'DRAFT' })).toBe('All decided')
  expect(progressWords({ ...plan, state: 'DRAFT', undecided: 1 })).toBe('1 of 1 line to decide')
  expect(progressWords({ ...plan, state: 'DRAFT', undecided: 1, items: 2 })).toBe('1 of 2 lines to decide')
  expect(progressWords({ ...plan, state: 'APPLYING' })).toBe('1 of 1 done')
  expect(progressWords({ ...plan, state: 'APPLYING', failed: 1 })).toBe('1 could not be done')
  expect(progressWords({ ...plan, state: 'DROPPED' })).toBe('')
})
