import type { ServerBuild } from '@remix-run/node'
import { expect, test } from 'vitest'
import { narrowed } from './narrowed.server.ts'

const route = (id: string, path?: string, parentId = 'root') =>
  [id, { id, ...(path !== undefined && { path }), parentId, module: {} }] as const
const table = Object.fromEntries([
  ['root', { id: 'root', path: '', module: {} }],
  route('home'),
  route('search', 'search'),
  route('suggest', 'search/suggest'),
  route('asset', 'assets/:assetId'),
  route('frame'),
  route('framed', 'assets/framed', 'frame'),
  route('kit', 'portal/kits', 'portal'),
  route('portal', 'portal'),
  route('any', ':slug/any'),
])
const build = { routes: table, assets: { routes: table } } as unknown as ServerBuild
const kept = (first: string) => Object.keys(narrowed(build, first).routes).sort()

test('keeps what an address may lead to: its beginning, the front page, frames without a path and beginnings left open', () => {
  expect(kept('search')).toEqual(['any', 'frame', 'home', 'root', 'search', 'suggest'])
  expect(kept('assets')).toEqual(['any', 'asset', 'frame', 'framed', 'home', 'root'])
  expect(kept('portal')).toEqual(['any', 'frame', 'home', 'kit', 'portal', 'root'])
  expect(kept('')).toEqual(['any', 'frame', 'home', 'root'])
})

test('tells the browser of the same routes', () => {
  expect(Object.keys(narrowed(build, 'assets').assets.routes).sort()).toEqual(kept('assets'))
})
