import { expect, test } from 'vitest'
import { licenceModels } from '../rules/models.ts'
import { numbered } from './clauses.ts'
import { defaultPriceBook } from './price-book.ts'
import { defaultTerms } from './terms.ts'

test('every model has readable terms with numbered clauses', () => {
  for (const model of licenceModels) {
    const { title, body } = defaultTerms[model]
    expect(title.length).toBeGreaterThan(8)
    expect(body).toMatch(/^1\. \w/)
    expect(body).toMatch(/\n1\.1 \w/)
    expect(body.length).toBeGreaterThan(600)
  }
})

test('clauses are numbered by their place', () =>
  expect(
    numbered([
      { heading: 'A', says: ['x', 'y'] },
      { heading: 'B', says: ['z'] },
    ]),
  ).toBe('1. A\n1.1 x\n1.2 y\n\n2. B\n2.1 z'))

test('the caps in the text are the caps in the price book', () => {
  const caps = defaultPriceBook.royaltyFree.ROYALTY_FREE_STANDARD.scope.limits ?? {}
  expect(Object.keys(caps).sort()).toEqual(['printRun', 'seats', 'viewers'])
  for (const cap of Object.values(caps)) expect(defaultTerms.ROYALTY_FREE_STANDARD.body).toContain(cap.toLocaleString('en-GB'))
  expect(defaultTerms.ROYALTY_FREE_EXTENDED.body).toContain(
    `Up to ${defaultPriceBook.royaltyFree.ROYALTY_FREE_EXTENDED.scope.limits?.seats} people`,
  )
})
