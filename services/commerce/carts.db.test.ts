import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { countingQueries, testDb, type TestDb } from '#services/testing/db.ts'
import { aDiscountShop } from '#services/testing/discount-shop.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { aGuest } from '#services/testing/world.ts'
import { defaultPriceBook } from '../licensing/defaults/price-book.ts'
import { quoteUses } from '../licensing/quotes.ts'
import { acknowledgeChanges, putAside } from './cart-choices.ts'
import { addManyToCart, addToCart, mergeCart, mostLines, removeFromCart, sweepCarts } from './carts.ts'
import { cartPage } from './cart-view.ts'
import { beginCheckout } from './checkout.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

const exclusive = async (fields = {}) => ({ assetId: (await shop.asset()).id, model: 'RIGHTS_MANAGED' as const, terms: someUse(fields) })

describe('the cart', () => {
  test('of a guest is opened by its cookie, joins the person’s at sign-in and is gone then', async () => {
    const guest = asActor(shop.ctx, aGuest(shop.houseId))
    const [first, second] = [await shop.asset(), await shop.asset()]
    const added = await addToCart(guest, null, { assetId: first.id, model: 'ROYALTY_FREE_STANDARD' })
    if (!added.ok || !added.value.token) throw new Error('no token')
    const { token } = added.value
    expect(await addToCart(guest, token, { assetId: first.id, model: 'ROYALTY_FREE_STANDARD' })).toMatchObject({
      ok: false,
      error: 'already-in-cart',
    })
    expect((await cartPage(guest, token)).lines).toHaveLength(1)
    expect((await cartPage(guest, 'another')).lines).toHaveLength(0)

    const person = asActor(shop.ctx, await shop.buyer())
    await addToCart(person, null, { assetId: second.id, model: 'ROYALTY_FREE_STANDARD' })
    await Promise.all([mergeCart(person, token), mergeCart(person, token)])
    const cart = await cartPage(person, token)
    expect(cart.lines.map(({ asset }) => asset.id).sort()).toEqual([first.id, second.id].sort())
    expect((await cartPage(guest, token)).lines).toHaveLength(0)

    await removeFromCart(person, null, { lineId: cart.lines[0]?.id ?? '' })
    expect((await cartPage(person, null)).lines).toHaveLength(1)
  })

  test('takes nothing that is not for sale, and not without end', async () => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const draft = await shop.asset({ state: 'DRAFT' })
    expect(await addToCart(ctx, null, { assetId: draft.id, model: 'ROYALTY_FREE_STANDARD' })).toMatchObject({
      ok: false,
      error: 'asset-not-for-sale',
    })
    const { id: assetId } = await shop.asset()
    for (let i = 0; i < mostLines; i++)
      await addToCart(ctx, null, {
        assetId,
        model: 'RIGHTS_MANAGED',
        terms: someUse({ exclusive: false, until: `2027-12-${String(i + 1).padStart(2, '0')}` }),
      })
    expect(await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_STANDARD' })).toMatchObject({ ok: false, error: 'cart-is-full' })
  })

  test('takes many pictures at once as it takes one, in their order, and makes no cart for nothing', async () => {
    const guest = asActor(shop.ctx, aGuest(shop.houseId))
    const [first, second, draft] = [await shop.asset(), await shop.asset(), await shop.asset({ state: 'DRAFT' })]
    const wish = ({ id: assetId }: { id: string }) => ({ assetId, model: 'ROYALTY_FREE_STANDARD' as const })
    expect(await addManyToCart(guest, null, [wish(draft), wish({ id: 'ast_nobody' })])).toMatchObject({
      token: null,
      outcomes: [
        { ok: false, error: 'asset-not-for-sale' },
        { ok: false, error: 'asset-not-for-sale' },
      ],
    })
    expect(await addManyToCart(guest, null, [])).toEqual({ token: null, outcomes: [] })
    const { token, outcomes } = await addManyToCart(guest, null, [wish(second), wish(draft), wish(first), wish(second)], 'CHF')
    expect(outcomes.map((outcome) => (outcome.ok ? 'in' : outcome.error))).toEqual(['in', 'asset-not-for-sale', 'in', 'already-in-cart'])
    const cart = await cartPage(guest, token)
    expect(cart.lines.map(({ asset }) => asset.id)).toEqual([second.id, first.id])
    expect(cart.currency).toBe('CHF')
    expect((await addManyToCart(guest, token, [wish(first)])).token).toBeNull()
  })

  test('stays within its limit when many come at once, and when two people’s windows send them together', async () => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const assets = await Promise.all(Array.from({ length: mostLines + 2 }, () => shop.asset()))
    const wishes = assets.map(({ id: assetId }) => ({ assetId, model: 'ROYALTY_FREE_STANDARD' as const }))
    const both = await Promise.all([addManyToCart(ctx, null, wishes), addManyToCart(ctx, null, [...wishes].reverse())])
    expect((await cartPage(ctx, null)).lines).toHaveLength(mostLines)
    const said = both.flatMap(({ outcomes }) => outcomes.map((outcome) => (outcome.ok ? 'in' : outcome.error)))
    expect(said.filter((each) => each === 'in')).toHaveLength(mostLines)
    expect(said.filter((each) => each === 'cart-is-full')).toHaveLength(4)
  })

  test('is priced with as many queries for ten lines as for one', async () => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const put = async (n: number) => {
      const assets = await Promise.all(Array.from({ length: n }, () => shop.asset()))
      await addManyToCart(
        ctx,
        null,
        assets.map(({ id: assetId }) => ({ assetId, model: 'ROYALTY_FREE_STANDARD' as const })),
      )
    }
    const asked = async () => {
      const counted = countingQueries(t.db)
      await cartPage({ ...ctx, db: counted.db }, null)
      return counted.asked()
    }
    await put(1)
    const one = await asked()
    await put(9)
    expect(await asked()).toBe(one)
  })

  test('shows what is in the way of a line, and what can be had instead', async () => {
    const wish = await exclusive()
    await anOpenOrder(shop, await shop.buyer(), [wish])
    const ctx = asActor(shop.ctx, await shop.buyer())
    await addToCart(ctx, null, { ...wish, terms: someUse({ territory: { include: ['DE', 'AT'] } }) })
    const cart = await cartPage(ctx, null)
    expect(cart.lines[0]?.problem).toBe('rights-taken')
    expect(cart.lines[0]?.why.length).toBeGreaterThan(0)
    expect(cart.ready).toBe(false)
  })
})

describe('a cart that lasts', () => {
  test('puts lines aside and back, and says what changed since', async () => {
    const { ctx, add, publish } = await aDiscountShop(t.db)
    await add()
    await add()
    const [first] = (await cartPage(ctx, null)).lines
    await putAside(ctx, null, { lineId: first?.id ?? '', later: true })
    const aside = await cartPage(ctx, null)
    expect([aside.lines.length, aside.later.length, aside.net.minor]).toEqual([1, 1, 4_900n])
    await putAside(ctx, null, { lineId: first?.id ?? '', later: false })
    await publish(
      {},
      {
        royaltyFree: {
          ...defaultPriceBook.royaltyFree,
          ROYALTY_FREE_STANDARD: { ...defaultPriceBook.royaltyFree.ROYALTY_FREE_STANDARD, baseMinor: 5_900 },
        },
      },
    )
    const changed = await cartPage(ctx, null)
    expect([changed.changed, changed.lines[0]?.was?.minor, changed.net.minor]).toEqual([true, 4_900n, 11_800n])
    await acknowledgeChanges(ctx, null)
    expect((await cartPage(ctx, null)).changed).toBe(false)
  })

  test('does not sell a use whose last day is over, and says so', async () => {
    const apart = await aShop(t.db)
    const ctx = asActor(apart.ctx, await apart.buyer())
    const { id: assetId } = await apart.asset()
    const terms = someUse({ from: '2026-11-21', until: '2026-12-10' })
    await addToCart(ctx, null, { assetId, model: 'RIGHTS_MANAGED', terms })
    apart.ctx.clock.set(new Date('2026-12-10T22:59:59.000Z'))
    expect(await cartPage(ctx, null)).toMatchObject({ ready: true, lines: [{ problem: null }] })
    apart.ctx.clock.set(new Date('2026-12-10T23:00:00.000Z'))
    expect(await cartPage(ctx, null)).toMatchObject({
      ready: false,
      total: { minor: 0n },
      lines: [{ problem: 'use-is-over', price: null }],
    })
    expect(await beginCheckout(ctx, {})).toMatchObject({ ok: false, error: 'line-not-available' })
    expect(await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_STANDARD' })).toMatchObject({ ok: true })
  })

  test('is quoted by as many queries for twelve lines as for two', async () => {
    const { shop, ctx } = await aDiscountShop(t.db)
    const assets = await Promise.all(Array.from({ length: 12 }, () => shop.asset()))
    const wishes = assets.map(({ id: assetId }, i) => ({
      assetId,
      model: 'RIGHTS_MANAGED' as const,
      terms: someUse({ exclusive: i % 2 === 0 }),
    }))
    const count = async (some: typeof wishes) => {
      const counted = countingQueries(t.db)
      const quotes = await quoteUses({ ...ctx, db: counted.db }, some)
      expect(quotes.every(({ ok }) => ok)).toBe(true)
      return counted.asked()
    }
    // The first reads the price book, which is kept by its id from then on.
    await count(wishes.slice(0, 1))
    expect(await count(wishes)).toBe(await count(wishes.slice(0, 2)))
  })
})

test('a guest’s cart goes when its cookie has; a person’s stays', async () => {
  const { id: assetId } = await shop.asset()
  const wish = { assetId, model: 'ROYALTY_FREE_STANDARD' as const }
  const old = new Date(shop.ctx.clock.now().getTime() - 61 * 86_400_000)
  const guest = asActor(shop.ctx, aGuest(shop.houseId))
  const [stale, fresh] = [await addToCart(guest, null, wish), await addToCart(guest, null, wish)]
  const own = await addToCart(asActor(shop.ctx, await shop.buyer()), null, wish)
  const idOf = (added: typeof stale) => (added.ok ? added.value.cartId : '')
  await t.db.cart.updateMany({ where: { id: { in: [idOf(stale), idOf(own)] } }, data: { changedAt: old } })
  expect(await sweepCarts(shop.ctx)).toBe(1)
  const left = await t.db.cart.findMany({ where: { id: { in: [stale, fresh, own].map(idOf) } }, select: { id: true } })
  expect(left.map(({ id }) => id).sort()).toEqual([idOf(fresh), idOf(own)].sort())
})
