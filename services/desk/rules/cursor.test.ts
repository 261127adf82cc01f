import { expect, test } from 'vitest'
import { decodeLine, encodeLine } from './cursor.ts'

const forged = (parts: unknown) => decodeLine(Buffer.from(JSON.stringify(parts)).toString('base64url'))

test('a cursor comes back as it was made, whatever its key holds', () => {
  for (const item of ['contract-ends:BR-14:2026-12-31', 'release-ends:Zoë “x” 日本:2027-01-01', 'a'.repeat(600)])
    expect(decodeLine(encodeLine({ rank: 2, due: 1_795_000_000_000, item }))).toEqual({ rank: 2, due: 1_795_000_000_000, item })
})

test('one that we did not make begins at the beginning: no instant that a database refuses, no NUL', () => {
  for (const parts of [[1, -7e15, 'a'], [1, 7e15, 'a'], [3e9, 0, 'a'], [1, 0, 'a\0'], ['1', 0, 'a'], [1, null, 'a'], [1, 0], {}, null])
    expect(forged(parts)).toBeUndefined()
  for (const text of [null, undefined, '', 'no cursor', 'x'.repeat(3_000)]) expect(decodeLine(text)).toBeUndefined()
})
