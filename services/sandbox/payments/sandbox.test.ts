import { mkdtempSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stripePayments } from '#services/platform/payments/stripe.ts'
import { paymentsContract } from '#services/testing/contracts/payments.ts'
import { startPaymentSandbox, type PaymentSandbox } from './sandbox.ts'

const secretKey = 'sk_test_sandbox_of_the_tests'
const webhookSecret = 'whsec_of_the_tests_and_nobody_else'
const controlToken = 'token-of-the-tests'
const dir = mkdtempSync(path.join(tmpdir(), 'clearmark-pay-'))

interface Arrived {
  raw: string
  signature: string
  event: { id: string; type: string; data: { object: { id: string } } }
}
const arrived: Arrived[] = []
let answerWith = 200
const shop = http.createServer((request, response) => {
  const chunks: Buffer[] = []
  request
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      arrived.push({ raw, signature: String(request.headers['stripe-signature']), event: JSON.parse(raw) as Arrived['event'] })
      response.writeHead(answerWith).end()
    })
})

let sandbox: PaymentSandbox
let webhookUrl = ''
const settings = () => ({ port: 0, dir, secretKey, webhookSecret, controlToken, webhookUrl })
const adapter = (more: { webhookSecrets?: string[]; timeoutMs?: number } = {}) =>
  stripePayments({
    secretKey,
    webhookSecrets: ['whsec_an_older_secret_still_known', webhookSecret],
    production: false,
    sandboxUrl: sandbox.url,
    ...more,
  })
const fate = async (route: string, body: object = {}): Promise<unknown> => {
  const response = await fetch(`${sandbox.url}/_sandbox${route}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${controlToken}` },
  })
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}
const until = async <T>(look: () => T | undefined): Promise<T> => {
  for (let n = 0; n < 200; n++) {
    const seen = look()
    if (seen) return seen
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it never came')
}
const pay = async (sessionId: string, card = '4242424242424242') => void (await fate(`/sessions/${sessionId}/pay`, { card }))
const checkout = (attemptId: string) => ({
  attemptId,
  orderId: `order-${attemptId}`,
  lines: [{ orderLineId: 'l', title: 'Harbour', description: 'web', net: { minor: 10_000n, currency: 'EUR' as const } }],
  customerEmail: 'buyer@example.com',
  customerId: null,
  cardOnly: true,
  expiresAt: new Date(Date.now() + 3_600_000),
  successUrl: 'https://shop.test/back?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://shop.test/cart',
})

beforeAll(async () => {
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  webhookUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hooks/stripe`
  sandbox = await startPaymentSandbox(settings())
})
afterAll(async () => {
  await sandbox.close()
  shop.closeAllConnections()
  shop.close()
})

paymentsContract('the Stripe adapter over HTTP', () => ({
  payments: adapter(),
  now: () => new Date(),
  async pay(sessionId) {
    await fate('/webhooks/mode', { drop: 100 })
    await pay(sessionId)
    await fate('/webhooks/mode', {})
  },
  async arrive(type, sessionId) {
    const events = await new Stripe(secretKey, { host: '127.0.0.1', port: new URL(sandbox.url).port, protocol: 'http' }).events.list({
      type,
      limit: 50,
    })
    const event = events.data.find(({ data }) => (data.object as { id?: string }).id === sessionId)
    const raw = JSON.stringify(event)
    return { raw, signature: Stripe.webhooks.generateTestHeaderString({ payload: raw, secret: webhookSecret }) }
  },
}))

describe('the network', () => {
  test('a lost answer and a broken connection make one session', async () => {
    const before = (await listSessions()).length
    await fate('/faults', { match: 'POST /v1/checkout/sessions', kind: 'lost-response' })
    await fate('/faults', { match: 'POST /v1/checkout/sessions', kind: 'reset' })
    const { sessionId } = await adapter().openCheckout(checkout('lost-answer'))
    expect(sessionId).toMatch(/^cs_test_/)
    expect((await listSessions()).length).toBe(before + 1)
  })

  test('a server that is busy is asked again; one that is silent is given up on', async () => {
    await fate('/faults', { match: 'POST /v1/checkout/sessions', kind: '503', times: 2 })
    expect((await adapter().openCheckout(checkout('busy'))).sessionId).toMatch(/^cs_test_/)
    await fate('/faults', { match: 'GET /v1/checkout/sessions', kind: 'timeout', times: 3 })
    await expect(adapter({ timeoutMs: 150 }).fetchCheckout('cs_test_any')).rejects.toThrow(/Request aborted|timed? ?out|retried/i)
    await fate('/faults/clear')
  })

  test('another request under the same key is refused', async () => {
    await adapter().openCheckout(checkout('one-key'))
    const [line] = checkout('one-key').lines
    if (line) await expect(adapter().openCheckout({ ...checkout('one-key'), lines: [line, line] })).rejects.toThrow(/same parameters/)
    await expect(adapter().openCheckout({ ...checkout('one-key'), orderId: 'another' })).rejects.toThrow(/same parameters/)
  })
})

describe('the hook', () => {
  test('a refused event comes again and is signed for us', async () => {
    answerWith = 500
    const { sessionId } = await adapter().openCheckout(checkout('hook'))
    await pay(sessionId)
    const mine = () => arrived.filter(({ event }) => event.type === 'checkout.session.completed' && event.data.object.id === sessionId)
    await until(() => mine()[0])
    answerWith = 200
    await fate('/webhooks/flush')
    const [first, second] = await until(() => (mine().length >= 2 ? mine() : undefined))
    expect(second?.event.id).toBe(first?.event.id)
    expect(adapter().readEvent(second?.raw ?? '', second?.signature ?? null)).toMatchObject({ objectId: sessionId, orderId: 'order-hook' })
    expect(
      adapter({ webhookSecrets: ['whsec_of_somebody_else_entirely'] }).readEvent(second?.raw ?? '', second?.signature ?? null),
    ).toBeNull()
  })

  test('an event can come ten times', async () => {
    await fate('/webhooks/mode', { copies: 10 })
    const { sessionId } = await adapter().openCheckout(checkout('ten'))
    await pay(sessionId)
    await until(() =>
      arrived.filter(({ event }) => event.type === 'checkout.session.completed' && event.data.object.id === sessionId).length >= 10
        ? true
        : undefined,
    )
    await fate('/webhooks/mode', {})
  })
})

describe('the page', () => {
  const form = (card: string) =>
    new URLSearchParams({ number: card, expiry: '12/34', cvc: '123', name: 'A Buyer', email: 'buyer@example.com', country: 'DE' })
  const post = (url: string, body: URLSearchParams) => fetch(url, { method: 'POST', body, redirect: 'manual' })

  test('shows what is bought, escapes it, and pays', async () => {
    const input = checkout('page')
    input.lines[0] = { orderLineId: 'l', title: '<b>Harbour</b> & co', description: 'web', net: { minor: 10_000n, currency: 'EUR' } }
    const { sessionId, url } = await adapter().openCheckout(input)
    const page = await (await fetch(url)).text()
    expect(page).toContain('&lt;b&gt;Harbour&lt;/b&gt; &amp; co')
    expect(page).toContain('€100.00')
    expect(page).toContain('NOT STRIPE')
    const paid = await post(url, form('4242 4242 4242 4242'))
    expect(paid.status).toBe(303)
    expect(paid.headers.get('location')).toBe(`https://shop.test/back?session_id=${sessionId}`)
    expect((await post(url, form('4242424242424242'))).status).toBe(409)
    expect(await (await fetch(url)).text()).toContain('paid already')
  })

  test('a declined card says why, and another card still pays', async () => {
    const { url, sessionId } = await adapter().openCheckout(checkout('declined'))
    const refused = await post(url, form('4000000000009995'))
    expect(refused.status).toBe(200)
    expect(await refused.text()).toContain('insufficient funds')
    expect(await adapter().fetchCheckout(sessionId)).toMatchObject({ status: 'open', paid: false })
    expect((await post(url, form('4242424242424242'))).status).toBe(303)
  })

  test('3-D Secure asks; a no charges nothing, a yes pays', async () => {
    const { url, sessionId } = await adapter().openCheckout(checkout('3ds'))
    const asked = await post(url, form('4000002760003184'))
    expect(asked.headers.get('location')).toBe(`/c/pay/${sessionId}/challenge`)
    expect(await (await post(`${url}/challenge`, new URLSearchParams({ answer: 'fail' }))).text()).toContain('Nothing was charged')
    expect(await adapter().fetchCheckout(sessionId)).toMatchObject({ status: 'open', paid: false })
    await post(url, form('4000002760003184'))
    expect((await post(`${url}/challenge`, new URLSearchParams({ answer: 'pass' }))).headers.get('location')).toContain('session_id=')
  })

  test('an empty form is answered with what to do', async () => {
    const { url } = await adapter().openCheckout(checkout('empty'))
    const answer = await post(url, new URLSearchParams())
    expect(await answer.text()).toContain('Write month and year')
  })
})

describe('the books', () => {
  test('a restart forgets nothing', async () => {
    const { sessionId } = await adapter().openCheckout(checkout('restart'))
    await pay(sessionId)
    await sandbox.close()
    sandbox = await startPaymentSandbox(settings())
    expect(await adapter().fetchCheckout(sessionId)).toMatchObject({ paid: true, totalMinor: 10_000n })
  })

  test('a disputed payment cannot be refunded', async () => {
    const { sessionId } = await adapter().openCheckout(checkout('dispute'))
    await pay(sessionId, '4000000000000259')
    const { paymentIntentId } = await adapter().fetchCheckout(sessionId)
    await expect(
      adapter().refund({
        refundId: 'disputed',
        paymentIntentId: paymentIntentId ?? '',
        amount: { minor: 1n, currency: 'EUR' },
        reason: 'x',
      }),
    ).rejects.toThrow(/charged back/)
  })

  test('a slow refund ends by itself, one of a dead card fails', async () => {
    for (const [card, end] of [
      ['4000000000007726', 'succeeded'],
      ['4000000000005126', 'failed'],
    ] as const) {
      const { sessionId } = await adapter().openCheckout(checkout(`refund-${end}`))
      await pay(sessionId, card)
      const { paymentIntentId } = await adapter().fetchCheckout(sessionId)
      const made = await adapter().refund({
        refundId: `refund-${end}`,
        paymentIntentId: paymentIntentId ?? '',
        amount: { minor: 500n, currency: 'EUR' },
        reason: 'x',
      })
      await fate('/clock/advance', { seconds: 5 })
      expect((await adapter().fetchRefund(made.stripeRefundId)).status).toBe(end)
    }
  })

  test('an open session ends when its time is over', async () => {
    const { sessionId } = await adapter().openCheckout(checkout('clock'))
    await fate('/clock/advance', { seconds: 3601 })
    expect((await adapter().fetchCheckout(sessionId)).status).toBe('expired')
  })
})

describe('the door', () => {
  const ask = (route: string, init: RequestInit = {}) =>
    fetch(`${sandbox.url}${route}`, { ...init, headers: { authorization: `Bearer ${secretKey}`, ...init.headers } })

  test('what it does not know it says, loudly', async () => {
    expect((await ask('/v1/subscriptions')).status).toBe(501)
    const unknown = await ask('/v1/checkout/sessions', {
      method: 'POST',
      body: new URLSearchParams({ mode: 'payment', 'payment_method_types[0]': 'card' }),
    })
    expect(unknown.status).toBe(400)
  })

  test('a wrong key, another version and a missing control token are turned away', async () => {
    expect((await ask('/v1/events', { headers: { authorization: 'Bearer sk_test_other' } })).status).toBe(401)
    expect((await ask('/v1/events', { headers: { 'stripe-version': '2020-08-27' } })).status).toBe(400)
    expect((await fetch(`${sandbox.url}/_sandbox/journal`)).status).toBe(401)
  })

  test('the client refuses a sandbox in production, off this machine, or with a live key', () => {
    const make = (more: object) => () =>
      stripePayments({ secretKey, webhookSecrets: [], production: false, sandboxUrl: sandbox.url, ...more })
    expect(make({ production: true })).toThrow(/production/)
    expect(make({ sandboxUrl: 'http://pay.example:3002' })).toThrow(/this machine/)
    expect(make({ secretKey: 'sk_live_x' })).toThrow(/test keys/)
  })
})

const listSessions = async () => {
  const response = await fetch(`${sandbox.url}/v1/checkout/sessions?limit=100`, { headers: { authorization: `Bearer ${secretKey}` } })
  return ((await response.json()) as { data: unknown[] }).data
}
