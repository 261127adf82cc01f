import { describe, expect, test } from 'vitest'
import { defaultPriceBook } from '../../licensing/defaults/price-book.ts'
import { everything } from '../../rights/rules/box.ts'
import type { AssetRights } from '../../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { answerTo } from './answer.ts'
import { clearanceStates, isUnderWay } from './clearance-states.ts'
import { pricesOf } from './price.ts'

const at = new Date('2026-11-21T09:00:00Z')
const known = { recordedAt: new Date('2026-01-01T00:00:00Z'), supersededAt: null }
const terms: ScopeTerms = {
  media: ['web-banner'],
  territory: { include: ['DE', 'AT'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}
const nothing: AssetRights = {
  asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
  acquisitions: [],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
}
const held: AssetRights = {
  ...nothing,
  acquisitions: [{ id: 'acq', contract: 'BR-7', licensor: 'Brandt', box: everything, subLicensable: true, exclusive: true, ...known }],
}
const claim = (no: bigint, scope: Partial<ScopeTerms>) => ({
  id: `c${no}`,
  licenceNo: no,
  box: boxOf({ ...terms, ...scope }),
  exclusive: true,
  state: 'ACTIVE' as const,
  ...known,
})
const outsider = { by: 'holder' as const, contracts: false }
const insider = { by: 'house' as const, contracts: true }

describe('an answer', () => {
  test('names contracts to the house only', () => {
    const barred: AssetRights = {
      ...held,
      restrictions: [{ id: 'r', kind: 'EMBARGO', reason: 'Kontor deal', reference: 'K-17', box: everything, ...known }],
    }
    const words = (asker: typeof outsider | typeof insider) => answerTo(barred, terms, asker, at).reasons.map((reason) => reason.words)
    expect(words(outsider)).toEqual(['Under embargo.'])
    expect(words(insider)[0]).toContain('K-17')
  })

  test('offers what is left in terms that can be asked again, in words that say only what differs', () => {
    const rights = { ...held, claims: [claim(1n, { territory: { include: ['AT'] } })] }
    const { light, kind, nearest } = answerTo(rights, terms, outsider, at)
    expect([light, kind]).toEqual(['AMBER', 'partly'])
    expect(nearest.map(({ axis }) => axis)).toEqual(['territory'])
    expect(nearest[0]?.words).toMatch(/^Germany(?! and Austria$)/)
    for (const instead of nearest) expect(answerTo(rights, instead.terms, outsider, at).light).toBe('AMBER')
  })

  test('says by number which licences cover the use', () => {
    const licence = { id: 'l', no: 5n, number: 'CM-5', box: everything, exclusive: true, limits: {}, ...known }
    expect(answerTo({ ...held, licences: [licence] }, terms, outsider, at)).toMatchObject({
      light: 'GREEN',
      kind: 'licensed',
      licences: ['CM-5'],
      reasons: [],
      nearest: [],
    })
  })

  test('speaks of the organisation for which the house asks', () => {
    const own = {
      id: 'l',
      no: 5n,
      number: 'CM-5',
      box: boxOf({ ...terms, territory: { include: ['DE'] } }),
      exclusive: true,
      limits: {},
      ...known,
    }
    const rights = { ...held, claims: [claim(5n, { territory: { include: ['DE'] } })], licences: [own] }
    const answer = answerTo(rights, terms, { by: 'holder', contracts: true, onBehalfOf: 'Kaffeewerk' }, at)
    expect(answer.kind).toBe('partly-licensed')
    expect(answer.reasons[0]?.words).toContain('Kaffeewerk holds this already')
  })
})

describe('the price of a use', () => {
  const priceOf = pricesOf(defaultPriceBook, '2026-11-21', 'Europe/Berlin')
  const asset = { sellsRoyaltyFree: true, sellsRightsManaged: true, priceFactorBp: 10_000 }
  test('is that of the cheapest licence that covers it', () => {
    expect(priceOf(asset, terms)?.model).toBe('ROYALTY_FREE_STANDARD')
    expect(priceOf({ ...asset, sellsRoyaltyFree: false }, terms)?.model).toBe('RIGHTS_MANAGED')
  })
  test('is none where nothing that covers it is sold', () => {
    expect(priceOf({ ...asset, sellsRightsManaged: false }, { ...terms, exclusive: true })).toBeNull()
    expect(priceOf({ ...asset, sellsRightsManaged: false }, { ...terms, from: '2020-01-01' })).toBeNull()
    expect(priceOf({ ...asset, sellsRightsManaged: false, sellsRoyaltyFree: false }, terms)).toBeNull()
  })
})

test('a list ends in one of three ways, and stays there', () => {
  expect(clearanceStates.states.filter((state) => !isUnderWay(state))).toEqual(['DONE', 'FAILED', 'CANCELLED'])
  expect(clearanceStates.whence('finish')).toEqual(['RUNNING'])
  expect(clearanceStates.whence('cancel')).toEqual(['WAITING', 'RUNNING'])
})
