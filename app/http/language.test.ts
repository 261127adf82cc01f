import { describe, expect, test } from 'vitest'
import { accepted, asking, negotiate, rememberLanguage, type LanguageAsking } from './language.server.ts'

const ask = (pathname: string, more: Partial<LanguageAsking> = {}): LanguageAsking => ({
  method: 'GET',
  pathname,
  search: '',
  cookie: null,
  choice: null,
  accept: null,
  robot: false,
  ...more,
})

describe('of a public page the address says the language', () => {
  test.each<[string, LanguageAsking, ReturnType<typeof negotiate>]>([
    ['a first visit in English is remembered', ask('/search'), { language: 'en', remember: 'en' }],
    ['a first visit in German is remembered', ask('/de/search'), { language: 'de', remember: 'de' }],
    ['who reads what they read last is told nothing', ask('/de/search', { cookie: 'de' }), { language: 'de' }],
    ['the German address wins over an English cookie', ask('/de', { cookie: 'en' }), { language: 'de', remember: 'de' }],
    ['and over an English account', ask('/de', { choice: 'en', accept: 'en' }), { language: 'de', remember: 'de' }],
    [
      'a German reader is led to the twin, with the question',
      ask('/search', { cookie: 'de', search: '?q=sea' }),
      { language: 'de', leadTo: '/de/search?q=sea' },
    ],
    ['so is a German account', ask('/assets/a', { choice: 'de' }), { language: 'de', leadTo: '/de/assets/a' }],
    ['the cookie is newer than the account', ask('/assets/a', { cookie: 'en', choice: 'de' }), { language: 'en' }],
    ['a German browser alone is led at the start only', ask('/', { accept: 'de-AT,de;q=0.9,en;q=0.8' }), { language: 'de', leadTo: '/de' }],
    ['elsewhere it came by a link, and reads that', ask('/assets/a', { accept: 'de' }), { language: 'en', remember: 'en' }],
    ['who has read English before stays at the start', ask('/', { accept: 'de', cookie: 'en' }), { language: 'en' }],
    ['a form is answered where it was sent', ask('/assets/a', { method: 'POST', cookie: 'de' }), { language: 'en' }],
    ['robots are never led', ask('/', { accept: 'de', robot: true }), { language: 'en' }],
    ['nor given anything to remember', ask('/de', { robot: true }), { language: 'de' }],
  ])('%s', (_, asked, outcome) => expect(negotiate(asked)).toEqual(outcome))

  test('nobody is led in a circle', () => {
    for (const cookie of ['en', 'de', null] as const)
      for (const choice of ['en', 'de', null] as const)
        for (const path of ['/', '/search', '/assets/a', '/collections/b', '/terms/t']) {
          const { leadTo } = negotiate(ask(path, { cookie, choice, accept: 'de' }))
          if (leadTo) expect(negotiate(ask(leadTo, { cookie, choice, accept: 'de' })).leadTo).toBeUndefined()
        }
  })
})

describe('everywhere else the reader decides', () => {
  test.each<[string, Partial<LanguageAsking>, string]>([
    ['the cookie first', { cookie: 'de', choice: 'en', accept: 'en' }, 'de'],
    ['then the account', { choice: 'de', accept: 'en' }, 'de'],
    ['then the browser', { accept: 'fr, de;q=0.5' }, 'de'],
    ['then English', { accept: 'fr' }, 'en'],
  ])('%s', (_, more, language) => expect(negotiate(ask('/portal', more))).toEqual({ language }))

  test('but the desks are written in English', () => {
    expect(negotiate(ask('/library', { cookie: 'de', choice: 'de', accept: 'de' }))).toEqual({ language: 'en' })
  })
})

test.each([
  ['de', 'de'],
  ['de-CH', 'de'],
  ['en;q=0.5, de;q=0.9', 'de'],
  ['de;q=0, en', 'en'],
  ['fr-FR, nl', null],
  ['*', null],
  ['', null],
  [null, null],
])('Accept-Language %s prefers %s', (header, language) => expect(accepted(header)).toBe(language))

test('the request for a page’s data asks for the page', () => {
  const of = (path: string) => asking(new Request(`https://h.test${path}`, { headers: { cookie: 'a=1; language=de' } }), null)
  expect(of('/_root.data?_routes=root')).toMatchObject({ pathname: '/', search: '', cookie: 'de' })
  expect(of('/search.data?q=a')).toMatchObject({ pathname: '/search', search: '?q=a' })
  expect(of('/de.data')).toMatchObject({ pathname: '/de' })
})

test('a cookie with another language than ours says nothing', () => {
  expect(asking(new Request('https://h.test/', { headers: { cookie: 'language=fr' } }), { language: 'de' })).toMatchObject({
    cookie: null,
    choice: 'de',
  })
  expect(rememberLanguage('de', 'https://h.test')).toContain('Secure')
  expect(rememberLanguage('de', 'http://127.0.0.1')).not.toContain('Secure')
})
