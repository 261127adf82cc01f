import { expect, test } from 'vitest'
import { figureName } from './price-words.ts'

test('a figure is named for people, never by an id or a word of the database', () => {
  const companies = new Map([['org_1', 'Maison Lavande']])
  expect(figureName('discounts.agreed.org_1', companies)).toBe('Agreed with Maison Lavande')
  expect(figureName('discounts.agreed.org_2', companies)).toBe('Agreed with a company that is gone')
  expect(figureName('discounts.limits.RIGHTS_MANAGER')).toBe('Given by hand, at most, by rights managers')
  expect(figureName('discounts.limits.FINANCE')).toBe('Given by hand, at most, by finance')
  expect(figureName('discounts.codes.WELCOME10')).toBe('Code WELCOME10')
  expect(figureName('discounts.volume.5')).toBe('Licences in one order, from 5')
})
