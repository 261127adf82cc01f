import { expect, test } from 'vitest'
import { newSecret } from '../../kernel/ids.ts'
import { keyState, looksLikeKey, prefixOf, usedLongAgo } from './access-keys.ts'

const at = new Date('2026-11-21T09:00:00Z')
const later = (ms: number) => new Date(at.getTime() + ms)

test('a key is told from other text without a look into the database', () => {
  for (let n = 0; n < 200; n++) expect(looksLikeKey(`cmk_${newSecret()}`)).toBe(true)
  for (const text of [
    '',
    'cmk_',
    `cmk_${'0'.repeat(31)}`,
    `cmk_${'0'.repeat(33)}`,
    `sk_${'0'.repeat(32)}`,
    `cmk_${'u'.repeat(32)}`,
    `cmk_${'0'.repeat(32)}\n`,
  ])
    expect(looksLikeKey(text), text).toBe(false)
})

test('what is shown of a key leaves 120 bits unknown', () => {
  const secret = `cmk_${newSecret()}`
  expect(secret.startsWith(prefixOf(secret))).toBe(true)
  expect(secret.length - prefixOf(secret).length).toBe(24)
})

test('a key ends at its instant, and a revoked one is revoked whatever its end', () => {
  expect(keyState({ expiresAt: null, revokedAt: null }, at)).toBe('live')
  expect(keyState({ expiresAt: later(1), revokedAt: null }, at)).toBe('live')
  expect(keyState({ expiresAt: at, revokedAt: null }, at)).toBe('expired')
  expect(keyState({ expiresAt: later(1), revokedAt: at }, at)).toBe('revoked')
  expect(keyState({ expiresAt: at, revokedAt: at }, at)).toBe('revoked')
})

test('the last use is written at most once a minute', () => {
  expect(usedLongAgo(null, at)).toBe(true)
  expect(usedLongAgo(at, later(59_999))).toBe(false)
  expect(usedLongAgo(at, later(60_000))).toBe(true)
})
