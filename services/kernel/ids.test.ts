import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId, newNumber, newSecret } from './ids.ts'
import { machine } from './machine.ts'
import { decodeCursor, encodeCursor, pageOf } from './page.ts'

test('ids sort by the time they were made', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 1, max: 2 ** 40 }), (time, later) => {
      expect(newId('ast', new Date(time)) < newId('ast', new Date(Math.min(time + later, 8.64e15)))).toBe(true)
    }),
  )
})

test('ten thousand ids of one instant are ten thousand ids', () => {
  const at = new Date(0)
  expect(new Set(Array.from({ length: 10_000 }, () => newId('lic', at))).size).toBe(10_000)
})

test('numbers for people and secrets for links have their forms', () => {
  expect(newNumber('CM', new Date('2026-11-21'))).toMatch(/^CM-2026-[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(newSecret()).toMatch(/^[0-9a-hjkmnp-tv-z]{32}$/)
})

test('a state machine is its table: after, whence, verbs', () => {
  const door = machine<'OPEN' | 'SHUT' | 'LOCKED'>()({ OPEN: { shut: 'SHUT' }, SHUT: { open: 'OPEN', lock: 'LOCKED' }, LOCKED: { unlock: 'SHUT' } })
  expect([door.after('OPEN', 'shut'), door.after('OPEN', 'lock'), door.whence('open'), door.verbs('SHUT')]).toEqual(['SHUT', undefined, ['SHUT'], ['open', 'lock']])
})

test('a cursor comes back as it went; one that we did not make is none', () => {
  const at = new Date('2026-11-21T09:00:00.123Z')
  expect(decodeCursor(encodeCursor(at, 'ord_01'))).toEqual({ at, id: 'ord_01' })
  for (const forged of ['', 'x', Buffer.from('1:a; drop table').toString('base64url'), '🦊']) expect(decodeCursor(forged)).toBeUndefined()
})

test('the last page has no next', () => {
  expect(pageOf([1, 2, 3], 2, String)).toEqual({ items: [1, 2], next: '2' })
  expect(pageOf([1, 2], 2, String)).toEqual({ items: [1, 2], next: null })
})
