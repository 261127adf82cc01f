import { expect, test } from 'vitest'
import { dueWord } from './due.ts'

test.each([
  ['2026-11-20', null],
  ['2026-11-24', 'week'],
  ['2026-11-29', 'week'],
  ['2026-11-30', 'tomorrow'],
  ['2026-12-01', 'today'],
  ['2026-12-02', 'late'],
  ['2027-01-02', 'late'],
] as const)('on %s, of what is due on 1 December: %s', (today, word) => expect(dueWord('2026-12-01', today)).toBe(word))
