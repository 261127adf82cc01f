import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aBarePicture, aDesk, underContract } from '#services/testing/desk.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { letterDay, tellOfTheWeek } from './desk-letters.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

test('the letter is due on Mondays from seven o’clock in the house’s zone, on days of a clock change too', () => {
  const berlin = (iso: string) => letterDay(new Date(iso), 'Europe/Berlin')
  expect(berlin('2026-11-23T05:59:59Z')).toBeNull()
  expect(berlin('2026-11-23T06:00:00Z')).toBe('2026-11-23')
  expect(berlin('2026-11-23T22:59:59Z')).toBe('2026-11-23')
  expect(berlin('2026-11-23T23:00:00Z')).toBeNull()
  expect(berlin('2026-11-22T12:00:00Z')).toBeNull()
  // Asuncion put its clocks forward on a Sunday's midnight; Cairo's change on Fridays touches no Monday.
  expect(letterDay(new Date('2026-11-23T09:59:59Z'), 'America/Asuncion')).toBeNull()
  expect(letterDay(new Date('2026-11-23T10:00:00Z'), 'America/Asuncion')).toBe('2026-11-23')
})

test('each rights manager gets one a Monday, with the numbers and the first lines; nobody else does, and an empty list writes nothing', async () => {
  const { ctx, manager, colleague, house } = await aDesk(t.db)
  const system = asActor(ctx, { kind: 'system', houseId: house.id, name: 'test' })
  ctx.clock.set('2026-11-23T06:30:00Z')
  expect(await tellOfTheWeek(system)).toEqual({ asked: 0 })
  await underContract(ctx, (await aBarePicture(ctx)).id, 'A-17', '2026-12-03')
  expect(await tellOfTheWeek(system)).toEqual({ asked: 2 })
  await followFacts(system)
  expect(ctx.mail.sent.map(({ to }) => to).sort()).toEqual([manager.email, colleague.email].sort())
  expect(ctx.mail.sent[0]).toMatchObject({ subject: 'This week: 1 line on the worklist' })
  expect(ctx.mail.sent[0]?.text).toContain('Contract A-17 ends')
  ctx.clock.set('2026-11-23T07:30:00Z')
  expect(await tellOfTheWeek(system)).toEqual({ asked: 0 })
  ctx.clock.set('2026-11-30T06:30:00Z')
  expect(await tellOfTheWeek(system)).toEqual({ asked: 2 })
})
