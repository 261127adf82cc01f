import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aGuest, aPerson } from '#services/testing/world.ts'
import { asActor } from '#services/testing/context.ts'
import { beside } from '#services/testing/beside.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { addToCart } from './carts.ts'
import { beginCheckout, cancelCheckout, mostOpenOrders } from './checkout.ts'
import { ledgerPage } from './finance-views.ts'
import { settleOrder } from './settle.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb(24)
  shop = await aShop(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

const exclusive = async (fields = {}) => ({ assetId: (await shop.asset()).id, model: 'RIGHTS_MANAGED' as const, terms: someUse(fields) })

describe('a picture that goes while it is being bought', () => {
  test.each([
    ['withdrawn', { state: 'WITHDRAWN' as const }],
    ['put on hold', { state: 'ON_HOLD' as const, heldFrom: 'PUBLISHED' as const }],
    ['taken out of the store', { audience: 'INTERNAL' as const }],
  ])('%s: nobody gets a licence for it', async (_, change) => {
    const { id: assetId } = await shop.asset()
    const ctx = asActor(shop.ctx, await shop.buyer())
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_STANDARD' })
    const curator = await beside(t.db, (db) => db.asset.update({ where: { id: assetId }, data: change }))
    const buying = beginCheckout(ctx, {})
    await curator.waitedFor()
    await curator.commit()
    expect(await buying).toMatchObject({ ok: false, error: 'line-not-available' })
    expect(await t.db.licence.count({ where: { assetId } })).toBe(0)
  })
})

describe('many buyers at once', () => {
  test('24 for one exclusive right: one wins, 23 get a reason, nobody waits in a circle', async () => {
    const wish = await exclusive()
    const buyers = await Promise.all(Array.from({ length: 24 }, () => shop.buyer()))
    const ctxs = buyers.map((buyer) => asActor(shop.ctx, buyer))
    await Promise.all(ctxs.map((ctx) => addToCart(ctx, null, wish)))
    const outcomes = await Promise.all(ctxs.map((ctx) => beginCheckout(ctx, {})))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes)
      if (!outcome.ok) {
        expect(['rights-taken', 'line-not-available']).toContain(outcome.error)
        expect(outcome.detail).toBeTruthy()
      }
    expect(await t.db.order.count({ where: { orgId: { in: buyers.map(({ orgId }) => orgId) } } })).toBe(1)
    expect(await t.db.licence.count({ where: { assetId: wish.assetId } })).toBe(1)
  })

  test('baskets of the same four pictures in other orders: whole or not at all', async () => {
    const wishes = await Promise.all([exclusive(), exclusive(), exclusive(), exclusive()])
    const buyers = await Promise.all(Array.from({ length: 12 }, () => shop.buyer()))
    for (const [index, buyer] of buyers.entries()) {
      const turned = [...wishes.slice(index % 4), ...wishes.slice(0, index % 4)]
      for (const wish of turned) await addToCart(asActor(shop.ctx, buyer), null, wish)
    }
    const outcomes = await Promise.all(buyers.map((buyer) => beginCheckout(asActor(shop.ctx, buyer), {})))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(await t.db.licence.count({ where: { assetId: { in: wishes.map(({ assetId }) => assetId) } } })).toBe(4)
  })

  test('24 for a royalty-free licence: all of them', async () => {
    const { id: assetId } = await shop.asset()
    const buyers = await Promise.all(Array.from({ length: 24 }, () => shop.buyer()))
    await Promise.all(buyers.map((buyer) => addToCart(asActor(shop.ctx, buyer), null, { assetId, model: 'ROYALTY_FREE_STANDARD' })))
    const outcomes = await Promise.all(buyers.map((buyer) => beginCheckout(asActor(shop.ctx, buyer), {})))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(24)
  })

  test('20 orders settled at once have invoice numbers without a gap, and the ledger sums to zero', async () => {
    const own = await aShop(t.db, shop)
    const { id: assetId } = await own.asset()
    const orders = []
    for (let i = 0; i < 20; i++)
      orders.push(
        await anOpenOrder(own, await own.buyer(), [{ assetId, model: i % 2 ? 'ROYALTY_FREE_STANDARD' : 'ROYALTY_FREE_EXTENDED' }]),
      )
    for (const { sessionId } of orders) own.ctx.payments.pay(sessionId)
    await Promise.all(orders.map(({ orderId }) => settleOrder(own.ctx, orderId)))
    const invoices = await t.db.invoice.findMany({ where: { houseId: own.houseId }, orderBy: { number: 'asc' } })
    expect(invoices.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => `2026-${String(i + 1).padStart(6, '0')}`))
    const ledger = await ledgerPage(asActor(own.ctx, await own.staff('FINANCE')), {})
    expect(ledger.balances.reduce((sum, { balance }) => sum + balance.minor, 0n)).toBe(0n)
    expect(ledger.items).toHaveLength(20)
  })
})

describe('checkout', () => {
  test('clicked twice, or at once, is one order with one page', async () => {
    const buyer = await shop.buyer()
    const ctx = asActor(shop.ctx, buyer)
    await addToCart(ctx, null, await exclusive())
    const outcomes = await Promise.all([beginCheckout(ctx, {}), beginCheckout(ctx, {}), beginCheckout(ctx, {})])
    const again = await beginCheckout(ctx, {})
    const urls = new Set([...outcomes, again].map((outcome) => (outcome.ok ? outcome.value.url : outcome.error)))
    expect(urls.size).toBe(1)
    expect(await t.db.order.count({ where: { userId: buyer.userId } })).toBe(1)
  })

  test('of a changed cart ends the old page first', async () => {
    const buyer = await shop.buyer()
    const { ctx, orderId, sessionId } = await anOpenOrder(shop, buyer, [await exclusive()])
    await addToCart(ctx, null, await exclusive())
    const begun = await beginCheckout(ctx, {})
    expect(begun.ok).toBe(true)
    expect(shop.ctx.payments.sessions.get(sessionId)?.now.status).toBe('expired')
    expect((await t.db.order.findUniqueOrThrow({ where: { id: orderId } })).state).toBe('CANCELLED')
  })

  test('of a changed cart whose old page was paid a moment ago settles that, and prices nothing anew', async () => {
    const { ctx, orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    await addToCart(ctx, null, await exclusive())
    shop.ctx.payments.pay(sessionId)
    expect(await beginCheckout(ctx, {})).toMatchObject({ ok: false, error: 'already-paid', detail: { orderId } })
    expect((await t.db.order.findUniqueOrThrow({ where: { id: orderId } })).state).toBe('PAID')
  })

  test('may be cancelled by its own company until it is paid', async () => {
    const { ctx, orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    await expect(cancelCheckout(asActor(shop.ctx, await shop.buyer()), orderId)).rejects.toMatchObject({ code: 'not-found' })
    shop.ctx.payments.failNext('expireCheckout')
    expect(await cancelCheckout(ctx, orderId)).toMatchObject({ ok: false, error: 'provider-unavailable' })
    expect((await Promise.all([cancelCheckout(ctx, orderId), cancelCheckout(ctx, orderId)])).every((outcome) => outcome.ok)).toBe(true)
    expect(shop.ctx.payments.sessions.get(sessionId)?.now.status).toBe('expired')

    const paid = await anOpenOrder(shop, await shop.buyer(), [await exclusive()])
    shop.ctx.payments.pay(paid.sessionId)
    expect(await cancelCheckout(paid.ctx, paid.orderId)).toMatchObject({ ok: false, error: 'already-paid' })
    expect((await t.db.order.findUniqueOrThrow({ where: { id: paid.orderId } })).state).toBe('PAID')
  })

  test('frees a hold whose page has run out as soon as somebody else wants the rights', async () => {
    const own = await aShop(t.db, shop)
    const wish = { assetId: (await own.asset()).id, model: 'RIGHTS_MANAGED' as const, terms: someUse() }
    const first = await anOpenOrder(own, await own.buyer(), [wish])
    own.ctx.clock.advance(46 * 60_000)
    const second = await anOpenOrder(own, await own.buyer(), [wish])
    expect(second.orderId).not.toBe(first.orderId)
    expect((await t.db.order.findUniqueOrThrow({ where: { id: first.orderId } })).state).toBe('CANCELLED')
  })

  test('says which line cannot be had, and why, without another customer’s name', async () => {
    const wish = await exclusive()
    const rival = await shop.buyer()
    await anOpenOrder(shop, rival, [wish])
    const ctx = asActor(shop.ctx, await shop.buyer())
    await addToCart(ctx, null, wish)
    const outcome = await beginCheckout(ctx, {})
    expect(outcome).toMatchObject({ ok: false, error: 'line-not-available', detail: { lines: [{ assetId: wish.assetId }] } })
    expect(JSON.stringify(outcome)).not.toContain(rival.orgName)
  })

  test('places no order and holds no right where no payment could bring the amount', async () => {
    const wish = await exclusive()
    const { no } = await t.db.asset.update({ where: { id: wish.assetId }, data: { priceFactorBp: 100_000_000 } })
    const buyer = await shop.buyer()
    const ctx = asActor(shop.ctx, buyer)
    await addToCart(ctx, null, wish)
    expect(await beginCheckout(ctx, {})).toMatchObject({ ok: false, error: 'too-much-to-pay' })
    expect(await t.db.order.count({ where: { userId: buyer.userId } })).toBe(0)
    expect(await t.db.claim.count({ where: { assetNo: no } })).toBe(0)
  })

  test('holds at most so many orders for one company', async () => {
    const buyer = await shop.buyer()
    const people = await Promise.all(
      Array.from({ length: mostOpenOrders + 1 }, async () => {
        return aPerson(shop.ctx, { houseId: shop.houseId, orgId: buyer.orgId, roles: ['CUSTOMER'] })
      }),
    )
    for (const person of people.slice(0, mostOpenOrders)) await anOpenOrder(shop, person, [await exclusive()])
    const ctx = asActor(shop.ctx, people.at(-1) ?? buyer)
    await addToCart(ctx, null, await exclusive())
    expect(await beginCheckout(ctx, {})).toMatchObject({ ok: false, error: 'too-many-holds', detail: { most: mostOpenOrders } })
  })

  test('is not for guests, the house or an empty cart', async () => {
    await expect(beginCheckout(asActor(shop.ctx, aGuest(shop.houseId)), {})).rejects.toMatchObject({ code: 'signed-out' })
    expect(await beginCheckout(asActor(shop.ctx, await shop.staff('ADMINISTRATOR')), {})).toMatchObject({
      ok: false,
      error: 'house-cannot-buy',
    })
    expect(await beginCheckout(asActor(shop.ctx, await shop.buyer()), {})).toMatchObject({ ok: false, error: 'cart-is-empty' })
  })

  test('charges German VAT at home, none to a French company with its id, none outside the Union', async () => {
    const { id: assetId } = await shop.asset()
    const taxes = []
    for (const where of [{ country: 'DE' }, { country: 'FR', vatId: 'FR40303265045' }, { country: 'FR' }, { country: 'US' }]) {
      const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(where), [{ assetId, model: 'ROYALTY_FREE_STANDARD' }])
      const order = await t.db.order.findUniqueOrThrow({ where: { id: orderId } })
      expect(shop.ctx.payments.sessions.get(sessionId)?.now.totalMinor).toBe(order.totalMinor)
      taxes.push(Number((order.taxMinor * 10_000n) / order.netMinor))
    }
    expect(taxes).toEqual([1900, 0, 2000, 0])
  })
})

test('a person who took another seat buys for that company, and the page opened for the first one ends', async () => {
  const first = await shop.buyer()
  const { orderId, sessionId } = await anOpenOrder(shop, first, [await exclusive()])
  const { orgId } = await shop.buyer()
  const begun = await beginCheckout(asActor(shop.ctx, { ...first, orgId }), {})
  if (!begun.ok) throw new Error(begun.error)
  expect(begun.value.orderId).not.toBe(orderId)
  expect(await t.db.order.findUniqueOrThrow({ where: { id: begun.value.orderId } })).toMatchObject({ orgId, state: 'AWAITING_PAYMENT' })
  expect(await t.db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ orgId: first.orgId, state: 'CANCELLED' })
  expect(shop.ctx.payments.sessions.get(sessionId)?.now.status).toBe('expired')
})
