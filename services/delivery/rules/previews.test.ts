import { expect, test } from 'vitest'
import { previewRule } from './previews.ts'

const inStore = { state: 'PUBLISHED', audience: 'STORE' }

test.each([
  ['everybody', inStore, 'grid', false],
  ['everybody', inStore, 'page', false],
  ['holders', inStore, 'clean-grid', false],
  ['holders', { ...inStore, state: 'WITHDRAWN' }, 'grid', false],
  ['holders', { ...inStore, audience: 'PORTAL' }, 'grid', false],
  ['holders', { ...inStore, audience: 'INTERNAL' }, 'page', false],
  ['staff', { state: 'DRAFT', audience: 'INTERNAL' }, 'clean-grid', true],
  ['nobody', inStore, 'web', false],
  ['nobody', inStore, 'original', true],
] as const)('%s', (rule, asset, preset, staff) => expect(previewRule(asset, preset, staff)).toBe(rule))
