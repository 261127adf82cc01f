import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aCode, aDiscountShop, netOf } from '#services/testing/discount-shop.ts'
import { dropCode, switchCurrency, typeCode } from './cart-choices.ts'
import { cartPage } from './cart-view.ts'
import { beginCheckout, cancelCheckout } from './checkout.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(20)))
afterAll(async () => t[Symbol.asyncDispose]())

const ip = '203.0.113.9'

describe('promotion codes', () => {
  test('count once on what is left of the better rate, are kept with the order, and replay', async () => {
    const { ctx, add, pay, replayed } = await aDiscountShop(t.db, (orgId) => ({
      codes: [aCode()],
      agreed: [{ orgId, bp: 500, note: 'Frame agreement' }],
      volume: [{ lines: 3, bp: 2_000 }],
    }))
    await add()
    expect(await netOf(ctx)).toBe(4_655n)
    await add()
    await add()
    expect(await netOf(ctx)).toBe(11_760n)
    await typeCode(ctx, null, { code: 'SPRING', ip })
    const cart = await cartPage(ctx, null)
    expect([cart.net.minor, cart.list?.minor]).toEqual([10_584n, 14_700n])
    expect(cart.lines[0]?.off.map(({ kind }) => kind)).toEqual(['volume', 'code'])
    const order = await pay()
    if (typeof order === 'string') throw new Error(order)
    expect([order.netMinor, order.code]).toEqual([10_584n, 'SPRING'])
    expect(await replayed(order.number)).toEqual([true, true, true])
    expect((await cartPage(ctx, null)).code).toBeNull()
  })

  test('an amount goes off once, split over the lines, and not below the sum from which it counts', async () => {
    const { ctx, add, pay, replayed } = await aDiscountShop(t.db, () => ({
      codes: [aCode({ bp: null, offMinor: { EUR: 3_000 }, leastMinor: { EUR: 9_000 } })],
    }))
    await add()
    await typeCode(ctx, null, { code: 'SPRING', ip })
    expect((await cartPage(ctx, null)).code?.standing).toBe('below-least')
    await add()
    expect(await netOf(ctx)).toBe(9_000n)
    await add()
    expect(await netOf(ctx)).toBe(11_700n)
    const order = await pay()
    if (typeof order === 'string') throw new Error(order)
    expect(await replayed(order.number)).toEqual([true, true, true])
    await switchCurrency(ctx, null, 'USD')
  })

  test('say what is wrong with them, and guessing is slowed down', async () => {
    const { ctx, add } = await aDiscountShop(t.db, () => ({
      codes: [
        aCode({ code: 'LATER', from: '2027-01-01' }),
        aCode({ code: 'OVER', until: '2026-01-31' }),
        aCode({ code: 'FRANCS', bp: null, offMinor: { CHF: 500 } }),
      ],
    }))
    expect(await typeCode(ctx, null, { code: 'LATER', ip })).toMatchObject({ ok: false, error: 'cart-is-empty' })
    await add()
    const said = async (code: string) => {
      const outcome = await typeCode(ctx, null, { code, ip })
      return outcome.ok ? 'taken' : outcome.error
    }
    expect([await said('NOPE'), await said('later'), await said('Over'), await said('francs')]).toEqual([
      'code-unknown',
      'code-not-yet',
      'code-over',
      'taken',
    ])
    expect((await cartPage(ctx, null)).code?.standing).toBe('not-in-this-currency')
    await dropCode(ctx, null)
    expect((await cartPage(ctx, null)).code).toBeNull()
    for (let i = 0; i < 5; i++) await typeCode(ctx, null, { code: `GUESS${i}`, ip: '198.51.100.4' })
    await expect(
      Promise.all(Array.from({ length: 12 }, (_, i) => typeCode(ctx, null, { code: `TRY${i}`, ip: '198.51.100.4' }))),
    ).rejects.toMatchObject({ code: 'too-many' })
  })

  test('the last use goes to one of two at once; given up, it is free again', async () => {
    const { shop, add } = await aDiscountShop(t.db, () => ({ codes: [aCode({ uses: 1 })] }))
    const carts = await Promise.all([shop.buyer(), shop.buyer()].map(async (who) => asActor(shop.ctx, await who)))
    for (const cart of carts) {
      await add(cart)
      await typeCode(cart, null, { code: 'SPRING', ip })
    }
    const begun = await Promise.all(carts.map((cart) => beginCheckout(cart, {})))
    expect(begun.map((one) => (one.ok ? 'open' : one.error)).sort()).toEqual(['code-not-usable', 'open'])
    const winner = begun.findIndex(({ ok }) => ok)
    const [won, lost] = [carts[winner], carts[1 - winner]] as [(typeof carts)[0], (typeof carts)[0]]
    expect((await cartPage(lost, null)).code?.standing).toBe('code-used-up')
    const outcome = begun[winner]
    await cancelCheckout(won, outcome?.ok ? outcome.value.orderId : '')
    expect((await beginCheckout(lost, {})).ok).toBe(true)
    expect(await t.db.promotionCount.findFirst({ where: { houseId: shop.houseId } })).toMatchObject({ taken: 1 })
  })

  test('one of a company is used once by it', async () => {
    const { ctx, add, pay } = await aDiscountShop(t.db, () => ({ codes: [aCode({ usesEach: 1 })] }))
    await add()
    await typeCode(ctx, null, { code: 'SPRING', ip: '203.0.113.77' })
    expect(typeof (await pay())).toBe('object')
    await add()
    expect(await typeCode(ctx, null, { code: 'SPRING', ip: '203.0.113.77' })).toMatchObject({ ok: false, error: 'code-used-by-you' })
  })
})
