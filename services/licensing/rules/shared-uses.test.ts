import { expect, test } from 'vitest'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { sharedUses } from './shared-uses.ts'

const by = (count: number, codes: string[], from = 0) =>
  Array.from({ length: count }, (_, n) => ({ holder: `org${from + n}`, media: codes }))

test('nothing is told before five companies did the same', () => {
  expect(sharedUses(by(4, ['social']), media)).toEqual([])
  expect(sharedUses([...by(4, ['social']), ...by(40, ['social']).map((one) => ({ ...one, holder: 'org0' }))], media)).toEqual([])
  expect(sharedUses([...by(4, ['social']), ...by(4, ['billboard'], 4)], media)).toEqual([])
  expect(sharedUses(by(5, ['social']), media)).toEqual([{ code: 'social', atLeast: 5 }])
})
test('counts go in fives, and the most common use comes first', () => {
  expect(sharedUses([...by(9, ['social-organic']), ...by(11, ['billboard', 'street-poster'], 4)], media)).toEqual([
    { code: 'out-of-home', atLeast: 10 },
    { code: 'social', atLeast: 5 },
  ])
})
test('who licensed everything says nothing of a use', () => expect(sharedUses(by(9, ['ALL']), media)).toEqual([]))
