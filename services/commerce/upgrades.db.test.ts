import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import type { Person } from '../kernel/actor.ts'
import { defaultPriceBook } from '../licensing/defaults/price-book.ts'
import { publishPriceBook } from '../licensing/price-books.ts'
import { quoteUse } from '../licensing/quotes.ts'
import { revokeLicence } from '../licensing/standing.ts'
import { verifyNumber } from '../licensing/verification.ts'
import { licencePage } from '../licensing/views.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import { violates } from '../platform/db.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { addManyToCart, addToCart, mostLines } from './carts.ts'
import { cartPage } from './cart-view.ts'
import { beginCheckout, cancelCheckout } from './checkout.ts'
import { priceEffect } from './price-effects.ts'
import { replayOrder } from './price-replay-views.ts'
import { convergeDispute } from './disputes.ts'
import { convergeRefund, requestRefund, runRefund } from './refunds.ts'
import { revokeSold } from './revoking.ts'
import { settleOrder } from './settle.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb(20)
  shop = await aShop(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

const plain = (fields: Partial<ScopeTerms> = {}) => someUse({ exclusive: false, from: '2026-11-21', until: '2027-11-20', ...fields })
const wide = (fields: Partial<ScopeTerms> = {}) => plain({ territory: { include: ['DACH'] }, ...fields })

const licenceOf = async (orderId: string) => {
  const line = await t.db.orderLine.findFirstOrThrow({ where: { orderId } })
  return t.db.licence.findUniqueOrThrow({ where: { id: line.licenceId ?? '' } })
}
async function pay(orderId: string, sessionId: string) {
  shop.ctx.payments.pay(sessionId)
  return (await settleOrder(shop.ctx, orderId)).state
}
/** A licence that was bought, and its holder. */
async function held(terms = plain(), buyer?: Person, assetId?: string) {
  const who = buyer ?? (await shop.buyer())
  const id = assetId ?? (await shop.asset()).id
  const { orderId, sessionId, ctx } = await anOpenOrder(shop, who, [{ assetId: id, model: 'RIGHTS_MANAGED', terms }])
  expect(await pay(orderId, sessionId)).toBe('PAID')
  return { buyer: who, ctx, assetId: id, orderId, licence: await licenceOf(orderId) }
}
/** What it costs to widen a licence, as its page and the cart ask. */
const quoteWider = (
  { ctx, assetId, licence }: Pick<Awaited<ReturnType<typeof held>>, 'ctx' | 'assetId'> & { licence: { id: string } },
  terms: ScopeTerms,
) => quoteUse(ctx, { assetId, model: 'RIGHTS_MANAGED', upgradesLicenceId: licence.id, terms })
/** The payment page of a widening, open. */
async function widening(of: Awaited<ReturnType<typeof held>>, terms = wide()) {
  const added = await addToCart(of.ctx, null, { assetId: of.assetId, model: 'RIGHTS_MANAGED', terms, upgradesLicenceId: of.licence.id })
  if (!added.ok) throw new Error(added.error)
  const begun = await beginCheckout(of.ctx, {})
  if (!begun.ok) throw new Error(`${begun.error} ${JSON.stringify(begun.detail, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`)
  const { orderId } = begun.value
  const attempt = await t.db.checkoutAttempt.findFirst({ where: { orderId } })
  return { orderId, sessionId: attempt?.sessionId ?? '' }
}
const stateOf = async (id: string) => {
  const { state, endedBy } = await t.db.licence.findUniqueOrThrow({ where: { id } })
  return `${state} ${endedBy ?? ''}`.trim()
}
const liveClaims = (no: bigint) => t.db.claim.count({ where: { licenceNo: no, endedAt: null } })
const balanced = async () => {
  const rows = await t.db.$queryRaw<{ sum: bigint }[]>`SELECT sum(amount_minor)::bigint AS sum FROM ledger_entries GROUP BY currency`
  return rows.every(({ sum }) => sum === 0n)
}

describe('a widening', () => {
  test('costs the difference, takes the place of the old licence, and its document cites it', async () => {
    const own = await held()
    const quote = await quoteWider(own, wide())
    if (!quote.ok) throw new Error(quote.error)
    const alone = await quoteUse(own.ctx, { assetId: own.assetId, model: 'RIGHTS_MANAGED', terms: wide() })
    const before = await t.db.orderLine.findFirstOrThrow({ where: { orderId: own.orderId } })
    expect(quote.value.upgrade).toMatchObject({ licenceId: own.licence.id, number: own.licence.number, credit: { minor: before.netMinor } })
    expect(alone.ok && alone.value.total.minor).toBe(before.netMinor + quote.value.total.minor)

    const order = await widening(own)
    expect(await stateOf(own.licence.id)).toBe('ACTIVE')
    expect(await pay(order.orderId, order.sessionId)).toBe('PAID')
    const wider = await licenceOf(order.orderId)
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
    expect(await stateOf(wider.id)).toBe('ACTIVE')
    expect(await liveClaims(own.licence.no)).toBe(0)
    expect(await liveClaims(wider.no)).toBe(1)
    expect(JSON.parse(wider.document ?? '')).toMatchObject({
      version: 2,
      supersedes: { number: own.licence.number, documentSha256: own.licence.documentSha256 },
    })
    const line = await t.db.orderLine.findFirstOrThrow({ where: { orderId: order.orderId } })
    expect(line.netMinor).toBe(quote.value.total.minor)
    const again = await replayOrder(
      asActor(shop.ctx, await shop.staff('FINANCE')),
      (await t.db.order.findUniqueOrThrow({ where: { id: order.orderId } })).number,
    )
    expect(again?.map(({ same }) => same)).toEqual([true])
    const old = await verifyNumber(shop.ctx, { number: own.licence.number, ip: '203.0.113.7' })
    expect(old).toMatchObject({ verdict: 'ended', standing: 'superseded', seal: 'signed', replacedBy: wider.number })
    expect(await verifyNumber(shop.ctx, { number: wider.number, ip: '203.0.113.7' })).toMatchObject({
      verdict: 'genuine',
      replaces: own.licence.number,
    })
    expect(await t.db.cartLine.count({ where: { cart: { userId: own.buyer.userId } } })).toBe(0)
    expect(await balanced()).toBe(true)
  })

  test('is wished for once: another wish takes the place of the one before, also in a full cart and of two at once', async () => {
    const own = await held()
    const wish = (fields: Partial<ScopeTerms>) => ({
      assetId: own.assetId,
      model: 'RIGHTS_MANAGED' as const,
      terms: wide(fields),
      upgradesLicenceId: own.licence.id,
    })
    const { token, outcomes } = await addManyToCart(own.ctx, null, [wish({ until: '2027-12-20' }), wish({ until: '2027-12-31' })])
    expect([token, outcomes.map(({ ok }) => ok)]).toEqual([null, [true, true]])
    const untils = async () => {
      const rows = await t.db.cartLine.findMany({ where: { upgradesLicenceId: own.licence.id }, select: { terms: true } })
      return rows.map(({ terms }) => (terms as unknown as ScopeTerms).until)
    }
    expect(await untils()).toEqual(['2027-12-31'])
    const { id: assetId } = await shop.asset()
    const others = Array.from({ length: mostLines - 1 }, (_, i) => addDays('2027-12-01', i))
    await addManyToCart(
      own.ctx,
      null,
      others.map((until) => ({ assetId, model: 'RIGHTS_MANAGED', terms: plain({ until }) })),
    )
    expect((await cartPage(own.ctx, null)).lines).toHaveLength(mostLines)
    expect(await addToCart(own.ctx, null, wish({ until: '2028-01-31' }))).toMatchObject({ ok: true })
    const line = (await cartPage(own.ctx, null)).lines.find(({ widens }) => widens)
    expect(line?.to, 'chosen anew, it is still the widening').toMatch(new RegExp(`until=2028-01-31.*&widen=${own.licence.id}$`))
    expect(await untils()).toEqual(['2028-01-31'])
    expect((await cartPage(own.ctx, null)).lines).toHaveLength(mostLines)
  })

  test('stays with the book of the first licence when prices have changed, step after step', async () => {
    const apart = await aShop(t.db)
    const buyer = await apart.buyer()
    const { id: assetId } = await apart.asset()
    const { orderId, sessionId, ctx } = await anOpenOrder(apart, buyer, [{ assetId, model: 'RIGHTS_MANAGED', terms: plain() }])
    apart.ctx.payments.pay(sessionId)
    await settleOrder(apart.ctx, orderId)
    const licence = await licenceOf(orderId)
    const whole = await quoteUse(ctx, { assetId, model: 'RIGHTS_MANAGED', terms: wide({ exclusive: true }) })
    const dearer = { ...defaultPriceBook, rightsManaged: { baseMinor: 90_000 } }
    await publishPriceBook(apart.ctx, { book: dearer, note: 'Dearer' })
    const step = await quoteWider({ ctx, licence, assetId }, wide())
    const last = await quoteWider({ ctx, licence, assetId }, wide({ exclusive: true }))
    if (!step.ok || !last.ok || !whole.ok) throw new Error('no quote')
    expect((last.value.upgrade?.credit.minor ?? 0n) + last.value.total.minor).toBe(whole.value.total.minor)
    expect(step.value.total.minor).toBeLessThan(last.value.total.minor)
  })

  test('is quoted to its holder only, in force only, and only for more than is held', async () => {
    const own = await held()
    const quote = (ctx: typeof own.ctx, terms: ScopeTerms) => quoteWider({ ...own, ctx }, terms)
    // Nobody learns whether another company's licence is there.
    expect(await quote(asActor(shop.ctx, await shop.buyer()), wide())).toMatchObject({ ok: false, error: 'licence-not-in-force' })
    expect(await quote(own.ctx, wide({ media: ['intranet'] }))).toEqual({
      ok: false,
      error: 'narrower-than-held',
      detail: { shortOf: ['media'] },
    })
    expect(await quote(own.ctx, plain())).toMatchObject({ ok: false, error: 'nothing-wider' })
    await revokeLicence(asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER')), { licenceId: own.licence.id, reason: 'Broken terms' })
    expect(await quote(own.ctx, wide())).toMatchObject({ ok: false, error: 'licence-not-in-force' })
  })

  test('to exclusivity: the own claim is no hindrance, somebody else’s is, with the nearest that can be had', async () => {
    const own = await held()
    const exclusive = await quoteWider(own, wide({ exclusive: true }))
    expect(exclusive.ok && exclusive.value.sellable).toBe(true)
    await held(plain({ territory: { include: ['AT'] } }), undefined, own.assetId)
    const taken = await quoteWider(own, wide({ exclusive: true }))
    if (!taken.ok) throw new Error(taken.error)
    expect(taken.value.sellable).toBe(false)
    expect(taken.value.why.length).toBeGreaterThan(0)
    expect(taken.value.nearest.map(({ axis }) => axis)).toContain('exclusivity')
    const order = await widening(own, plain({ exclusive: true }))
    expect(await pay(order.orderId, order.sessionId)).toBe('PAID')
    expect(await stateOf((await licenceOf(order.orderId)).id)).toBe('ACTIVE')
  })

  test('that costs nothing is in force at once, without a payment page', async () => {
    const own = await held(plain({ media: ['intranet'], territory: { include: ['AQ'] }, until: '2026-11-27' }))
    const order = await widening(own, plain({ media: ['intranet'], territory: { include: ['AQ', 'VA'] }, until: '2026-11-28' }))
    expect(order.sessionId).toBe('')
    expect((await t.db.order.findUniqueOrThrow({ where: { id: order.orderId } })).state).toBe('PAID')
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
  })

  test('in the cart says what it widens; another wish for the same licence takes its place', async () => {
    const own = await held()
    const add = (terms: ScopeTerms) =>
      addToCart(own.ctx, null, { assetId: own.assetId, model: 'RIGHTS_MANAGED', terms, upgradesLicenceId: own.licence.id })
    await add(wide())
    await add(wide({ until: '2028-11-20' }))
    expect(await add(wide({ until: '2028-11-20' }))).toMatchObject({ ok: false, error: 'already-in-cart' })
    const { lines } = await cartPage(own.ctx, null)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ widens: { number: own.licence.number }, problem: null })
    expect(
      await addToCart(own.ctx, null, { assetId: own.assetId, model: 'RIGHTS_MANAGED', terms: plain(), upgradesLicenceId: own.licence.id }),
    ).toMatchObject({ ok: false, error: 'nothing-wider' })
  })

  test('given up leaves the old licence as it was, and may be begun again', async () => {
    const own = await held()
    const order = await widening(own)
    await cancelCheckout(own.ctx, order.orderId)
    expect(await stateOf(own.licence.id)).toBe('ACTIVE')
    const again = await beginCheckout(own.ctx, {})
    expect(again.ok).toBe(true)
  })
})

describe('a refund', () => {
  const refund = async (orderId: string) => {
    const ctx = asActor(shop.ctx, await shop.staff('FINANCE'))
    const asked = await requestRefund(ctx, { orderId, reason: 'A mistake', revokesLicence: 'yes' })
    if (asked.ok) await runRefund(ctx, asked.value.refundId)
    return asked
  }

  test('of a widening restores what it superseded; of the old one it waits for the wider', async () => {
    const own = await held()
    const order = await widening(own)
    await pay(order.orderId, order.sessionId)
    const wider = await licenceOf(order.orderId)
    expect(await refund(own.orderId)).toEqual({ ok: false, error: 'widened-since', detail: { number: wider.number } })
    expect((await refund(order.orderId)).ok).toBe(true)
    expect(await stateOf(wider.id)).toBe('ENDED REFUNDED')
    expect(await stateOf(own.licence.id)).toBe('ACTIVE')
    expect(await liveClaims(own.licence.no)).toBe(1)
    expect((await refund(own.orderId)).ok).toBe(true)
    expect(await stateOf(own.licence.id)).toBe('ENDED REFUNDED')
    expect(await balanced()).toBe(true)
  })

  test('after the old term is over restores nothing, and a fact says why', async () => {
    const apart = await aShop(t.db)
    const buyer = await apart.buyer()
    const { id: assetId } = await apart.asset()
    const bought = await anOpenOrder(apart, buyer, [{ assetId, model: 'RIGHTS_MANAGED', terms: plain({ until: '2026-12-01' }) }])
    apart.ctx.payments.pay(bought.sessionId)
    await settleOrder(apart.ctx, bought.orderId)
    const licence = await licenceOf(bought.orderId)
    await addToCart(bought.ctx, null, { assetId, model: 'RIGHTS_MANAGED', terms: plain(), upgradesLicenceId: licence.id })
    const begun = await beginCheckout(bought.ctx, {})
    if (!begun.ok) throw new Error(begun.error)
    const { orderId } = begun.value
    apart.ctx.payments.pay((await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })).sessionId ?? '')
    await settleOrder(apart.ctx, orderId)
    apart.ctx.clock.advance(30 * 86_400_000)
    const finance = asActor(apart.ctx, await apart.staff('FINANCE'))
    const asked = await requestRefund(finance, { orderId, reason: 'A mistake', revokesLicence: 'yes' })
    if (asked.ok) await runRefund(finance, asked.value.refundId)
    expect(await stateOf(licence.id)).toBe('ENDED SUPERSEDED')
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { subjectId: licence.id, type: 'licence.not-restored' } })
    expect(fact.body).toContain('term-is-over')
  })

  test('promised while a widening is at the till: the money of the widening goes back', async () => {
    const own = await held()
    const order = await widening(own)
    expect((await refund(own.orderId)).ok).toBe(true)
    expect(await pay(order.orderId, order.sessionId)).toBe('CONFLICT')
    expect(await stateOf(own.licence.id)).toBe('ENDED REFUNDED')
    const back = await t.db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
    expect(back).toMatchObject({ origin: 'CONFLICT', reason: 'The licence to widen was no longer in force when the money came.' })
    expect(await balanced()).toBe(true)
  })
})

describe('money of the old licence that is not here any more', () => {
  const widened = async () => {
    const own = await held()
    const order = await widening(own)
    await pay(order.orderId, order.sessionId)
    const wider = await licenceOf(order.orderId)
    const { paymentIntentId } = await t.db.payment.findFirstOrThrow({ where: { orderId: own.orderId } })
    const refundWider = async () => {
      const finance = asActor(shop.ctx, await shop.staff('FINANCE'))
      const asked = await requestRefund(finance, { orderId: order.orderId, reason: 'It was suspended', revokesLicence: 'yes' })
      if (!asked.ok) throw new Error(asked.error)
      await runRefund(finance, asked.value.refundId)
      expect(await stateOf(wider.id)).toBe('ENDED REFUNDED')
    }
    const dispute = (status: string) =>
      convergeDispute(shop.ctx, { id: `dp_${own.orderId}`, status, amountMinor: 100n, currency: 'EUR', paymentIntentId })
    return { own, wider, paymentIntentId, refundWider, dispute }
  }
  const whyNot = async (id: string) =>
    (await t.db.auditFact.findFirstOrThrow({ where: { subjectId: id, type: 'licence.not-restored' } })).body

  test('refunded on the provider’s pages: the old licence does not come back for nothing', async () => {
    const { own, wider, paymentIntentId, refundWider } = await widened()
    const { amountMinor } = await t.db.payment.findUniqueOrThrow({ where: { paymentIntentId } })
    await convergeRefund(shop.ctx, {
      stripeRefundId: `re_${own.orderId}`,
      refundId: null,
      paymentIntentId,
      amountMinor,
      status: 'succeeded',
    })
    expect(await stateOf(wider.id)).toBe('SUSPENDED')
    await refundWider()
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
    expect(await whyNot(own.licence.id)).toContain('money-went-back')
    expect(await liveClaims(own.licence.no)).toBe(0)
  })

  test('lost in a dispute: neither', async () => {
    const { own, wider, refundWider, dispute } = await widened()
    await dispute('needs_response')
    expect(await stateOf(wider.id)).toBe('SUSPENDED')
    await dispute('lost')
    await refundWider()
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
    expect(await whyNot(own.licence.id)).toContain('money-went-back')
  })

  test('disputed together with that of the widening: it runs again when both are won', async () => {
    const { own, wider, dispute } = await widened()
    const line = await t.db.orderLine.findFirstOrThrow({ where: { licenceId: wider.id } })
    const { paymentIntentId } = await t.db.payment.findFirstOrThrow({ where: { orderId: line.orderId } })
    const ofWider = (status: string) =>
      convergeDispute(shop.ctx, { id: `dp_wider_${own.orderId}`, status, amountMinor: 50n, currency: 'EUR', paymentIntentId })
    await dispute('needs_response')
    await ofWider('needs_response')
    await dispute('won')
    expect(await stateOf(wider.id)).toBe('SUSPENDED')
    await ofWider('won')
    expect(await stateOf(wider.id)).toBe('ACTIVE')
    expect(await balanced()).toBe(true)
  })

  test('disputed still: it comes back suspended, and in force when the dispute is won', async () => {
    const { own, refundWider, dispute } = await widened()
    await dispute('needs_response')
    await refundWider()
    expect(await stateOf(own.licence.id)).toBe('SUSPENDED')
    await dispute('won')
    expect(await stateOf(own.licence.id)).toBe('ACTIVE')
    expect(await liveClaims(own.licence.no)).toBe(1)
    expect(await balanced()).toBe(true)
  })
})

test('what last year’s sales would have cost counts a line of licences once', async () => {
  const apart = await aShop(t.db)
  const buyer = await apart.buyer()
  const { id: assetId } = await apart.asset()
  const bought = await anOpenOrder(apart, buyer, [{ assetId, model: 'RIGHTS_MANAGED', terms: plain() }])
  apart.ctx.payments.pay(bought.sessionId)
  await settleOrder(apart.ctx, bought.orderId)
  const { id: upgradesLicenceId } = await licenceOf(bought.orderId)
  await addToCart(bought.ctx, null, { assetId, model: 'RIGHTS_MANAGED', terms: wide(), upgradesLicenceId })
  const begun = await beginCheckout(bought.ctx, {})
  const orderId = begun.ok ? begun.value.orderId : ''
  apart.ctx.payments.pay((await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })).sessionId ?? '')
  await settleOrder(apart.ctx, orderId)
  const { netMinor } = await t.db.order.findUniqueOrThrow({ where: { id: bought.orderId } })
  const effect = await priceEffect(asActor(apart.ctx, await apart.staff('FINANCE')), defaultPriceBook, defaultPriceBook)
  expect(effect).toMatchObject({ lines: 2, compared: 1, before: netMinor, after: netMinor, replayed: { checked: 2, wrong: [] } })
})

describe('a widening that is revoked', () => {
  const widened = async (fields: Partial<ScopeTerms> = {}) => {
    const own = await held(plain(fields))
    const order = await widening(own, wide(fields))
    await pay(order.orderId, order.sessionId)
    return { own, wider: await licenceOf(order.orderId), manager: asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER')) }
  }
  const because = 'The photographer sold the Swiss rights elsewhere'

  test('is not decided without a word on what it widened, nor by anybody who may not decide', async () => {
    const { own, wider, manager } = await widened()
    expect(await revokeSold(manager, { licenceId: wider.id, reason: because })).toMatchObject({ ok: false, error: 'narrower-undecided' })
    await expect(revokeSold(own.ctx, { licenceId: wider.id, reason: because, narrower: 'returns' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(revokeSold(own.ctx, { licenceId: wider.id, reason: because })).rejects.toMatchObject({ code: 'forbidden' })
    const other = await aShop(t.db)
    const stranger = asActor(other.ctx, await other.staff('RIGHTS_MANAGER'))
    await expect(revokeSold(stranger, { licenceId: wider.id, reason: because, narrower: 'returns' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect([await stateOf(own.licence.id), await stateOf(wider.id)]).toEqual(['ENDED SUPERSEDED', 'ACTIVE'])
  })

  test('gives back what it widened, in one step, and the holder reads that', async () => {
    const { own, wider, manager } = await widened()
    expect((await revokeSold(manager, { licenceId: wider.id, reason: because, narrower: 'returns' })).ok).toBe(true)
    expect([await stateOf(own.licence.id), await stateOf(wider.id)]).toEqual(['ACTIVE', 'ENDED REVOKED'])
    expect([await liveClaims(own.licence.no), await liveClaims(wider.no)]).toEqual([1, 0])
    expect(await licencePage(own.ctx, wider.id)).toMatchObject({
      standing: 'revoked',
      endReason: because,
      narrower: { number: own.licence.number, inForce: true },
    })
    expect((await licencePage(own.ctx, own.licence.id)).history.at(-1)).toMatchObject({ type: 'licence.restored' })
    expect(await revokeSold(manager, { licenceId: wider.id, reason: because, narrower: 'returns' })).toMatchObject({
      ok: false,
      error: 'already-ended',
    })
  })

  test('gives back what begins later, and tells its holder of no licence in force before', async () => {
    const { own, wider, manager } = await widened({ from: addDays(dayOf(shop.ctx.clock.now(), 'UTC'), 10) })
    expect((await revokeSold(manager, { licenceId: wider.id, reason: because, narrower: 'returns' })).ok).toBe(true)
    expect((await licencePage(own.ctx, own.licence.id)).standing).toBe('upcoming')
    expect(await licencePage(own.ctx, wider.id)).toMatchObject({ narrower: { inForce: false, upcoming: true } })
  })

  test('leaves it ended where that was decided, and its trail says so', async () => {
    const { own, wider, manager } = await widened()
    expect((await revokeSold(manager, { licenceId: wider.id, reason: because, narrower: 'stays-ended' })).ok).toBe(true)
    expect([await stateOf(own.licence.id), await liveClaims(own.licence.no)]).toEqual(['ENDED SUPERSEDED', 0])
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { subjectId: own.licence.id, type: 'licence.not-restored' } })
    expect(fact.body).toContain('"decided"')
    expect(await licencePage(own.ctx, wider.id)).toMatchObject({ narrower: { inForce: false } })
  })

  test('gives nothing back whose own money went back meanwhile, and a plain licence needs no such word', async () => {
    const { own, wider, manager } = await widened()
    const { amountMinor, paymentIntentId } = await t.db.payment.findFirstOrThrow({ where: { orderId: own.orderId } })
    await convergeRefund(shop.ctx, {
      stripeRefundId: `re_${own.orderId}`,
      refundId: null,
      paymentIntentId,
      amountMinor,
      status: 'succeeded',
    })
    expect((await revokeSold(manager, { licenceId: wider.id, reason: because, narrower: 'returns' })).ok).toBe(true)
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
    const plainOne = await held()
    expect((await revokeSold(manager, { licenceId: plainOne.licence.id, reason: because })).ok).toBe(true)
    expect(await stateOf(plainOne.licence.id)).toBe('ENDED REVOKED')
  })

  test('twice at once with two minds: one decides, and the claims agree with it', async () => {
    for (let round = 0; round < 3; round++) {
      const { own, wider, manager } = await widened()
      const both = await Promise.all(
        (['returns', 'stays-ended'] as const).map((narrower) => revokeSold(manager, { licenceId: wider.id, reason: because, narrower })),
      )
      expect(both.filter(({ ok }) => ok)).toHaveLength(1)
      const back = both[0]?.ok === true
      expect([await stateOf(own.licence.id), await liveClaims(own.licence.no)]).toEqual(back ? ['ACTIVE', 1] : ['ENDED SUPERSEDED', 0])
    }
  })
})

describe('two at once', () => {
  test('two widenings of one licence: one is at the till', async () => {
    const own = await held()
    const second = await asActor(shop.ctx, { ...own.buyer, userId: (await shop.buyer()).userId })
    const wish = { assetId: own.assetId, model: 'RIGHTS_MANAGED' as const, upgradesLicenceId: own.licence.id }
    await addToCart(own.ctx, null, { ...wish, terms: wide() })
    await addToCart(second, null, { ...wish, terms: wide({ until: '2028-11-20' }) })
    const begun = await Promise.all([beginCheckout(own.ctx, {}), beginCheckout(second, {})])
    expect(begun.map((one) => (one.ok ? 'open' : one.error)).sort()).toEqual(['open', 'upgrade-under-way'])
  })

  test('a widening and a revocation: either way one right stands or none, and no money is kept for nothing', async () => {
    for (let round = 0; round < 4; round++) {
      const own = await held()
      const order = await widening(own)
      const manager = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
      shop.ctx.payments.pay(order.sessionId)
      await Promise.all([
        settleOrder(shop.ctx, order.orderId),
        revokeLicence(manager, { licenceId: own.licence.id, reason: 'Broken terms' }),
      ])
      const wider = await licenceOf(order.orderId)
      const end = [await stateOf(own.licence.id), await stateOf(wider.id)].join(', ')
      expect(['ENDED SUPERSEDED, ACTIVE', 'ENDED REVOKED, CONFLICT']).toContain(end)
      expect(await liveClaims(own.licence.no)).toBe(0)
    }
    expect(await balanced()).toBe(true)
  })

  test('a widening and a refund of what it widens: one comes first', async () => {
    for (let round = 0; round < 4; round++) {
      const own = await held()
      const order = await widening(own)
      const finance = asActor(shop.ctx, await shop.staff('FINANCE'))
      shop.ctx.payments.pay(order.sessionId)
      const [, asked] = await Promise.all([
        settleOrder(shop.ctx, order.orderId),
        requestRefund(finance, { orderId: own.orderId, reason: 'A mistake', revokesLicence: 'yes' }),
      ])
      if (asked.ok) await runRefund(finance, asked.value.refundId)
      const wider = await licenceOf(order.orderId)
      expect([await stateOf(own.licence.id), await stateOf(wider.id)].join(', ')).toBe(
        asked.ok ? 'ENDED REFUNDED, CONFLICT' : 'ENDED SUPERSEDED, ACTIVE',
      )
    }
  })

  test('a widening to exclusivity and another buyer: of both exactly one is at the till, and nobody comes between', async () => {
    for (let round = 0; round < 4; round++) {
      const own = await held()
      const other = asActor(shop.ctx, await shop.buyer())
      await addToCart(own.ctx, null, {
        assetId: own.assetId,
        model: 'RIGHTS_MANAGED',
        terms: wide({ exclusive: true }),
        upgradesLicenceId: own.licence.id,
      })
      await addToCart(other, null, { assetId: own.assetId, model: 'RIGHTS_MANAGED', terms: plain({ territory: { include: ['AT'] } }) })
      const begun = await Promise.all([beginCheckout(own.ctx, {}), beginCheckout(other, {})])
      expect(begun.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await stateOf(own.licence.id)).toBe('ACTIVE')
    }
  })

  test('the doorbell and the redirect: one licence, one ledger entry', async () => {
    const own = await held()
    const order = await widening(own)
    shop.ctx.payments.pay(order.sessionId)
    await Promise.all(Array.from({ length: 6 }, () => settleOrder(shop.ctx, order.orderId)))
    expect(await t.db.payment.count({ where: { orderId: order.orderId } })).toBe(1)
    expect(await t.db.auditFact.count({ where: { subjectId: own.licence.id, type: 'licence.superseded' } })).toBe(1)
    expect(await stateOf(own.licence.id)).toBe('ENDED SUPERSEDED')
  })
})

describe('the database', () => {
  test('takes no lineage that is not the holder’s own, and keeps the one that it has', async () => {
    const own = await held()
    const stranger = await held()
    const { id: _id, no: _no, number: _number, ...row } = own.licence
    const create = (fields: object) =>
      t.db.licence.create({
        data: {
          ...row,
          terms: row.terms as object,
          id: `lic_${Math.random()}`,
          number: `CM-${Math.random()}`,
          state: 'RESERVED',
          document: null,
          documentSha256: null,
          signature: null,
          issuedAt: null,
          orderLineId: null,
          ...fields,
        },
      })
    await expect(create({ upgradesId: stranger.licence.id, lineageNo: stranger.licence.no })).rejects.toSatisfy((error) =>
      violates(error, 'upgrade_is_of_its_own'),
    )
    await expect(create({ lineageNo: 1n })).rejects.toSatisfy((error) => violates(error, 'upgrade_is_of_its_own'))
    await expect(
      t.db.$executeRaw`UPDATE claims SET lineage_no = ${stranger.licence.no} WHERE licence_no = ${own.licence.no}`,
    ).rejects.toSatisfy((error) => violates(error, 'lineage_is_kept'))
    await expect(t.db.$executeRaw`UPDATE licences SET lineage_no = ${stranger.licence.no} WHERE no = ${own.licence.no}`).rejects.toSatisfy(
      (error) => violates(error, 'lineage_is_kept'),
    )
  })
})
