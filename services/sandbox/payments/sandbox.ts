import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type http from 'node:http'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { systemClock } from '#services/platform/clock.ts'
import { api } from './api.ts'
import { control } from './control.ts'
import { faultBox } from './faults.ts'
import { tick } from './tick.ts'
import { hostedPages } from './pages/hosted.ts'
import { startWebhooks, type Webhooks } from './webhooks.ts'
import { emptyState, type State, type World } from './world.ts'

export interface PaymentSandboxOptions {
  /** Zero: any free port. */
  port: number
  /** Where the state is kept, so that a restart forgets no money. */
  dir: string
  secretKey: string
  webhookUrl: string
  webhookSecret: string
  /** Opens `/_sandbox/*`; without it there is no control interface. */
  controlToken?: string
  /** The name on the payment page. */
  merchant?: string
}
export interface PaymentSandbox {
  url: string
  close(): Promise<void>
}

const longestJournal = 5000

function loadState(file: string): State {
  return existsSync(file) ? { ...emptyState(), ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<State>) } : emptyState()
}

/** A payment provider on this machine that speaks Stripe's API, for demonstrations and tests. Not Stripe, and never in production. */
export async function startPaymentSandbox(options: PaymentSandboxOptions): Promise<PaymentSandbox> {
  if (process.env.NODE_ENV === 'production') throw new Error('the payment sandbox does not start in production')
  if (!options.secretKey.startsWith('sk_test_')) throw new Error('the payment sandbox takes a test key (sk_test_…) only')
  mkdirSync(options.dir, { recursive: true })
  const file = path.join(options.dir, 'sandbox.json')
  const state = loadState(file)
  const clock = { now: () => new Date(systemClock.now().getTime() + state.clockOffsetMs) }
  let url = ''
  const world: World = {
    state,
    clock,
    journal: [],
    url: () => url,
    note(line) {
      world.journal.push({ at: clock.now().toISOString(), ...line })
      if (world.journal.length > longestJournal) world.journal.splice(0, 1000)
    },
    announce: (event) => webhooks.announce(event),
    save() {
      // Written beside and renamed: a power cut leaves the old state or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
  const webhooks: Webhooks = startWebhooks(world, { url: options.webhookUrl, secret: options.webhookSecret })
  const faults = faultBox()
  const app = new Hono()
  app.use('*', async (c, next) => {
    await next()
    c.header('x-sandbox', 'NOT STRIPE - payment sandbox')
    c.header('cache-control', 'no-store')
  })
  app.use('*', async (_, next) => {
    if (tick(world)) world.save()
    await next()
  })
  app.route('/v1', api(world, { secretKey: options.secretKey, faults }) as unknown as Hono)
  app.route('/_sandbox', control(world, { token: options.controlToken, faults, webhooks }))
  app.route('/', hostedPages(world, options.merchant ?? 'Northlight Studio'))

  const server = await new Promise<http.Server>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, port: options.port, hostname: '127.0.0.1' }, ({ port }) => {
      url = `http://127.0.0.1:${port}`
      resolve(started)
    }) as http.Server
    started.once('error', reject)
  })
  const timer = setInterval(() => {
    if (tick(world)) world.save()
  }, 1000)
  return {
    url,
    async close() {
      clearInterval(timer)
      server.closeAllConnections()
      await Promise.all([webhooks.close(), new Promise((resolve) => server.close(resolve))])
      world.save()
    },
  }
}
