import type { RouteConfigEntry } from '@remix-run/route-config'
import { describe, expect, test } from 'vitest'
import routes from '../routes.ts'
import { isDesk, isTwinned, languageInPath, localHref, twinsOf } from './addresses.ts'

test.each([
  ['/', '/de'],
  ['/?a=1', '/de?a=1'],
  ['/search?q=sea#more', '/de/search?q=sea#more'],
  ['/assets/ast_1', '/de/assets/ast_1'],
  ['/de/assets/ast_1', '/de/assets/ast_1'],
  ['/collections', '/de/collections'],
  ['/collections/north', '/de/collections/north'],
  ['/terms/t_1', '/de/terms/t_1'],
  // these have one address, and remember the reader instead
  ['/collections/north/feed.xml', '/collections/north/feed.xml'],
  ['/portal', '/portal'],
  ['/cart', '/cart'],
  ['/previews/ast_1/page', '/previews/ast_1/page'],
  ['//evil.example/search', '//evil.example/search'],
  ['https://other.example/search', 'https://other.example/search'],
  ['#here', '#here'],
])('%s is %s in German', (href, german) => {
  expect(localHref('de', href)).toBe(german)
  if (href.startsWith('/') && german.startsWith('/de')) expect(localHref('en', german)).toBe(localHref('en', href))
})

test('the language of an address is its first part, and nothing that merely begins like it', () => {
  expect(languageInPath('/de')).toEqual({ language: 'de', path: '/' })
  expect(languageInPath('/de/search')).toEqual({ language: 'de', path: '/search' })
  expect(languageInPath('/design')).toEqual({ language: 'en', path: '/design' })
  expect(languageInPath('/en/search')).toEqual({ language: 'en', path: '/en/search' })
})

test('only public pages have twins', () => {
  expect(twinsOf('/de/licensing')).toEqual({ en: '/licensing', de: '/de/licensing' })
  expect(twinsOf('/sign-in')).toBeNull()
  expect(isDesk('/library/upload')).toBe(true)
  expect(isDesk('/libraryish')).toBe(false)
})

describe('the addresses of routes.ts', async () => {
  const listed = (await routes).map((entry: RouteConfigEntry) => ({
    path: `/${entry.path ?? ''}`.replace(/\/$/, '') || '/',
    file: entry.file,
  }))
  const german = listed.filter(({ path }) => path === '/de' || path.startsWith('/de/'))
  const shown = (path: string) => path.replace(/:\w+/g, 'one')

  test('every page that has a twin by its shape has one in the table, of the same module', () => {
    for (const { path, file } of listed.filter(
      (entry) => !german.includes(entry) && /\.tsx$/.test(entry.file) && isTwinned(shown(entry.path)),
    ))
      expect(german).toContainEqual({ path: localHref('de', shown(path)).replace('one', /:\w+/.exec(path)?.[0] ?? ''), file })
  })

  test('and no other page has', () => {
    for (const { path } of german) expect(isTwinned(languageInPath(shown(path)).path), path).toBe(true)
  })
})

test('two strokes are no page: what is led to begins with one', () => {
  expect(isTwinned('//')).toBe(false)
  expect(localHref('en', '/de//')).toBe('/de//')
  expect(isTwinned('/search/')).toBe(true)
})
