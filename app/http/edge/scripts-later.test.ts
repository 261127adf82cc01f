import { expect, test } from 'vitest'
import { scriptsLater } from './scripts-later.server.ts'

const page =
  '<html><head><link rel="modulepreload" href="/a.js"/></head><body><p>Words</p><script nonce="n" type="module" async="">import "/a.js"; "</x>"</script></body></html>'

test('module scripts start later, with the same code and nonce', () => {
  const later = scriptsLater(page).join('')
  expect(later).toContain('<link rel="later" href="/a.js"/>')
  expect(later).toContain('<script nonce="n" async="">')
  expect(later).not.toContain('type="module" async')
  expect(later).toContain(JSON.stringify('import "/a.js"; "</x>"').replaceAll('<', '\\u003c'))
  expect(later).toContain('<p>Words</p>')
})

test('a piece without the scripts stays as it is, preloads and all', () => {
  const piece = '<link rel="modulepreload" href="/a.js"/><p>Words'
  expect(scriptsLater(piece)).toEqual([piece])
})
