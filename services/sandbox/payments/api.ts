import { setTimeout as sleep } from 'node:timers/promises'
import { timingSafeEqual } from 'node:crypto'
import { Hono, type Context } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import qs from 'qs'
import type { ZodType } from 'zod'
import { ApiError, invalid } from './errors.ts'
import type { FaultBox } from './faults.ts'
import { idempotency } from './idempotency.ts'
import { endpoints, type Endpoint } from './endpoints.ts'
import { newStripeId, type World } from './world.ts'

type C = Context<{ Bindings: HttpBindings }>
const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Stripe's nested form encoding, `line_items[0][price_data][currency]=eur`, as the SDK writes it. */
export const decodeForm = (text: string): Record<string, unknown> =>
  qs.parse(text, { depth: 20, arrayLimit: 1000, parameterLimit: 5000 }) as Record<string, unknown>

function checked<T>(schema: ZodType<T>, given: Record<string, unknown>): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = (issue?.path ?? []).map(String)
  const named = (parts: string[]) => parts.map((part, index) => (index ? `[${part}]` : part)).join('')
  if (issue?.code === 'unrecognized_keys') {
    const param = named([...path, issue.keys[0] ?? ''])
    throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
  }
  const missing =
    issue?.code === 'invalid_type' &&
    path.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], given) === undefined
  if (missing) throw invalid(`Missing required param: ${named(path)}.`, { code: 'parameter_missing', param: named(path) })
  throw invalid(`Invalid ${named(path)}: ${issue?.message ?? 'not accepted'}`, { code: 'parameter_invalid', param: named(path) })
}

const headersOf = (extra: Record<string, string> = {}): Record<string, string> => ({
  'content-type': 'application/json',
  'request-id': newStripeId('req'),
  'stripe-version': '2026-10-28.endive',
  ...extra,
})
const errorBody = (error: ApiError): string => JSON.stringify({ error: error.error }, null, 2)

/** The API under /v1: key, version, faults, idempotency, parameters, then one move. What is not in `endpoints` is 501: loud, never guessed. */
export function api(world: World, { secretKey, faults }: { secretKey: string; faults: FaultBox }) {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const keys = idempotency(world)

  const cut = async (c: C): Promise<Response> => {
    c.env.incoming.socket.destroy()
    await sleep(5)
    return c.body(null, 499 as 500)
  }

  async function answer(c: C, endpoint: Endpoint): Promise<Response> {
    const { method, path } = c.req
    const raw = method === 'GET' ? new URL(c.req.url).search.slice(1) : await c.req.text()
    const name = `${method} ${path}`
    world.note({ kind: 'request', what: name, detail: decodeForm(raw) })
    const fault = faults.take(name)
    if (fault) world.note({ kind: 'fault', what: `${fault} on ${name}` })
    if (fault === 'reset') return cut(c)
    if (fault === 'timeout') {
      await sleep(60_000, undefined, { signal: c.req.raw.signal }).catch(() => undefined)
      return cut(c)
    }
    const outcome = await keys.once(method === 'POST' ? c.req.header('idempotency-key') : undefined, `${name}\n${raw}`, async () => {
      const parameters = checked(endpoint.request, decodeForm(raw))
      // From here on the request is being carried out: what is answered now stays with its key, a 500 too. A 503 came before that.
      if (fault === '500' || fault === '503') {
        const error = new ApiError(Number(fault), {
          type: 'api_error',
          message: 'Sorry! There was an error while talking to one of our backends (a fault of this sandbox).',
        })
        return { status: error.status, body: errorBody(error), keep: fault === '500' }
      }
      try {
        const body = endpoint.run(world, parameters, c.req.param('id') ?? '')
        return { status: 200, body: JSON.stringify(body, null, 2), keep: true }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return { status: error.status, body: errorBody(error), keep: true }
      }
    })
    if (method === 'POST') world.save()
    if (fault === 'lost-response') return cut(c)
    return c.body(outcome.body, outcome.status as 200, headersOf(outcome.replayed ? { 'idempotent-replayed': 'true' } : {}))
  }

  app.use('*', async (c, next) => {
    const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (!same(given, secretKey))
      throw new ApiError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided. (This is the payment sandbox.)' })
    const version = c.req.header('stripe-version')
    if (version && version !== '2026-10-28.endive') throw invalid(`This sandbox speaks 2026-10-28.endive, not ${version}.`)
    await next()
  })
  for (const endpoint of endpoints) app.on(endpoint.method, endpoint.path, (c) => answer(c, endpoint))
  app.all('*', (c) => {
    throw new ApiError(501, { type: 'api_error', message: `The payment sandbox has no ${c.req.method} ${c.req.path}.` })
  })
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.body(errorBody(error), error.status as 400, headersOf())
    throw error
  })
  return app
}
