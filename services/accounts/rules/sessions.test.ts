import { expect, test } from 'vitest'
import { deviceWords, outlived, seenLongAgo } from './sessions.ts'

const at = (text: string) => new Date(text)

test('a session ends at its absolute age, to the day', () => {
  expect(outlived(at('2026-01-01T00:00:00Z'), at('2026-06-29T23:59:59Z'))).toBe(false)
  expect(outlived(at('2026-01-01T00:00:00Z'), at('2026-06-30T00:00:00Z'))).toBe(true)
})

test('last seen is written at most every five minutes', () => {
  expect(seenLongAgo(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:04:59Z'))).toBe(false)
  expect(seenLongAgo(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:05:00Z'))).toBe(true)
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15', 'Safari on macOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile Safari/604.1', 'Chrome on iPhone'],
  ['Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125 Mobile Safari/537.36', 'Samsung Internet on Android'],
  ['curl/8.9', 'Unknown device'],
  [null, 'Unknown device'],
])('%s is told as %s', (agent, words) => {
  expect(deviceWords(agent)).toBe(words)
})
