import { expect, test } from 'vitest'
import { countGroups, facetBit, maskOf, type Group } from './facet-bits.ts'
import { facetValues, type Filters } from './facets.ts'

const none: Filters = { kind: [], orientation: [], colour: [], licence: [] }
const bitsOf = (...values: string[]) => values.reduce((sum, value) => sum | facetBit(value), 0)
const groups: Group[] = [
  [bitsOf('PHOTOGRAPH', 'LANDSCAPE', 'red', 'blue', 'royalty-free'), 3],
  [bitsOf('PHOTOGRAPH', 'PORTRAIT', 'blue', 'rights-managed'), 2],
  [bitsOf('LOGO', 'red'), 1],
]

test('every value has a bit of its own, within an int4', () => {
  const bits = Object.values(facetValues).flat().map(facetBit)
  expect(new Set(bits).size).toBe(bits.length)
  expect(Math.max(...bits)).toBeLessThan(2 ** 31)
  expect(facetBit('mauve')).toBe(0)
})

test('a facet without values filters nothing', () => {
  expect(maskOf([])).toBeNull()
  expect(maskOf(['red', 'blue'])).toBe(bitsOf('red', 'blue'))
  expect(countGroups(groups, none)).toEqual({
    total: 6,
    counts: {
      kind: { PHOTOGRAPH: 5, LOGO: 1 },
      orientation: { LANDSCAPE: 3, PORTRAIT: 2 },
      colour: { red: 4, blue: 5 },
      licence: { 'royalty-free': 3, 'rights-managed': 2 },
    },
  })
  expect(countGroups([], none).total).toBe(0)
})

test('a count obeys the other facets and not its own; values of one facet add up', () => {
  const { total, counts } = countGroups(groups, { ...none, kind: ['PHOTOGRAPH'], colour: ['red'] })
  expect(total).toBe(3)
  expect(counts.kind).toEqual({ PHOTOGRAPH: 3, LOGO: 1 })
  expect(counts.colour).toEqual({ red: 3, blue: 5 })
  expect(countGroups(groups, { ...none, kind: ['PHOTOGRAPH', 'LOGO'] }).total).toBe(6)
})
