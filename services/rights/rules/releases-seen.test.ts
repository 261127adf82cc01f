import { expect, test } from 'vitest'
import { everything } from './box.ts'
import type { Release, ReleaseStatus } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { releasesOf } from './releases-seen.ts'

const release = (status: ReleaseStatus, supersededAt: Date | null = null): Release => ({
  id: 'rel',
  kind: 'MODEL',
  status,
  reference: 'MR',
  box: everything,
  minor: false,
  guardian: null,
  aiUses: false,
  sensitive: LeafSet.none,
  recordedAt: new Date(0),
  supersededAt,
})
const seen = (showsPeople: boolean | null, releases: Release[] = []) =>
  releasesOf({ asset: { id: 'ast', no: 1n, showsPeople, showsProperty: false, editorialOnly: false }, releases }).MODEL

test('consents are told in one word, without whose they are', () => {
  expect(seen(null)).toBe('unsaid')
  expect(seen(false)).toBe('not-needed')
  expect(seen(true)).toBe('none')
  expect(seen(true, [release('UNLIMITED')])).toBe('full')
  expect(seen(true, [release('UNLIMITED'), release('LIMITED')])).toBe('limited')
  expect(seen(true, [release('UNLIMITED'), release('WITHDRAWN')])).toBe('none')
  expect(seen(true, [release('NONE', new Date(1)), release('UNLIMITED')])).toBe('full')
  expect(seen(true, [release('NOT_APPLICABLE')])).toBe('not-needed')
})
