import { describe, expect, test } from 'vitest'
import type { Person } from '../../kernel/actor.ts'
import { entitlement, kitStanding, maySeeFiles, type LicenceHeld, type LicensedRendition } from './entitlement.ts'

const now = new Date('2026-11-21T09:00:00Z')
const [before, after] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-12-01T00:00:00Z')]
const person: Person = {
  kind: 'person',
  houseId: 'h',
  userId: 'u',
  memberId: 'm',
  sessionId: 's',
  orgId: 'o',
  orgKind: 'CUSTOMER',
  orgName: 'O',
  roles: ['CUSTOMER'],
  name: 'P',
  email: 'p@o.test',
}
const licence = (fields: Partial<LicenceHeld> = {}): LicenceHeld => ({
  id: 'l',
  holderOrgId: 'o',
  model: 'ROYALTY_FREE_STANDARD',
  state: 'ACTIVE',
  endedBy: null,
  startsAt: before,
  endsAt: after,
  ...fields,
})
const reason = (fields: Partial<LicenceHeld>, rendition: LicensedRendition = 'original') => {
  const answer = entitlement(person, [licence(fields)], rendition, now)
  return answer.allowed ? 'allowed' : answer.reason
}

describe('clean bytes', () => {
  test('a cap on pixels caps nothing where there is but one size', () => {
    const terms = { limits: { pixels: 2048 } }
    expect(reason({ terms, onlyOneSize: true })).toBe('allowed')
    expect(reason({ terms })).toBe('rendition-not-included')
  })
  test('a licence in force gives them', () =>
    expect(entitlement(person, [licence()], 'original', now)).toEqual({ allowed: true, licenceId: 'l' }))

  test('a licence for screens gives the screen size, and not the file in full', () => {
    const terms = { limits: { pixels: 2048 } }
    expect([reason({ terms }), reason({ terms }, 'web'), reason({ terms: { limits: { printRun: 500 } } })]).toEqual([
      'rendition-not-included',
      'allowed',
      'allowed',
    ])
  })

  test.each([
    ['no-right', { holderOrgId: 'another' }],
    ['not-yet', { startsAt: after, endsAt: null }],
    ['ended', { endsAt: now }],
    ['ended', { state: 'ENDED', endedBy: 'EXPIRED' }],
    ['ended', { state: 'SUSPENDED', endsAt: before }],
    ['suspended', { state: 'SUSPENDED' }],
    ['revoked', { state: 'ENDED', endedBy: 'REVOKED' }],
    ['revoked', { state: 'ENDED', endedBy: 'REFUNDED' }],
    ['revoked', { state: 'ENDED', endedBy: 'SUPERSEDED' }],
    ['not-issued', { state: 'ENDED', endedBy: 'RELEASED' }],
    ['not-issued', { state: 'RESERVED' }],
    ['not-issued', { state: 'AWAITING_PAYMENT' }],
    ['not-issued', { state: 'CONFLICT' }],
    ['rendition-not-included', { model: 'COMP' }],
  ] as const)('%s', (expected, fields) => expect(reason(fields)).toBe(expected))

  test('a term ends at its instant: the millisecond before still gives them', () => {
    const ending = licence({ endsAt: now })
    expect(entitlement(person, [ending], 'original', new Date(now.getTime() - 1)).allowed).toBe(true)
    expect(entitlement(person, [ending], 'original', now).allowed).toBe(false)
  })

  test('a comp gives its marked file and nothing clean; only a comp does', () => {
    expect(reason({ model: 'COMP' }, 'comp')).toBe('allowed')
    expect(reason({ model: 'COMP' }, 'web')).toBe('rendition-not-included')
    expect(reason({}, 'comp')).toBe('rendition-not-included')
  })

  test('one in force is enough; else the refusal that helps most is given, with its date', () => {
    expect(entitlement(person, [licence({ id: 'old', endsAt: before }), licence({ id: 'new' })], 'original', now)).toEqual({
      allowed: true,
      licenceId: 'new',
    })
    const held = [licence({ id: 'old', endsAt: now }), licence({ id: 'next', startsAt: after, endsAt: null })]
    expect(entitlement(person, held, 'original', now)).toEqual({ allowed: false, reason: 'not-yet', licenceId: 'next', at: after })
  })

  test('a guest has none', () => expect(entitlement({ kind: 'guest', houseId: 'h' }, [licence()], 'original', now).allowed).toBe(false))
})

describe('a kit', () => {
  const grant = { orgId: 'o', startsAt: before, endsAt: null, revokedAt: null }
  test.each([
    ['open', [grant]],
    ['open', [{ ...grant, endsAt: now }, grant]],
    ['not-yet', [{ ...grant, startsAt: after }]],
    ['kit-ended', [{ ...grant, endsAt: now }]],
    ['kit-revoked', [{ ...grant, revokedAt: before }]],
    ['kit-not-granted', [{ ...grant, orgId: 'another' }]],
    ['kit-not-granted', []],
  ] as const)('%s', (standing, grants) => expect(kitStanding(grants, 'o', now)).toBe(standing))
})

test('staff who work with files see them; finance, auditors and partners do not', () => {
  const staff = (roles: Person['roles']): Person => ({ ...person, orgKind: 'OWNER', roles })
  for (const role of ['ADMINISTRATOR', 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER'] as const) expect(maySeeFiles(staff([role]))).toBe(true)
  for (const role of ['FINANCE', 'AUDITOR', 'CONTRIBUTOR'] as const) expect(maySeeFiles(staff([role]))).toBe(false)
  expect(maySeeFiles({ ...person, roles: ['LIBRARIAN'] })).toBe(false)
})
