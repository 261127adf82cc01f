import { afterAll, beforeAll, expect, test } from 'vitest'
import { testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { sweepTurns, takeTurn } from './rate-limit.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

const allowance = { turns: 3, seconds: 60 }

test('gives the allowance at once, then one share at a time, and says how long to wait', async () => {
  const ctx = testContext(t.db)
  const take = () => takeTurn(ctx, 'one', allowance)
  expect([await take(), await take(), await take()].map((turn) => turn.ok)).toEqual([true, true, true])
  expect(await take()).toEqual({ ok: false, retryAfterSeconds: 20 })
  ctx.clock.advance(19_000)
  expect(await take()).toEqual({ ok: false, retryAfterSeconds: 1 })
  ctx.clock.advance(1_000)
  expect(await take()).toEqual({ ok: true })
  expect(await take()).toMatchObject({ ok: false })
})

test('a refused turn costs nothing and other keys are their own', async () => {
  const ctx = testContext(t.db)
  for (let turn = 0; turn < 10; turn++) await takeTurn(ctx, 'two', allowance)
  ctx.clock.advance(20_000)
  expect(await takeTurn(ctx, 'two', allowance)).toEqual({ ok: true })
  expect(await takeTurn(ctx, 'three', allowance)).toEqual({ ok: true })
})

test('of twenty turns at once exactly the allowance is given', async () => {
  const ctx = testContext(t.db)
  const turns = await Promise.all(Array.from({ length: 20 }, () => takeTurn(ctx, 'crowd', { turns: 5, seconds: 600 })))
  expect(turns.filter((turn) => turn.ok)).toHaveLength(5)
})

test('a door that a clock gone astray has shut is open again once the clock is right', async () => {
  const ctx = testContext(t.db)
  const month = 31 * 86_400_000
  ctx.clock.advance(month)
  for (let turn = 0; turn < 4; turn++) await takeTurn(ctx, 'astray', allowance)
  ctx.clock.advance(-month)
  for (let turn = 0; turn < 3; turn++) expect(await takeTurn(ctx, 'astray', allowance)).toEqual({ ok: true })
  expect(await takeTurn(ctx, 'astray', allowance)).toEqual({ ok: false, retryAfterSeconds: 20 })
})

test('the sweep forgets only what is whole again', async () => {
  const ctx = testContext(t.db)
  await takeTurn(ctx, 'old', allowance)
  ctx.clock.advance(30_000)
  await takeTurn(ctx, 'young', allowance)
  await sweepTurns(ctx)
  expect(await t.db.rateLimit.findMany({ where: { key: { in: ['old', 'young'] } } })).toMatchObject([{ key: 'young' }])
})
