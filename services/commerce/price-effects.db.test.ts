import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse } from '#services/testing/shop.ts'
import { defaultPriceBook } from '../licensing/defaults/price-book.ts'
import { publishPriceBook } from '../licensing/price-books.ts'
import { priceOf, type PriceBook } from '../licensing/rules/pricing.ts'
import { priceComparePage } from './price-compare-views.ts'
import { priceEffect } from './price-effects.ts'
import { replayOrder } from './price-replay-views.ts'
import { settleOrder } from './settle.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

/** A house with one paid order of two lines: a use of web advertisements, and a standard licence. */
async function aSale() {
  const shop = await aShop(t.db)
  const [a, b] = [await shop.asset(), await shop.asset()]
  await t.db.asset.update({ where: { id: a.id }, data: { priceFactorBp: 15_000 } })
  const { orderId, sessionId } = await anOpenOrder(shop, await shop.buyer(), [
    { assetId: a.id, model: 'RIGHTS_MANAGED', terms: someUse() },
    { assetId: b.id, model: 'ROYALTY_FREE_STANDARD' },
  ])
  await shop.ctx.payments.pay(sessionId)
  await settleOrder(shop.ctx, orderId)
  const order = await t.db.order.findUniqueOrThrow({ where: { id: orderId } })
  const ctx = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
  return { shop, ctx, order }
}

const dearer: PriceBook = { ...defaultPriceBook, rightsManaged: { baseMinor: 18_000 } }
const managed = (book: PriceBook) => priceOf(book, { model: 'RIGHTS_MANAGED', terms: someUse(), assetFactorBp: 15_000 }).total.minor

describe('last year’s sales under another book', () => {
  test('come to what each line would have cost, with the factor that its picture had', async () => {
    const { ctx, order } = await aSale()
    // What the picture is worth today is not what it was worth on the day of sale.
    await t.db.asset.updateMany({ where: { houseId: ctx.actor.houseId }, data: { priceFactorBp: 99_000 } })
    const effect = await priceEffect(ctx, defaultPriceBook, dearer)
    expect(effect).toMatchObject({
      lines: 2,
      compared: 2,
      dearer: 1,
      cheaper: 0,
      same: 1,
      before: order.netMinor,
      after: order.netMinor + managed(dearer) - managed(defaultPriceBook),
      replayed: { checked: 2, wrong: [] },
      cut: false,
    })
    expect(effect.most).toMatchObject([{ orderNumber: order.number, before: managed(defaultPriceBook), after: managed(dearer) }])
    expect(effect.months.at(-1)).toMatchObject({ before: effect.before, after: effect.after })
    expect(effect.months.slice(0, -1).every(({ before, after }) => before === 0n && after === 0n)).toBe(true)
  })

  test('leave out what was sold more than twelve months ago, and other houses’', async () => {
    const { ctx, shop } = await aSale()
    const other = await aSale()
    expect((await priceEffect(other.ctx, defaultPriceBook, dearer)).lines).toBe(2)
    shop.ctx.clock.advance(400 * 86_400_000)
    expect(await priceEffect(ctx, defaultPriceBook, dearer)).toMatchObject({ lines: 0, before: 0n, after: 0n })
  })

  test('say when a kept price does not come out of its own version', async () => {
    const { ctx, order } = await aSale()
    const line = await t.db.orderLine.findFirstOrThrow({ where: { orderId: order.id, model: 'RIGHTS_MANAGED' } })
    const price = line.price as { quote: { totalMinor: string } }
    await t.db.orderLine.update({ where: { id: line.id }, data: { price: { ...price, quote: { ...price.quote, totalMinor: '1' } } } })
    expect((await priceEffect(ctx, defaultPriceBook, dearer)).replayed).toEqual({ checked: 2, wrong: [order.number] })
    expect((await replayOrder(ctx, order.number))?.map(({ same }) => same).sort()).toEqual([false, true])
  })
})

test('a past order is priced again from its own version, after others have come', async () => {
  const { ctx, order } = await aSale()
  await publishPriceBook(ctx, { book: dearer, note: 'Dearer' })
  const lines = await replayOrder(ctx, order.number)
  expect(lines?.map(({ version, same }) => ({ version, same }))).toEqual([
    { version: 1, same: true },
    { version: 1, same: true },
  ])
  expect(lines?.every(({ asked, again }) => asked === again)).toBe(true)
  expect(await replayOrder(ctx, 'ORD-NONE')).toBeNull()
  const page = await priceComparePage(ctx, { from: 1, to: 2, draftId: undefined })
  expect(page?.changes).toEqual([{ name: 'Rights-managed, base price', before: '90.00', after: '180.00' }])
  await expect(priceComparePage(ctx, { from: 1, to: 9, draftId: undefined })).rejects.toMatchObject({ code: 'not-found' })
})

test('sales are for those of the house who may see them', async () => {
  const { shop, order } = await aSale()
  const librarian = asActor(shop.ctx, await shop.staff('LIBRARIAN'))
  await expect(priceEffect(librarian, defaultPriceBook, dearer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(replayOrder(librarian, order.number)).rejects.toMatchObject({ code: 'forbidden' })
  const stranger = await aSale()
  expect(await replayOrder(stranger.ctx, order.number)).toBeNull()
})
