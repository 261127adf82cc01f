import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultPriceBook as book } from '../defaults/price-book.ts'
import { priceBook } from '../price-book-schema.ts'
import { priceDifference } from './price-difference.ts'
import { bookFrom, fieldOf, fieldsOf, withAdded } from './price-form.ts'
import type { PriceBook } from './pricing.ts'

const sound = (candidate: PriceBook) => priceBook.safeParse(candidate)

describe('a price book as a form', () => {
  test('comes back as it went in', () => {
    const { book: read, problems } = bookFrom(fieldsOf(book), book)
    expect(problems).toEqual({})
    expect(read).toEqual({ ...book, royaltyFree: read.royaltyFree })
    expect(read.royaltyFree.ROYALTY_FREE_STANDARD).toEqual(book.royaltyFree.ROYALTY_FREE_STANDARD)
    expect(sound(read).success).toBe(true)
  })

  test('any factor with four decimals and any amount survives the round trip', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 999_999_999 }), (bp, minor) => {
        const changed = { ...book, exclusiveBp: bp, rightsManaged: { baseMinor: minor } }
        const { book: read, problems } = bookFrom(fieldsOf(changed), book)
        expect(problems).toEqual({})
        expect([read.exclusiveBp, read.rightsManaged.baseMinor]).toEqual([bp, minor])
      }),
    ))

  test('a comma is a decimal point, an emptied factor leaves the book, a spare line of a curve becomes a point', () => {
    const fields = {
      ...fieldsOf(book),
      exclusiveBp: '2,5',
      'territory.whole.DACH': '',
      'duration.points.10.at': '180',
      'duration.points.10.bp': '0.74',
    }
    const { book: read, problems } = bookFrom(fields, book)
    expect(problems).toEqual({})
    expect(read.exclusiveBp).toBe(25_000)
    expect(read.territory.whole).not.toHaveProperty('DACH')
    expect(read.duration.points).toContainEqual([180, 7_400])
  })

  test('a chosen code gets a factor of its own: a leaf as a leaf, all else as a whole', () => {
    const fields = withAdded({
      ...fieldsOf(book),
      'add.territory.code': 'PT',
      'add.territory.factor': '0.4',
      'add.industry.code': 'finance',
    })
    const { book: read, problems } = bookFrom(fields, book)
    expect(problems).toEqual({})
    expect(read.territory.leaves.PT).toBe(4_000)
    expect(read.industry.whole.finance).toBe(book.industry.other)
    expect(withAdded({ 'add.media.code': 'no-such', 'add.media.factor': '1' })).toEqual({})
  })

  test.each([
    ['media.other', '', 'This cannot be empty.'],
    ['media.other', 'dear', 'Write a factor such as 1.4, with at most four decimals.'],
    ['media.other', '-1', 'Write a factor such as 1.4, with at most four decimals.'],
    ['media.other', '1e9', 'Write a factor such as 1.4, with at most four decimals.'],
    ['minimumMinor', '12.345', 'Write an amount in EUR such as 49.00.'],
    ['duration.points.1.at', '7.5', 'Write a whole number.'],
  ])('%s cannot be “%s”', (name, value, saying) => {
    expect(bookFrom({ ...fieldsOf(book), [name]: value }, book).problems).toEqual({ [name]: saying })
  })

  test('what the schema refuses is said at a field', () => {
    const { book: read } = bookFrom({ ...fieldsOf(book), 'duration.points.3.bp': '0.01' }, book)
    const refused = sound(read)
    expect(refused.success).toBe(false)
    expect(refused.error?.issues.map(({ path }) => fieldOf(path, fieldsOf(book)))).toContain('duration.points.3.bp')
    expect(fieldOf(['media'], fieldsOf(book))).toBe('media.other')
    expect(fieldOf([], fieldsOf(book))).toBe('')
  })
})

describe('the difference of two books', () => {
  test('is empty between a book and itself', () => expect(priceDifference(book, structuredClone(book))).toEqual([]))

  test('names each figure that changed, came or went, and no other', () => {
    const { DACH: _gone, ...whole } = book.territory.whole
    const after: PriceBook = {
      ...book,
      minimumMinor: 2_000,
      territory: { ...book.territory, whole: { ...whole, EU27: 27_000 } },
      duration: { ...book.duration, points: [...book.duration.points.slice(0, 2), [14, 3_700], ...book.duration.points.slice(2)] },
    }
    expect(priceDifference(book, after).sort((a, b) => a.field.localeCompare(b.field))).toEqual([
      { field: 'duration.14', before: null, after: '0.37' },
      { field: 'minimumMinor', before: '15.00', after: '20.00' },
      { field: 'territory.whole.DACH', before: '1.5', after: null },
      { field: 'territory.whole.EU27', before: '2.6', after: '2.7' },
    ])
  })
})
