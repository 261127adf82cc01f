import { expect, test } from 'vitest'
import { weakness } from './passwords.ts'

test.each(['correct horse battery', 'Zwölf Boote im Hafen', 'a1!b2@c3#d4$', '            xyzzy plugh'])('%s will do', (password) => {
  expect(weakness(password, ['ada@example.org', 'Ada Meyer'])).toBeNull()
})

test.each([
  ['short', 'at least 12'],
  ['x'.repeat(201), 'at most 200'],
  ['aaaaaaaabbbb', 'same few'],
  ['abcdefghijkl', 'neighbouring'],
  ['lkjhgfdsapoiuytrewq', 'neighbouring'],
  ['ada@example.org1', 'little more'],
])('%s is refused: %s', (password, reason) => {
  expect(weakness(password, ['ada@example.org', 'Ada Meyer'])).toContain(reason)
})
