import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareWithFile, fillFromFile, metadataFields, type FieldsOnRecord } from './metadata-fields.ts'

const empty: FieldsOnRecord = {
  title: 'IMG 0001',
  description: '',
  altText: '',
  keywords: [],
  creator: '',
  creditLine: '',
  copyrightNotice: '',
  source: '',
  dateCreated: null,
  digitalSourceType: null,
}

test('an empty record takes what the file says', () => {
  const file = { headline: 'Boats', description: 'At dawn', keywords: ['sea'], creator: 'Ada' }
  expect(fillFromFile(empty, file, 'IMG 0001')).toEqual({ title: 'Boats', description: 'At dawn', keywords: ['sea'], creator: 'Ada' })
})

test('a title comes before a headline', () => {
  expect(fillFromFile(empty, { title: 'Harbour', headline: 'Boats' }, 'IMG 0001').title).toBe('Harbour')
})

test("a person's word always wins", () => {
  const words = fc.record({ title: fc.string({ minLength: 1 }), creator: fc.string({ minLength: 1 }), altText: fc.string() })
  fc.assert(
    fc.property(words, words, (ours, theirs) => {
      const fills: Partial<FieldsOnRecord> = fillFromFile({ ...empty, ...ours }, theirs, 'a name nobody wrote')
      for (const field of ['title', 'creator', 'altText'] as const) if (ours[field].trim() !== '') expect(fills[field]).toBeUndefined()
    }),
  )
})

test('a difference is a conflict only where both say something', () => {
  const record = { ...empty, title: 'Harbour', keywords: ['Sea', 'boats'], creator: 'Ada  Meyer', creditLine: 'Northlight' }
  const file = { title: 'Harbor', keywords: ['boats', 'sea'], creator: 'Ada Meyer', source: 'Agency' }
  const beside = compareWithFile(record, file)
  expect(beside.filter(({ conflict }) => conflict).map(({ field }) => field)).toEqual(['title'])
  expect(beside.find(({ field }) => field === 'source')).toMatchObject({ record: '', file: 'Agency', conflict: false })
})

test('every field of the record is mapped once', () => {
  expect(metadataFields.map(({ field }) => field).sort()).toEqual(Object.keys(empty).sort())
})
