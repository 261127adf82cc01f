import { describe, expect, test } from 'vitest'
import { everything } from '../../rights/rules/box.ts'
import type { AssetRights, ClaimState } from '../../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { heldLicenceNos, placeInLine } from './in-line.ts'

const now = new Date('2026-11-21T09:00:00Z')
const when = { at: now, knownAt: now }
const known = { recordedAt: new Date('2026-01-01'), supersededAt: null }
const wish: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DACH'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}
const claim = (no: bigint, state: ClaimState, exclusive = true, place = 'DE') => ({
  id: String(no),
  licenceNo: no,
  state,
  exclusive,
  box: boxOf({ ...wish, territory: { include: [place] } }),
  ...known,
})
const rights = (...claims: ReturnType<typeof claim>[]): AssetRights => ({
  asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
  acquisitions: [{ id: 'acq', contract: 'C', licensor: 'L', subLicensable: true, exclusive: true, box: everything, ...known }],
  releases: [],
  restrictions: [],
  claims,
  licences: [],
})

describe('a wish', () => {
  test.each([
    ['free', rights()],
    ['free', rights(claim(1n, 'HELD', false))],
    ['free', rights(claim(1n, 'HELD', true, 'FR'))],
    ['held', rights(claim(1n, 'HELD'))],
    ['held', rights(claim(1n, 'PENDING_PAYMENT'))],
    ['taken', rights(claim(1n, 'ACTIVE'))],
    ['taken', rights(claim(1n, 'SUSPENDED'))],
    ['taken', rights(claim(1n, 'HELD'), claim(2n, 'ACTIVE', true, 'AT'))],
    ['own', rights(claim(9n, 'HELD'))],
    ['held', rights(claim(9n, 'HELD'), claim(1n, 'HELD', true, 'AT'))],
    ['taken', { ...rights(claim(1n, 'HELD')), acquisitions: [] }],
  ] as const)('is %s', (place, given) => expect(placeInLine(given, wish, when, new Set([9n]))).toBe(place))

  test('to be alone is held up by plain holds too', () => {
    expect(placeInLine(rights(claim(1n, 'HELD', false)), { ...wish, exclusive: true }, when)).toBe('held')
    expect(placeInLine(rights(claim(1n, 'ACTIVE', false)), { ...wish, exclusive: true }, when)).toBe('taken')
  })

  test('names each hold once', () =>
    expect(heldLicenceNos(rights(claim(1n, 'HELD'), claim(1n, 'HELD'), claim(2n, 'ACTIVE'), claim(3n, 'PENDING_PAYMENT')))).toEqual([
      1n,
      3n,
    ]))
})
