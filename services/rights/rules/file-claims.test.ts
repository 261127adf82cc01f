import { expect, test } from 'vitest'
import { ccName, claimsIn } from './file-claims.ts'

const one = (values: Parameters<typeof claimsIn>[0]) => claimsIn(values, {})[0]

test('a file that says nothing about rights gives nothing', () => {
  expect(
    claimsIn(
      {
        title: 'Harbour',
        copyrightNotice: '© Ada',
        marked: true,
        copyrightStatus: 'CS-PRO',
        dataMining: 'DMI-UNSPECIFIED',
        instructions: 'Crop to the left',
      },
      {},
    ),
  ).toEqual([])
})

test('licensor, terms and days fill the form of a contract', () => {
  const claim = one({
    licensors: [{ name: 'Agency North', url: 'https://north.example' }],
    usageTerms: { 'x-default': 'Web only', de: 'Nur Netz' },
    licenceId: 'N-77',
    licenceStart: '2026-01-01',
    licenceEnd: '2026-12-31T00:00:00Z',
  })
  expect(claim).toMatchObject({
    kind: 'CONTRACT',
    summary: 'Agency North: Web only',
    prefill: { contract: 'N-77', licensor: 'Agency North', from: '2026-01-01', until: '2026-12-31' },
  })
  expect(claim?.statements.map(({ field }) => field)).toEqual(['usageTerms', 'licensors', 'licenceId', 'licenceStart', 'licenceEnd'])
})

test('Creative Commons is known by its address', () => {
  expect(ccName('https://creativecommons.org/licenses/by-sa/4.0/')).toBe('CC BY-SA 4.0')
  expect(ccName('http://creativecommons.org/publicdomain/zero/1.0/')).toBe('CC0 1.0')
  expect(ccName('https://example.com/licenses/by/4.0')).toBeUndefined()
  expect(one({ ccLicence: 'https://creativecommons.org/licenses/by/4.0/', copyrightOwners: [{ name: 'Ada' }] })?.summary).toBe(
    'CC BY 4.0, of Ada',
  )
})

test('a release that a file claims is proposed with its numbers, a minor as one', () => {
  expect(
    claimsIn(
      { modelReleaseStatus: 'MR-UMR', modelReleaseIds: ['MR-1', 'MR-2'], minorAge: 'AG-A16', propertyReleaseStatus: 'PR-LPR' },
      { modelReleaseStatus: 'XMP' },
    ),
  ).toMatchObject([
    { kind: 'MODEL_RELEASE', prefill: { kind: 'MODEL', status: 'UNLIMITED', reference: 'MR-1, MR-2', minor: 'on' } },
    { kind: 'PROPERTY_RELEASE', prefill: { kind: 'PROPERTY', status: 'LIMITED' } },
  ])
})

test('editorial marks, embargoes and AI reservations are proposed as bans', () => {
  expect(one({ instructions: 'EDITORIAL USE ONLY' })).toMatchObject({ kind: 'BAN', prefill: { kind: 'EDITORIAL_ONLY' } })
  expect(one({ instructions: 'Embargo until 1 May' })).toMatchObject({ prefill: { kind: 'EMBARGO' } })
  expect(one({ dataMining: 'DMI-PROHIBITED-AIMLTRAINING' })).toMatchObject({
    prefill: { kind: 'OTHER', reason: 'Data mining: Not for training AI' },
  })
})
