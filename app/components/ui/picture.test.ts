import { expect, test } from 'vitest'
import { groundFor } from './picture.tsx'

test.each([
  ['#1e2330', 'light'],
  ['#7d1f1f', 'light'],
  ['#0000ff', 'light'],
  ['#f2eadc', 'dark'],
  ['#ffe900', 'dark'],
  ['#FFFFFF', 'dark'],
])('a logo in %s stands on a %s ground, whatever the theme', (colour, ground) => {
  expect(groundFor(colour)).toBe(ground)
})
