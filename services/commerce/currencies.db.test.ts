import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aCode, aDiscountShop, netOf } from '#services/testing/discount-shop.ts'
import { aGuest } from '#services/testing/world.ts'
import { switchCurrency, typeCode } from './cart-choices.ts'
import { cartPage } from './cart-view.ts'
import { addToCart, mergeCart } from './carts.ts'
import { ledgerPage } from './finance-views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(20)))
afterAll(async () => t[Symbol.asyncDispose]())

const ip = '203.0.113.9'

describe('currencies', () => {
  test('a cart is of one; switching quotes every line anew, and the order, invoice and ledger stay in it', async () => {
    const { shop, ctx, add, pay, replayed } = await aDiscountShop(t.db)
    await add(ctx, 'CHF')
    await add(ctx, 'USD')
    expect((await cartPage(ctx, null)).currency).toBe('CHF')
    expect(await netOf(ctx)).toBe(9_400n)
    expect(await switchCurrency(ctx, null, 'JPY')).toEqual({ ok: true, value: { requoted: 2 } })
    expect(await netOf(ctx)).toBe(16_200n)
    expect(await switchCurrency(ctx, null, 'JPY')).toEqual({ ok: true, value: { requoted: 0 } })
    const order = await pay()
    if (typeof order === 'string') throw new Error(order)
    expect([order.currency, order.netMinor, order.state]).toEqual(['JPY', 16_200n, 'PAID'])
    expect(await replayed(order.number)).toEqual([true, true])
    const { document } = await t.db.invoice.findUniqueOrThrow({ where: { orderId: order.id } })
    expect(document).toMatchObject({ currency: 'JPY', netMinor: '16200' })
    const sums = await t.db.$queryRaw<{ currency: string; sum: bigint }[]>`
      SELECT e.currency, sum(e.amount_minor)::bigint AS sum FROM ledger_entries e JOIN ledger_transactions x ON x.id = e.transaction_id WHERE x.house_id = ${shop.houseId} GROUP BY e.currency`
    expect(sums).toEqual([{ currency: 'JPY', sum: 0n }])
    expect(await ledgerPage(asActor(shop.ctx, await shop.staff('FINANCE')), {})).toBeTruthy()
  })

  test('a cart from before there were several is shown in the one that it is charged in', async () => {
    const { ctx, add, pay } = await aDiscountShop(t.db)
    await add()
    await t.db.cart.updateMany({ where: { userId: ctx.actor.kind === 'person' ? ctx.actor.userId : '' }, data: { currency: null } })
    const { currency, net: shown } = await cartPage(ctx, null, 'JPY')
    expect(await pay()).toMatchObject({ currency, netMinor: shown.minor })
  })

  test('one that the house does not sell in is refused', async () => {
    const { ctx, add, publish } = await aDiscountShop(t.db)
    await publish({}, { rates: { USD: 10_900 } })
    await add()
    expect(await switchCurrency(ctx, null, 'JPY')).toMatchObject({ ok: false, error: 'currency-not-offered' })
  })

  test('a guest’s cart keeps its currency, code and lines through sign-in', async () => {
    const { shop, ctx } = await aDiscountShop(t.db, () => ({ codes: [aCode()] }))
    const guest = asActor(shop.ctx, aGuest(shop.houseId))
    const { id: assetId } = await shop.asset()
    const added = await addToCart(guest, null, { assetId, model: 'ROYALTY_FREE_STANDARD' }, 'GBP')
    const token = added.ok ? added.value.token : null
    expect((await typeCode(guest, token, { code: ' spring ', ip })).ok).toBe(true)
    await mergeCart(ctx, token)
    const cart = await cartPage(ctx, null, 'EUR')
    expect([cart.currency, cart.code?.standing, cart.lines.length]).toEqual(['GBP', 'applied', 1])
  })
})
