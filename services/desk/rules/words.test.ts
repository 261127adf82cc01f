import { describe, expect, test } from 'vitest'
import { workKinds } from './kinds.ts'
import { wayOut, type Solvable } from './way-out.ts'
import { detailOf, leftOf, titleOf } from './words.ts'

const line = { reference: 'A-17', party: 'Studio Brandt', holder: 'Kontor GmbH', pictures: 400, licences: 12 }
const at = (kind: (typeof workKinds)[number], fields: Partial<Solvable> = {}): Solvable => ({
  kind,
  item: `${kind}:A-17:2026-12-31`,
  reference: 'A-17',
  pictures: 1,
  licences: 0,
  sourceId: 'row_1',
  contractId: null,
  asset: { id: 'ast_1' },
  ...fields,
})

describe('a line in words', () => {
  test('says what, how many, and what hangs on it', () => {
    expect(`${titleOf({ ...line, kind: 'contract-ends' })}: ${detailOf({ ...line, kind: 'contract-ends' })}`).toBe(
      'Contract A-17 ends: Studio Brandt · 400 pictures · 12 live licences beyond it',
    )
    expect(titleOf({ ...line, kind: 'licence-ends', licences: 1, reference: 'CM-1' })).toBe('Licence CM-1 of Kontor GmbH ends')
    expect(titleOf({ ...line, kind: 'licence-ends' })).toBe('12 licences of Kontor GmbH end')
    expect(detailOf({ ...line, kind: 'embargo-lifts', pictures: 1 })).toBe('1 picture opens')
    for (const kind of workKinds)
      expect(`${titleOf({ ...line, kind })} ${detailOf({ ...line, kind })}`).not.toMatch(/undefined|null|MODEL|PROPERTY/)
  })

  test.each([
    [0, true, 'today'],
    [1, true, 'tomorrow'],
    [19, true, 'in 19 days'],
    [-1, true, 'ended yesterday'],
    [-9, true, 'ended 9 days ago'],
    [0, false, 'since today'],
    [-1, false, 'since yesterday'],
    [-9, false, 'for 9 days'],
  ])('%i days, ending %s: %s', (days, ending, words) => expect(leftOf(days, ending)).toBe(words))
})

describe('the way out', () => {
  test('of each kind is one address', () => {
    for (const kind of workKinds) expect(wayOut(at(kind)).to).toMatch(/^\/rights\//)
  })

  test('leads those who only look on to no form', () => {
    for (const kind of workKinds) expect(wayOut(at(kind), false).to).not.toMatch(/changes\/new|\/(acquisitions|releases)/)
    expect(wayOut(at('contract-ends'), false).to).toBe('/rights/assets/ast_1')
    expect(wayOut(at('outside-contract', { sourceId: null, licences: 8, contractId: 'ctr_1' }), false).to).toBe('/rights/contracts/ctr_1')
  })

  test('settles another shop’s sale on the rights page of its picture, and shows it there to those who only look on', () => {
    expect(wayOut(at('import-collides'))).toEqual({ to: '/rights/assets/ast_1#imported-sales', label: 'Settle' })
    expect(wayOut(at('import-collides'), false)).toEqual({ to: '/rights/assets/ast_1#imported-sales', label: 'Open rights' })
  })

  test('renews the row where there is one, and opens the contract or the list where there are many', () => {
    expect(wayOut(at('contract-ends')).to).toBe('/rights/assets/ast_1/acquisitions?replaces=row_1')
    expect(wayOut(at('contract-ends', { pictures: 400, contractId: 'ctr_1' })).to).toBe('/rights/contracts/ctr_1')
    expect(wayOut(at('release-ends', { pictures: 2 })).to).toBe('/rights/worklist/line?item=release-ends%3AA-17%3A2026-12-31')
    expect(wayOut(at('meets-ban', { sourceId: 'lic_1', licences: 1 })).to).toBe('/rights/licences/lic_1')
    expect(wayOut(at('outside-contract', { sourceId: null, licences: 8 })).to).toBe('/rights/changes/new?contract=A-17')
    expect(wayOut(at('consent-withdrawn', { sourceId: null, licences: 8, reference: 'MR & Co' })).to).toBe(
      '/rights/changes/new?release=MR+%26+Co',
    )
  })
})
