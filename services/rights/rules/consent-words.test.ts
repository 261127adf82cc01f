import { expect, test } from 'vitest'
import { everything } from './box.ts'
import { consentInWords } from './consent-words.ts'
import type { Release } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { industries } from './vocabulary/industries.ts'

const release: Release = {
  id: 'rel',
  kind: 'MODEL',
  status: 'UNLIMITED',
  reference: 'MR-1',
  box: everything,
  minor: false,
  guardian: null,
  aiUses: false,
  sensitive: LeafSet.none,
  recordedAt: new Date(0),
  supersededAt: null,
}
const say = (fields: Partial<Release> = {}) => consentInWords({ ...release, ...fields })

test('a consent says what it covers beyond the ordinary, and what it does not', () => {
  expect(say()).toEqual(['Not with AI', 'Nothing sensitive'])
  expect(say({ status: 'LIMITED', aiUses: true, sensitive: industries.resolve(['alcohol', 'dating']) })).toEqual([
    'With AI',
    'Also for Alcohol, Dating services',
  ])
  expect(say({ minor: true, guardian: 'I. Holm', sensitive: industries.resolve(['alcohol']) })).toEqual([
    'Of a child, signed by I. Holm',
    'Not with AI',
    'Nothing sensitive',
  ])
  expect(say({ minor: true })).toEqual(['Of a child', 'Not with AI', 'Nothing sensitive'])
})
test('what is no consent covers nothing that could be named', () => {
  for (const status of ['NONE', 'NOT_APPLICABLE', 'WITHDRAWN'] as const) expect(say({ status })).toEqual([])
})
