import { expect, test } from 'vitest'
import { filterOf, searchOf, usualFilter } from './filter.ts'

test('an address without words is the usual view, and the other way round', () => {
  expect(filterOf(new URLSearchParams())).toEqual(usualFilter)
  expect(searchOf(usualFilter)).toBe('')
})

test('a filter survives its address', () => {
  const filter = {
    kinds: ['contract-ends' as const, 'meets-ban' as const],
    severities: ['critical' as const],
    within: 90 as const,
    q: 'Brandt & Söhne',
    assignee: 'me',
    mark: 'snoozed' as const,
    sort: 'day' as const,
  }
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter)
})

test('what the list does not know is left out, never an error', () => {
  const search = new URLSearchParams(
    'kind=nonsense&kind=unanswered&kind=unanswered&severity=x&within=12&assignee=%27;drop&mark=y&sort=z&after=abc',
  )
  expect(filterOf(search)).toEqual({ ...usualFilter, kinds: ['unanswered'] })
})
