import { Hono } from 'hono'
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ApiError } from './errors.ts'
import { faultSchema, type FaultBox } from './faults.ts'
import { closeDispute, turnRefund } from './money-back.ts'
import { expireSession, pay } from './moves.ts'
import { tick } from './tick.ts'
import type { Webhooks } from './webhooks.ts'
import type { World } from './world.ts'

const modes = z.strictObject({
  drop: z.number().int().min(0).optional(),
  copies: z.number().int().min(1).max(50).optional(),
  reorder: z.boolean().optional(),
  delayMs: z.number().int().min(0).max(60_000).optional(),
  wrongSecret: z.boolean().optional(),
})
const payment = z.strictObject({
  card: z.string().default('4242424242424242'),
  name: z.string().default('Test Buyer'),
  email: z.string().default('buyer@example.com'),
  country: z.string().default('DE'),
})

/** `/_sandbox/*`: the hand of fate for tests. Behind a token; without a token it does not exist. */
export function control(world: World, { token, faults, webhooks }: { token: string | undefined; faults: FaultBox; webhooks: Webhooks }) {
  const app = new Hono()
  app.use('*', async (c, next) => {
    const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (!token || given.length !== token.length || !timingSafeEqual(Buffer.from(given), Buffer.from(token)))
      return c.json({ error: 'The control token is missing or wrong.' }, 401)
    await next()
    world.save()
  })
  app.post('/faults', async (c) => {
    faults.add(faultSchema.parse(await c.req.json()))
    return c.json({ ok: true })
  })
  app.post('/faults/clear', (c) => {
    faults.clear()
    return c.json({ ok: true })
  })
  app.post('/webhooks/mode', async (c) => {
    const wished = modes.parse(await c.req.json())
    webhooks.setModes(Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined)))
    return c.json({ ok: true })
  })
  app.post('/webhooks/flush', async (c) => {
    await webhooks.flush()
    return c.json({ ok: true })
  })
  app.post('/sessions/:id/pay', async (c) => {
    const { card, ...payer } = payment.parse(await c.req.json().catch(() => ({})))
    return c.json(pay(world, c.req.param('id'), card, payer, true))
  })
  app.post('/sessions/:id/expire', (c) => c.json(expireSession(world, c.req.param('id'))))
  app.post('/refunds/:id/:to{succeed|fail}', (c) => {
    turnRefund(world, c.req.param('id'), c.req.param('to') === 'fail' ? 'failed' : 'succeeded')
    return c.json({ ok: true })
  })
  app.post('/disputes/:id/:to{win|lose}', (c) =>
    c.json(closeDispute(world, c.req.param('id'), c.req.param('to') === 'win' ? 'won' : 'lost')),
  )
  app.post('/clock/advance', async (c) => {
    const { seconds } = z
      .strictObject({
        seconds: z
          .number()
          .int()
          .min(1)
          .max(400 * 86_400),
      })
      .parse(await c.req.json())
    world.state.clockOffsetMs += seconds * 1000
    tick(world)
    return c.json({ now: world.clock.now().toISOString() })
  })
  app.post('/clock/set', async (c) => {
    const { at } = z.strictObject({ at: z.iso.datetime() }).parse(await c.req.json())
    world.state.clockOffsetMs += Date.parse(at) - world.clock.now().getTime()
    tick(world)
    return c.json({ now: world.clock.now().toISOString() })
  })
  app.get('/journal', (c) => c.json(world.journal))
  app.get('/deliveries', (c) => c.json(Object.values(world.state.deliveries)))
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400)
    if (error instanceof ApiError) return c.json({ error: error.message }, error.status as 400)
    throw error
  })
  return app
}
