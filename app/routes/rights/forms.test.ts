import { describe, expect, test } from 'vitest'
import { parseFields } from '#app/http/form.server.ts'
import { acquisitionForm, releaseForm, restrictionForm } from '#services/rights/schema.ts'

const scope = [
  ['terms.media', 'advertising'],
  ['terms.territory.include', 'EU27'],
  ['terms.territory.include', 'CH'],
  ['terms.from', '2027-01-01'],
  ['terms.zone', 'Europe/Berlin'],
] as const
const sent = (...pairs: (readonly [string, string])[]) => new URLSearchParams(pairs.map(([name, value]) => [name, value]))

describe('the forms of the rights desk', () => {
  test('what is left out stands for all industries, no end, not exclusive', () => {
    const form = parseFields(sent(['contract', 'A-17'], ['licensor', 'Studio'], ...scope), acquisitionForm)
    expect(form.status === 'success' && form.value).toEqual({
      contract: 'A-17',
      licensor: 'Studio',
      subLicensable: false,
      terms: {
        media: ['advertising'],
        territory: { include: ['EU27', 'CH'] },
        industry: 'ALL',
        from: '2027-01-01',
        until: null,
        zone: 'Europe/Berlin',
        exclusive: false,
      },
    })
  })

  test('ticks, exceptions and a last day are read', () => {
    const form = parseFields(
      sent(
        ['contract', 'A'],
        ['licensor', 'S'],
        ['subLicensable', 'on'],
        ['replaces', 'acq_1'],
        ['terms.exclusive', 'on'],
        ['terms.until', '2027-12-31'],
        ['terms.territory.except', 'FR'],
        ['terms.industry', 'alcohol'],
        ...scope,
      ),
      acquisitionForm,
    )
    expect(form.status === 'success' && form.value).toMatchObject({
      subLicensable: true,
      replaces: 'acq_1',
      terms: { exclusive: true, until: '2027-12-31', industry: ['alcohol'], territory: { except: ['FR'] } },
    })
  })

  test('what is missing or unknown is said beside its field', () => {
    const form = parseFields(
      sent(['kind', 'EMBARGO'], ['reason', ''], ['terms.zone', 'UTC'], ['terms.from', ''], ['terms.territory.include', 'XX']),
      restrictionForm,
    )
    expect(form.status === 'error' && form.reply().error).toMatchObject({
      'terms.media': ['Choose at least one medium.'],
      'terms.territory.include': ['There is no territory “XX”.'],
      'terms.from': ['Give a day as year-month-day, e.g. 2026-12-31.'],
      reason: ['Fill in this field.'],
    })
  })

  const release = [
    ['kind', 'MODEL'],
    ['status', 'LIMITED'],
    ['reference', 'MR-1'],
  ] as const
  test('a consent says what it covers beyond the ordinary', () => {
    const form = parseFields(sent(...release, ['aiUses', 'on'], ['sensitive', 'alcohol'], ['sensitive', 'dating'], ...scope), releaseForm)
    expect(form.status === 'success' && form.value).toMatchObject({ aiUses: true, sensitive: ['alcohol', 'dating'] })
    const plain = parseFields(sent(...release, ...scope), releaseForm)
    expect(plain.status === 'success' && plain.value).toMatchObject({ kind: 'MODEL', reference: 'MR-1' })
  })
  test('a child needs a guardian and is never shown for sensitive subjects', () => {
    const errors = (...pairs: (readonly [string, string])[]) => {
      const form = parseFields(sent(...release, ...scope, ...pairs), releaseForm)
      return form.status === 'error' ? form.reply().error : null
    }
    expect(errors(['minor', 'on'])).toEqual({ guardian: ['Name the guardian who signed for the child.'] })
    expect(errors(['minor', 'on'], ['guardian', 'I. Holm'], ['sensitive', 'alcohol'])).toEqual({
      sensitive: ['Nobody can consent to sensitive subjects for a child. Untick them.'],
    })
    expect(errors(['minor', 'on'], ['guardian', 'I. Holm'])).toBeNull()
    expect(errors(['sensitive', 'fashion'])).toEqual({ sensitive: ['Name sensitive industries only: the others are in the scope.'] })
  })
})
