import { describe, expect, test } from 'vitest'
import { collisionInWords, inOneMessage, type Collision } from './collision-words.ts'
import { boxOf, type ScopeTerms } from './scope.ts'

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DE', 'AT'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}
const asked = boxOf(terms)
const part = {
  media: ['billboard'],
  territory: ['DE'],
  industry: ['ALL'],
  from: '2026-12-31T23:00:00.000Z',
  to: '2027-06-30T22:00:00.000Z',
}
const taken: Collision = { cause: 'taken', claimId: '7', licenceNo: '12', exclusive: true, part }
const words = (...args: Parameters<typeof collisionInWords>): string => {
  const { name, rest } = collisionInWords(...args)
  return `${name ?? ''}${rest}`
}

describe('what a sale runs into, in words', () => {
  test('names the licence, its holder and the part of the sale that it takes', () => {
    const ours = { name: 'CM-2026-1', holder: 'Kontor GmbH', elsewhere: false, over: false }
    expect(words(taken, asked, terms.zone, ours)).toBe('Licence CM-2026-1 of Kontor GmbH, exclusive: Germany; until 30 June 2027.')
    expect(words({ ...taken, exclusive: false, twin: true }, asked, terms.zone, { ...ours, holder: null, over: true })).toBe(
      'Licence CM-2026-1, not exclusive, on a near-identical picture: Germany; until 30 June 2027. It has ended since.',
    )
  })

  test('says that another shop sold it, and when it takes all of the sale', () => {
    const theirs = { name: 'Pictura PX-1', holder: 'Verlag', elsewhere: true, over: false }
    const whole = { ...part, territory: ['DE', 'AT'], to: '2027-12-31T23:00:00.000Z' }
    expect(words({ ...taken, part: whole }, asked, terms.zone, theirs)).toBe(
      'Pictura PX-1 of Verlag, sold by another shop, exclusive: all of it.',
    )
    expect(words(taken, asked, terms.zone, undefined)).toBe('A licence, exclusive: Germany; until 30 June 2027.')
  })

  test('says what is not held, and where', () => {
    expect(words({ cause: 'not-held', part }, asked, terms.zone, undefined)).toBe(
      'The house does not hold these rights: Germany; until 30 June 2027.',
    )
    expect(words({ cause: 'not-sub-licensable', part }, asked, terms.zone, undefined)).toMatch(/^The house may use this itself/)
  })

  test('fits in one message, however much there is', () => {
    expect(inOneMessage([])).toBe('')
    expect(inOneMessage(['One.', 'Two.'])).toBe('One. Two.')
    expect(inOneMessage(['One.', 'Two.', 'Three.'], 10)).toBe('One. Two. And 1 more.')
    const long = inOneMessage(Array.from({ length: 30 }, () => 'x'.repeat(500)))
    expect(long.length).toBeLessThan(400)
    expect(long).toMatch(/… And 29 more\.$/)
  })
})
