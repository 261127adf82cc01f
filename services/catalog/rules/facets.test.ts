import { expect, test } from 'vitest'
import { lastPage, noFilters, readWish } from './facets.ts'

const wish = (search: string) => readWish(new URLSearchParams(search))

test('known values filter, unknown ones are left out', () => {
  expect(
    wish('kind=LOGO&kind=PIRATE&colour=blue&licence=editorial&people=with&collection=../x&collection=boats-2&creator=Ada+Meyer').filters,
  ).toEqual({
    ...noFilters(),
    kind: ['LOGO'],
    colour: ['blue'],
    licence: ['editorial'],
    people: ['with'],
    collection: ['boats-2'],
    creator: ['Ada Meyer'],
  })
  expect(wish(`creator=${'x'.repeat(101)}&creator=`).filters.creator).toEqual([])
})

test('a page is a whole number between the first and the last that we serve', () => {
  expect(['1', '7', '0', '-3', '1.5', 'x', '', '1000000000', 'Infinity'].map((page) => wish(`page=${page}`).page)).toEqual([
    1,
    7,
    1,
    1,
    1,
    1,
    1,
    lastPage,
    1,
  ])
})

test('results come by relevance unless the newest are asked for', () => {
  expect(wish('sort=newest').sort).toBe('newest')
  expect(wish('sort=DROP').sort).toBe('relevance')
})
