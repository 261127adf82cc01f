import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './page.ts'

const cursor = (text: string) => decodeCursor(Buffer.from(text).toString('base64url'))

test('a cursor says where a page ended; one that we did not make starts the list at its beginning', () => {
  const at = new Date('2026-11-21T09:00:00.123Z')
  expect(decodeCursor(encodeCursor(at, 'ast_01'))).toEqual({ at, id: 'ast_01' })
  // A year of five digits is an instant to us and none to the database.
  for (const wrong of ['999999999999999:x', '1:', ':x', '-1:x', '1:X y', 'x']) expect(cursor(wrong)).toBeUndefined()
  expect(decodeCursor(null)).toBeUndefined()
})
