import { expect, test } from 'vitest'
import { GuestFileState, GuestLicence, GuestRelease } from '#services/platform/generated/prisma/enums.ts'
import { askables, declarationGaps, guestLicences, guestReleases, type Declaration } from './declarations.ts'

const nothing: Declaration = { source: '', licence: null, licenceWords: '', people: null, property: null }
const all: Declaration = { source: 'Shoot in Kyoto', licence: 'OWN_WORK', licenceWords: '', people: 'RELEASED', property: 'NONE_SHOWN' }

test('the words are those of the database', () => {
  expect([...guestLicences].sort()).toEqual(Object.values(GuestLicence).sort())
  expect([...guestReleases].sort()).toEqual(Object.values(GuestRelease).sort())
  expect(Object.values(GuestFileState)).toHaveLength(3)
})

test('what is not asked need not be said', () => {
  expect(declarationGaps([], nothing)).toEqual([])
  expect(declarationGaps(['source'], nothing)).toEqual(['source'])
  expect(declarationGaps(askables, nothing)).toEqual(['source', 'licence', 'people', 'property'])
  expect(declarationGaps(askables, all)).toEqual([])
})

test('a licence that is no house word needs words of its own, asked for or not', () => {
  for (const licence of ['OTHER', 'AGENCY'] as const) {
    expect(declarationGaps([], { ...all, licence })).toEqual(['licence-words'])
    expect(declarationGaps(askables, { ...all, licence, licenceWords: 'Contract 12/26' })).toEqual([])
  }
})
