import { expect, test } from 'vitest'
import { publishable, submittable, type PublishingFacts } from './publishable.ts'

const whole: PublishingFacts = {
  title: 'Harbour at dawn',
  altText: 'Boats in a harbour',
  creator: 'Ada Meyer',
  creditLine: '',
  audience: 'STORE',
  sellsRoyaltyFree: true,
  sellsRightsManaged: false,
  editorialOnly: false,
  showsPeople: false,
  showsProperty: true,
  version: { processing: 'READY', approved: true },
  acquisitions: 1,
}

test('nothing is missing from a whole asset', () => {
  expect(publishable(whole)).toEqual([])
})

test.each<[string, Partial<PublishingFacts>, RegExp]>([
  ['a title', { title: ' ' }, /title/],
  ['alternative text', { altText: '' }, /alternative text/],
  ['a creator or a credit line', { creator: '' }, /creator/],
  ['a readable file', { version: { processing: 'REJECTED', approved: true } }, /could not be read/],
  ['its previews', { version: { processing: 'WAITING', approved: true } }, /previews/],
  ['a file', { version: null }, /Upload a file/],
  ['an approval', { version: { processing: 'READY', approved: false } }, /approved/],
  ['rights held', { acquisitions: 0 }, /rights that we hold/],
  ['an answer about people', { showsPeople: null }, /people/],
  ['a way to license it', { sellsRoyaltyFree: false }, /how it is sold/],
])('asks for %s', (_what, lack, reason) => {
  expect(publishable({ ...whole, ...lack }).join(' ')).toMatch(reason)
})

test('a credit line does for a creator', () => {
  expect(publishable({ ...whole, creator: '', creditLine: 'Northlight' })).toEqual([])
})

test('what is not sold needs no price and no bought rights', () => {
  const shared = { ...whole, audience: 'PORTAL', acquisitions: 0, sellsRoyaltyFree: false } as const
  expect(publishable(shared)).toEqual([])
})

test('a review may begin before rights are recorded', () => {
  expect(submittable({ ...whole, acquisitions: 0, version: { processing: 'READY', approved: false } })).toEqual([])
  expect(submittable({ ...whole, altText: '' })).toHaveLength(1)
})
