import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSheet, sheetFields, sheetWordsOf, type SheetWords } from './sheet-words.ts'

const words = fc.record(
  Object.fromEntries(sheetFields.map((field) => [field, fc.constantFrom('', 'one', 'two', 'three')])) as Record<
    keyof SheetWords,
    fc.Arbitrary<string>
  >,
)

test('what a person left alone is never written, and what two changed differently is never decided', () => {
  fc.assert(
    fc.property(words, words, words, (was, written, now) => {
      const { changed, against } = mergeSheet(was, written, now)
      for (const field of sheetFields) {
        if (written[field] === was[field]) expect(changed).not.toContain(field)
        expect(changed.includes(field) && !against.includes(field)).toBe(written[field] !== now[field] && was[field] === now[field])
        expect(against.includes(field)).toBe(was[field] !== written[field] && was[field] !== now[field] && written[field] !== now[field])
      }
    }),
  )
})

test('line ends and spaces of a form are no change', () => {
  const was = sheetWordsOf({
    title: 'Harbour',
    altText: 'Boats\nat dawn',
    keywords: ['sea', 'dawn'],
    creator: '',
    showsPeople: null,
    showsProperty: false,
  })
  expect(was).toMatchObject({ keywords: 'sea, dawn', showsPeople: 'unknown', showsProperty: 'no' })
  expect(mergeSheet(was, { ...was, altText: 'Boats\r\nat dawn ' }, was).changed).toEqual([])
})
