import { expect, test } from 'vitest'
import { assetStates, type AssetState } from './asset-states.ts'
import { reviewStates } from './review-states.ts'

test('every state but the first is reached, and every state is left', () => {
  const reached = new Set<AssetState>(['DRAFT'])
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const state of [...reached]) for (const verb of assetStates.verbs(state)) reached.add(assetStates.after(state, verb) as AssetState)
  }
  expect([...reached].sort()).toEqual([...assetStates.states].sort())
  for (const state of assetStates.states) expect(assetStates.verbs(state).length).toBeGreaterThan(0)
})

test('nothing is published that was not approved', () => {
  expect(assetStates.whence('publish')).toEqual(['APPROVED', 'SCHEDULED', 'EMBARGOED', 'EXPIRED', 'WITHDRAWN'])
  expect(assetStates.whence('approve')).toEqual(['IN_REVIEW', 'PUBLISHED'])
})

test('a new version takes approval away, but not what the world sees', () => {
  expect(assetStates.after('APPROVED', 'replace')).toBe('DRAFT')
  expect(assetStates.after('IN_REVIEW', 'replace')).toBe('DRAFT')
  expect(assetStates.after('PUBLISHED', 'replace')).toBe('PUBLISHED')
  expect(assetStates.after('ARCHIVED', 'replace')).toBeUndefined()
})

test('a review is decided once', () => {
  expect(reviewStates.whence('approve')).toEqual(['WAITING'])
  for (const state of reviewStates.states) if (state !== 'WAITING') expect(reviewStates.verbs(state)).toEqual([])
})
