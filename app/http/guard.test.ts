import { describe, expect, test } from 'vitest'
import { assertOwnOrigin, forRouter, safePath } from './guard.server.ts'

const origin = 'https://brand.example'
const post = (headers: Record<string, string>, method = 'POST') =>
  new Request(`${origin}/account`, { method, headers: { host: 'brand.example', ...headers } })

describe('a change must come from our own pages', () => {
  test.each([{ 'sec-fetch-site': 'same-origin' }, { origin }, { 'sec-fetch-site': 'same-origin', origin: 'null' }])('%o may', (headers) => {
    expect(() => assertOwnOrigin(post(headers), origin)).not.toThrow()
  })

  test.each([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin },
    { origin: 'https://evil.example' },
    { origin: 'https://brand.example.evil.example' },
    { origin: 'null' },
    { origin: 'nonsense' },
    { referer: `${origin}/account` },
  ])('%o may not', (headers) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect(() => assertOwnOrigin(post(headers as Record<string, string>, method), origin)).toThrow(/wanted to change/)
  })

  test('reading is free, from wherever a link leads here', () => {
    expect(() => assertOwnOrigin(post({ 'sec-fetch-site': 'cross-site' }, 'GET'), origin)).not.toThrow()
  })

  test('behind a name that the settings do not know, the asked host counts', () => {
    const request = new Request('http://localhost:3000/x', {
      method: 'POST',
      headers: { host: 'localhost:3000', origin: 'http://localhost:3000' },
    })
    expect(() => assertOwnOrigin(request, 'http://127.0.0.1:3000')).not.toThrow()
  })
})

describe('what the router sees of an origin', () => {
  test('one that it would not stumble over', () => {
    for (const request of [post({ origin }), post({}), post({ origin: 'null' }, 'GET')]) expect(forRouter(request)).toBe(request)
    const proxied = post({ host: 'inside:3000', 'x-forwarded-host': 'brand.example, inside', origin })
    expect(forRouter(proxied)).toBe(proxied)
  })

  test.each(['null', 'https://evil.example', 'nonsense', 'https://brand.example:8443'])(
    '%s is kept from it, and decided by us',
    (strange) => {
      const alone = forRouter(post({ origin: strange }))
      expect(alone.headers.get('origin')).toBeNull()
      expect(() => assertOwnOrigin(alone, origin)).toThrow(/wanted to change/)
      // A form without script on a page without referrer: the browser itself says whose it is.
      expect(() => assertOwnOrigin(forRouter(post({ origin: strange, 'sec-fetch-site': 'same-origin' })), origin)).not.toThrow()
      expect(() => assertOwnOrigin(forRouter(post({ origin: strange, 'sec-fetch-site': 'cross-site' })), origin)).toThrow()
    },
  )

  test('keeps the body and the way to break it off', async () => {
    const over = new AbortController()
    const sent = new Request(`${origin}/account`, {
      method: 'POST',
      headers: { host: 'brand.example', origin: 'null' },
      body: 'a=b',
      signal: over.signal,
    })
    const seen = forRouter(sent)
    expect(await seen.text()).toBe('a=b')
    over.abort()
    expect(seen.signal.aborted).toBe(true)
  })
})

describe('where to go afterwards', () => {
  test.each(['/library', '/search?q=a%20b#top', '/join/abc'])('%s is ours', (path) => {
    expect(safePath(path, '/else')).toBe(path)
  })

  test.each([
    null,
    undefined,
    '',
    'library',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/a/%2e%2e//evil.example',
    '/./\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    `/${'x'.repeat(2001)}`,
  ])('%s is not', (path) => {
    expect(safePath(path, '/else')).toBe('/else')
  })

  test('what climbs out of the path comes back normal', () => {
    expect(safePath('/a/../../b', '/else')).toBe('/b')
  })
})
