import { expect, test } from 'vitest'
import { addDeliveryForm, askBriefForm } from './schema.ts'

const wish = { title: 'A portrait', outcome: 'Three of them.' }
const id = `ast_${'0'.repeat(26)}`

test('an address that is none is said of its field, whichever line it stands in', () => {
  const said = (links: string) => askBriefForm.safeParse({ ...wish, links }).error?.issues.map(({ path, message }) => [path, message])
  const sentence = 'Write whole addresses that begin with https://, one a line.'
  expect(said('https://example.org/mood\nsee the drive\nhttps://example.org/two')).toEqual([[['links'], sentence]])
  for (const wrong of ['javascript:alert(1)', 'ftp://example.org/', `https://example.org/${'x'.repeat(500)}`])
    expect(said(wrong)).toEqual([[['links'], sentence]])
  expect(askBriefForm.parse({ ...wish, links: ' https://example.org/mood \n\nhttp://example.org' }).links).toEqual([
    'https://example.org/mood',
    'http://example.org',
  ])
})

test('a picture that cannot be read from its line is not passed over', () => {
  const read = (references: string) => askBriefForm.parse({ ...wish, references }).references
  expect(read(`https://brand.example/library/assets/${id}?tab=1\n${id}`)).toEqual([id])
  expect(read(`${id}\nthe harbour one, number 1042\n`)).toEqual([id, 'the harbour one, number 1042'])
  expect(addDeliveryForm.parse({ assets: '1042' }).assets).toEqual(['1042'])
})
