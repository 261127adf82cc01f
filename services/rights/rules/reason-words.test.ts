import { describe, expect, test } from 'vitest'
import { everything, type Box } from './box.ts'
import { restrictionKinds } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { boxInWords, partInWords, reasonInWords, reasonsInWords } from './reason-words.ts'
import type { Cause, Reason } from './reason.ts'
import { boxOf, type ScopeTerms } from './scope.ts'
import { industries, sensitiveIndustries } from './vocabulary/industries.ts'
import { aiMedia, media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

const zone = 'Europe/Berlin'
const terms: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone,
  exclusive: false,
}
const asked = boxOf(terms)
const reason = (cause: Cause, fields: Partial<Reason> = {}): Reason => ({ cause, id: 'row', contract: 'C-7', parts: [asked], ...fields })
const say = (cause: Cause, fields: Partial<Reason> = {}, contracts = false) =>
  reasonInWords(reason(cause, fields), asked, { zone, contracts })

describe('a reason in words', () => {
  test.each<[Cause, Partial<Reason>, string]>([
    ['not-held', {}, 'The house does not hold these rights.'],
    ['not-sub-licensable', {}, 'The house may use this itself, but not pass it on.'],
    ['editorial-only', {}, 'For editorial use only.'],
    ['release-limited', { of: 'MODEL' }, 'Outside what a person consented to.'],
    ['release-limited', { of: 'PROPERTY' }, 'Outside what an owner of property consented to.'],
    ['release-refused', { of: 'MODEL' }, 'A person has not consented.'],
    ['release-refused', { of: 'PROPERTY' }, 'An owner of property has not consented.'],
    ['release-withdrawn', { of: 'MODEL' }, 'A person has withdrawn their consent.'],
    ['release-missing', { of: 'MODEL' }, 'The release of a person shown is missing.'],
    ['release-missing', { of: 'PROPERTY' }, 'The release of the property shown is missing.'],
    ['not-answered', { of: 'MODEL' }, 'Nobody has said yet whether people can be recognised.'],
    ['not-answered', { of: 'PROPERTY' }, 'Nobody has said yet whether property is shown that needs a release.'],
    ['taken', { exclusive: true }, 'Licensed exclusively to somebody else.'],
    ['taken', { exclusive: false }, 'Licensed to others already, so it can no longer be exclusive.'],
    ['taken', { exclusive: true, own: true }, 'Your organisation holds this already.'],
  ])('%s %o', (cause, fields, sentence) => expect(say(cause, fields)).toBe(sentence))

  test('a ban says of which kind it is', () =>
    expect(restrictionKinds.map((of) => say('restriction', { of }))).toEqual([
      'Under embargo.',
      'For editorial use only.',
      'Held back.',
      'Held for legal reasons.',
      'Not for sensitive subjects.',
      'Barred.',
    ]))
  test('a ban of no known kind bars all the same', () => expect(say('restriction')).toBe('Barred.'))

  test('a consent that says nothing of AI or sensitive subjects is told by these alone, and always', () => {
    const drinks = { ...asked, industry: industries.resolve(['alcohol', 'tobacco']), media: media.resolve(['social']) }
    expect(say('release-sensitive', { parts: [drinks] })).toBe('Outside what a person consented to: Alcohol and Tobacco and nicotine.')
    expect(say('release-sensitive', { parts: [{ ...asked, industry: sensitiveIndustries }] })).toBe(
      'Outside what a person consented to: Sensitive industries.',
    )
    expect(say('release-sensitive', { parts: [drinks], minor: true })).toBe(
      'A child is shown, and nobody can consent to this: Alcohol and Tobacco and nicotine.',
    )
    expect(say('release-ai', { parts: [{ ...asked, media: aiMedia }], of: 'PROPERTY' })).toBe(
      'Outside what an owner of property consented to: Artificial intelligence.',
    )
    expect(say('release-ai', { parts: [{ ...drinks, media: media.resolve(['ai-training']) }] })).toBe(
      'Outside what a person consented to: Training of AI models.',
    )
  })

  test('only the house’s own people read the contract', () => {
    expect(say('not-sub-licensable', {}, true)).toBe('The house may use this itself, but not pass it on (C-7).')
    expect(say('not-held', { contract: null }, true)).toBe('The house does not hold these rights.')
  })

  test('says which part it hits, the first three of them', () => {
    const at = (code: string): Box => ({ ...asked, territory: territories.resolve([code]) })
    expect(say('not-held', { parts: [at('JP')] })).toBe('The house does not hold these rights: Japan.')
    expect(say('not-held', { parts: ['JP', 'FR', 'IT', 'ES'].map(at) })).toBe(
      'The house does not hold these rights: Japan · France · Italy.',
    )
    expect(say('not-held', { parts: [asked, at('JP')] })).toBe('The house does not hold these rights: Japan.')
  })
})

describe('a part in words', () => {
  const part = (fields: Partial<Box>) => partInWords({ ...asked, ...fields }, asked, zone)
  test('names only what is smaller than what was asked', () => {
    expect(part({})).toBe('')
    expect(part({ media: media.resolve(['social']), industry: industries.resolve(['food']) })).toBe('Social media; Food')
    expect(part({ territory: LeafSet.all.difference(territories.resolve(['JP'])) })).toBe('Worldwide, except Japan')
    expect(part({ media: media.resolve(['not-ai']) })).toBe('All media but artificial intelligence')
    expect(part({ territory: territories.resolve(['DACH']) })).toBe('Germany, Austria and Switzerland')
  })
  test('counts what would be too long a list', () => {
    const some = territories.resolve(['DE', 'FR', 'IT', 'ES', 'PT', 'SE'])
    expect(part({ territory: some })).toBe('Italy, Portugal, Spain, Sweden, France and Germany')
    expect(part({ territory: some.union(territories.resolve(['JP'])) })).toBe('Japan, Italy, Portugal, Spain, Sweden and 2 more')
  })
  test('gives days of the zone, the last one included', () => {
    const span = (from: string, until: string | null) => ({ period: boxOf({ ...terms, from, until }).period })
    expect(part(span('2027-03-01', '2027-12-31'))).toBe('from 1 March 2027')
    expect(part(span('2027-01-01', '2027-05-31'))).toBe('until 31 May 2027')
    expect(part(span('2027-03-01', '2027-05-31'))).toBe('from 1 March 2027 until 31 May 2027')
    expect(part(span('2026-03-01', null))).toBe('')
    expect(partInWords({ ...asked, ...span('2027-01-01', '2027-05-31') }, { ...asked, period: { ...asked.period, to: null } }, zone)).toBe(
      'until 31 May 2027',
    )
  })
})

describe('a box in words', () => {
  test('says all its axes, industries only where they are not all', () => {
    expect(boxInWords(asked, zone)).toBe('All media · Worldwide · from 1 January 2027 until 31 December 2027')
    expect(boxInWords({ ...everything, industry: industries.resolve(['food']) }, zone)).toBe('All media · Worldwide · Food · without end')
  })
})

test('reasons are said once, and not of a part where they stand in the way of the whole', () => {
  const social = { ...asked, media: media.resolve(['social']) }
  const [whole, part] = [reason('taken'), reason('taken', { parts: [social] })]
  const all = (...reasons: Reason[]) => reasonsInWords(reasons, asked, { zone })
  expect(all(part, whole, whole)).toEqual([say('taken')])
  expect(all(part, part, reason('not-held'))).toEqual([say('taken', { parts: [social] }), say('not-held')])
  expect(all()).toEqual([])
})
