import { expect, test } from 'vitest'
import { caseAsksAlone, readCase } from './own-case.server.ts'

test.each([
  ['a billboard in Spain, exclusive', true],
  ['Plakat in Spanien, nicht exklusiv', false],
  ['a billboard in Spain', false],
  ['', false],
])('whether plain sales must be read for "%s"', (text, alone) =>
  expect(caseAsksAlone(readCase(new URLSearchParams({ case: text })), 'en')).toBe(alone),
)
