import { expect, test } from 'vitest'
import { withSenderWords, type SenderSaid } from './sender-claims.ts'

const said: SenderSaid = {
  sender: 'Ada Meyer',
  link: 'Kyoto shoot',
  source: 'Shoot of 3 November',
  licence: 'Own work',
  licenceWords: '',
  people: 'RELEASED',
  property: null,
  papers: 1,
}
const inFile = {
  kind: 'CONTRACT' as const,
  summary: 'All rights reserved',
  statements: [{ field: 'usageTerms', label: 'Terms', words: 'All rights reserved', from: 'XMP' }],
  prefill: { licensor: 'Ada' },
}

test('nobody from outside, nothing added', () => expect(withSenderWords([inFile], null)).toEqual([inFile]))

test('the sender’s words stand beside the file’s, in one question a kind', () => {
  const [contract, release, ...more] = withSenderWords([inFile], said)
  expect(contract).toMatchObject({ kind: 'CONTRACT', summary: 'All rights reserved', prefill: { licensor: 'Ada' } })
  expect(contract?.statements.map(({ words }) => words)).toEqual([
    'All rights reserved',
    'Own work',
    'Shoot of 3 November',
    '1 paper attached, under “From outside”',
  ])
  expect(release).toMatchObject({ kind: 'MODEL_RELEASE', summary: 'The sender says: people: released', prefill: {} })
  expect(more).toEqual([])
})

test('a file that says nothing is asked about by the sender’s words alone; who was asked nothing asks nothing', () => {
  expect(withSenderWords([], said).map(({ kind }) => kind)).toEqual(['CONTRACT', 'MODEL_RELEASE'])
  expect(withSenderWords([], { ...said, source: '', licence: '', people: null, papers: 0 })).toEqual([])
})
