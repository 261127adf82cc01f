import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionedIn, mostMentions, partsOf, plainWords, readMentions, typedAgain } from './mentions.ts'

const people = [
  { userId: 'usr_ann', name: 'Ann' },
  { userId: 'usr_annmarie', name: 'Ann Marie' },
  { userId: 'usr_lukasz', name: 'Łukasz Żak' },
  { userId: 'usr_lee1', name: 'Lee Park' },
  { userId: 'usr_lee2', name: 'Lee Park' },
]
const nameOf = (id: string) => people.find(({ userId }) => userId === id)?.name
const read = (typed: string, chosen: string[] = []) => readMentions(typed, people, chosen)

describe('reading names', () => {
  test('the longest one wins, however it is written', () => {
    expect(read('@Ann Marie and @ann, see').body).toBe('@[usr_annmarie] and @[usr_ann], see')
    expect(read('(@łukasz żak)').mentioned).toEqual(['usr_lukasz'])
  })
  test('a part of a word, an address of mail and a stranger are words', () => {
    for (const typed of ['@Anna', 'ann@Ann.example', '@Bob', '@', '@@', 'a@ Ann'])
      expect(read(typed)).toEqual({ body: typed, mentioned: [] })
  })
  test('of two with one name it is the chosen one', () => {
    expect(read('@Lee Park', ['usr_lee2']).mentioned).toEqual(['usr_lee2'])
    expect(read('@Lee Park').mentioned).toEqual(['usr_lee1'])
  })
  test('an id by hand is taken for people of the house only', () => {
    expect(read('@[usr_ann] @[usr_stranger]')).toEqual({ body: '@[usr_ann] @[usr_stranger]', mentioned: ['usr_ann'] })
  })
  test('after the twentieth, names are words', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ userId: `usr_n${i}`, name: `Name${String(i).padStart(2, '0')}` }))
    const { mentioned, body } = readMentions(many.map(({ name }) => `@${name}`).join(' '), many)
    expect(mentioned).toHaveLength(mostMentions)
    expect(body).toContain('@Name29')
  })
  test('what is typed again reads the same, and nothing is lost', () => {
    const bit = fc.oneof(
      fc.constantFrom('@', '@Ann', '@Ann Marie', '@[usr_ann]', ' ', 'x', '.', '\n', '@Łukasz Żak!'),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), (bits) => {
        const { body, mentioned } = read(bits.join(''))
        expect(new Set(mentionedIn(body).filter((id) => nameOf(id)))).toEqual(new Set(mentioned))
        expect(read(typedAgain(body, people)).body).toBe(body)
      }),
    )
  })
})

test('an id stays where its name would be somebody else, or nobody', () => {
  expect(typedAgain('@[usr_ann] Marie, @[usr_ann]', people)).toBe('@[usr_ann] Marie, @[usr_ann]')
  expect(typedAgain('@[usr_lee2] and @[usr_annmarie]', people)).toBe('@[usr_lee2] and @Ann Marie')
  expect(typedAgain('@[usr_gone]', people)).toBe('@[usr_gone]')
  expect(plainWords('@[usr_ann], look', nameOf)).toBe('@Ann, look')
})

describe('showing words', () => {
  test('parts together are the text: nothing is markup and nothing is lost', () => {
    const bit = fc.oneof(
      fc.constantFrom('https://a.example/x', '<b>', '@[usr_ann]', '@[usr_gone]', ' ', ').', 'javascript:alert(1)'),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), (bits) => {
        const body = bits.join('')
        const back = partsOf(body, nameOf).map((part) => (part.kind === 'mention' ? `@[${part.userId}]` : part.text))
        expect(back.join('')).toBe(body)
      }),
    )
  })
  test('links are addresses of the web, without the marks behind them', () => {
    const links = (body: string) => partsOf(body, nameOf).flatMap((part) => (part.kind === 'link' ? [part.href] : []))
    expect(links('See https://a.example/b, (https://c.example/d) and https://e.example/f_(g).')).toEqual([
      'https://a.example/b',
      'https://c.example/d',
      'https://e.example/f_(g)',
    ])
    expect(links('javascript:alert(1) data:text/html,x ftp://a.example //b.example http://')).toEqual([])
  })
  test('who was never of the house has no name here', () => {
    expect(partsOf('@[usr_gone]', nameOf)).toEqual([{ kind: 'text', text: '@[usr_gone]' }])
  })
})
