import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aCode, aDiscountShop, netOf } from '#services/testing/discount-shop.ts'
import { someUse } from '#services/testing/shop.ts'
import { isPerson, type Actor } from '../kernel/actor.ts'
import { givenDiscounts } from '../licensing/given-discount-views.ts'
import { decideDiscount, giveDiscount, givenFor, withdrawDiscount } from '../licensing/given-discounts.ts'
import { givenStateNames } from '../licensing/rules/given-states.ts'
import { connect } from '../platform/db.ts'
import { GivenDiscountState } from '../platform/generated/prisma/enums.ts'
import { typeCode } from './cart-choices.ts'
import { cartPage } from './cart-view.ts'
import { addToCart } from './carts.ts'
import { beginCheckout, cancelCheckout } from './checkout.ts'
import { settleOrder } from './settle.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(20)))
afterAll(async () => t[Symbol.asyncDispose]())

describe('a discount by hand', () => {
  const gift = (orgId: string, assetId: string, bp: number) => ({
    orgId,
    assetId,
    model: 'ROYALTY_FREE_EXTENDED' as const,
    currency: 'EUR' as const,
    bp,
    reason: 'A good customer',
    validUntil: '2027-12-31',
  })

  test('stands at once within the giver’s limit, and is used once', async () => {
    const { shop, buyer, ctx, pay, replayed, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    expect(await giveDiscount(manager, gift(buyer.orgId, assetId, 1_500))).toMatchObject({ ok: true, value: { state: 'APPROVED' } })
    expect(await giveDiscount(manager, gift(buyer.orgId, assetId, 1_000))).toMatchObject({ ok: false, error: 'already-given' })
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    expect(await netOf(ctx)).toBe(16_915n)
    const order = await pay()
    if (typeof order === 'string') throw new Error(order)
    expect(await replayed(order.number)).toEqual([true])
    expect(await givenFor(ctx, buyer.orgId, [assetId])).toEqual([])
  })

  test('holds at the till: clicked again, the same order answers, and the cart shows its price', async () => {
    const { shop, buyer, ctx, pay, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    await giveDiscount(manager, gift(buyer.orgId, assetId, 1_500))
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    const first = await beginCheckout(ctx, {})
    expect(await netOf(ctx)).toBe(16_915n)
    expect(await beginCheckout(ctx, {})).toEqual(first)
    // A colleague's cart cannot use it meanwhile.
    const colleague = asActor(shop.ctx, { ...buyer, userId: (await shop.buyer()).userId })
    await addToCart(colleague, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    expect(await netOf(colleague)).toBe(19_900n)
    expect(await pay()).toMatchObject({ state: 'PAID', netMinor: 16_915n })
  })

  test('on a stated use stands until its last day, for the same use that begins later', async () => {
    const { shop, buyer, ctx, pay, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    const use = (fields: object) => someUse({ exclusive: false, ...fields })
    await giveDiscount(manager, {
      ...gift(buyer.orgId, assetId, 1_500),
      model: 'RIGHTS_MANAGED',
      terms: use({ from: '2026-11-21', until: '2027-11-20' }),
    })
    const netMinor = (await givenFor(ctx, buyer.orgId, [assetId]))[0]?.netMinor ?? 0n
    shop.ctx.clock.advance(5 * 86_400_000)
    const wish = { assetId, model: 'RIGHTS_MANAGED' as const }
    await addToCart(ctx, null, { ...wish, terms: use({ from: '2026-11-26', until: '2027-11-25', territory: { include: ['AT'] } }) })
    expect((await cartPage(ctx, null)).lines[0]?.off).toEqual([])
    await t.db.cartLine.deleteMany({ where: { assetId } })
    await addToCart(ctx, null, { ...wish, terms: use({ from: '2026-11-26', until: '2027-11-25' }) })
    expect(await netOf(ctx)).toBe(netMinor)
    expect(await pay()).toMatchObject({ state: 'PAID', netMinor })
  })

  test('is used by late money too, and not once more by another order', async () => {
    const { shop, buyer, ctx, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    await giveDiscount(manager, gift(buyer.orgId, assetId, 1_500))
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    const begun = await beginCheckout(ctx, {})
    const orderId = begun.ok ? begun.value.orderId : ''
    const { sessionId } = await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })
    expect((await cancelCheckout(ctx, orderId)).ok).toBe(true)
    expect(await givenFor(ctx, buyer.orgId, [assetId])).toHaveLength(1)
    const session = shop.ctx.payments.sessions.get(sessionId ?? '')
    if (session) session.now.status = 'open'
    shop.ctx.payments.pay(sessionId ?? '')
    expect((await settleOrder(shop.ctx, orderId, { sessionId: sessionId ?? '' })).state).toBe('PAID')
    expect(await givenFor(ctx, buyer.orgId, [assetId])).toEqual([])
  })

  test('and a code are not used up by an order whose rights were gone when the money came', async () => {
    const { shop, buyer, ctx, staff } = await aDiscountShop(t.db, () => ({ codes: [aCode({ usesEach: 1 })] }))
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    await giveDiscount(manager, gift(buyer.orgId, assetId, 1_500))
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    const { id: other } = await shop.asset()
    await addToCart(ctx, null, { assetId: other, model: 'ROYALTY_FREE_STANDARD' })
    expect((await typeCode(ctx, null, { code: 'SPRING', ip: '203.0.113.78' })).ok).toBe(true)
    const begun = await beginCheckout(ctx, {})
    const orderId = begun.ok ? begun.value.orderId : ''
    const { sessionId } = await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })
    expect((await cancelCheckout(ctx, orderId)).ok).toBe(true)
    await t.db.asset.updateMany({ where: { id: { in: [assetId, other] } }, data: { audience: 'PORTAL' } })
    const session = shop.ctx.payments.sessions.get(sessionId ?? '')
    if (session) session.now.status = 'open'
    shop.ctx.payments.pay(sessionId ?? '')
    expect((await settleOrder(shop.ctx, orderId, { sessionId: sessionId ?? '' })).state).toBe('CONFLICT')
    expect(await givenFor(ctx, buyer.orgId, [assetId])).toHaveLength(1)
    expect(await t.db.promotionUse.count({ where: { orderId, releasedAt: null } })).toBe(0)
    expect(await t.db.promotionCount.findFirst({ where: { houseId: shop.houseId } })).toMatchObject({ taken: 0 })
  })

  test('never makes a line dearer than the agreed rate does: it is kept for later', async () => {
    const { shop, buyer, ctx, pay, staff } = await aDiscountShop(t.db, (orgId) => ({ agreed: [{ orgId, bp: 2_000, note: '' }] }))
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    await giveDiscount(manager, gift(buyer.orgId, assetId, 1_000))
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    expect(await netOf(ctx)).toBe(15_920n)
    expect(await pay()).toMatchObject({ state: 'PAID', netMinor: 15_920n })
    expect(await givenFor(ctx, buyer.orgId, [assetId])).toHaveLength(1)
  })

  test('beyond it waits for somebody with a wider one; below the least price for an administrator', async () => {
    const { shop, buyer, ctx, staff } = await aDiscountShop(t.db)
    const [manager, finance, admin] = [await staff('RIGHTS_MANAGER'), await staff('FINANCE'), await staff('ADMINISTRATOR')]
    const { id: assetId } = await shop.asset()
    const asked = await giveDiscount(manager, gift(buyer.orgId, assetId, 3_000))
    if (!asked.ok) throw new Error(asked.error)
    const { id: discountId } = asked.value
    expect(asked.value.state).toBe('WAITING')
    await addToCart(ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
    expect(await netOf(ctx)).toBe(19_900n)
    expect(await decideDiscount(manager, { discountId, verdict: 'approve', reason: '' })).toMatchObject({
      ok: false,
      error: 'beyond-your-limit',
    })
    expect((await givenDiscounts(manager, { waiting: true })).items[0]).toMatchObject({ mayDecide: false, mayWithdraw: true })
    expect((await givenDiscounts(finance, { waiting: true })).items[0]).toMatchObject({ mayDecide: true, mayWithdraw: false })
    expect((await decideDiscount(finance, { discountId, verdict: 'approve', reason: 'Agreed' })).ok).toBe(true)
    expect(await netOf(ctx)).toBe(13_930n)
    expect(await decideDiscount(finance, { discountId, verdict: 'refuse', reason: 'No' })).toMatchObject({
      ok: false,
      error: 'already-decided',
    })

    const { id: other } = await shop.asset()
    const low = await giveDiscount(finance, gift(buyer.orgId, other, 9_500))
    if (!low.ok) throw new Error(low.error)
    expect(await decideDiscount(finance, { discountId: low.value.id, verdict: 'approve', reason: '' })).toMatchObject({
      error: 'beyond-your-limit',
    })
    expect((await decideDiscount(admin, { discountId: low.value.id, verdict: 'refuse', reason: 'Too much' })).ok).toBe(true)
    expect(await t.db.auditFact.count({ where: { houseId: shop.houseId, type: { startsWith: 'discount.' } } })).toBe(4)
  })

  test('is decided once by two at once', async () => {
    const { shop, buyer, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    const asked = await giveDiscount(manager, gift(buyer.orgId, assetId, 2_500))
    const discountId = asked.ok ? asked.value.id : ''
    const [one, two] = [await staff('FINANCE'), await staff('FINANCE')]
    const both = await Promise.all([
      decideDiscount(one, { discountId, verdict: 'approve', reason: '' }),
      decideDiscount(two, { discountId, verdict: 'refuse', reason: 'No' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  describe('that is taken back', () => {
    const reason = 'Given to the wrong company'
    const userOf = ({ actor }: { actor: Actor }) => (isPerson(actor) ? actor.userId : '')
    const given = async (bp = 1_500) => {
      const house = await aDiscountShop(t.db)
      const manager = await house.staff('RIGHTS_MANAGER')
      const { id: assetId } = await house.shop.asset()
      const outcome = await giveDiscount(manager, gift(house.buyer.orgId, assetId, bp))
      if (!outcome.ok) throw new Error(outcome.error)
      await addToCart(house.ctx, null, { assetId, model: 'ROYALTY_FREE_EXTENDED' })
      const { id: discountId } = outcome.value
      const row = () => t.db.givenDiscount.findUniqueOrThrow({ where: { id: discountId } })
      return { ...house, manager, assetId, discountId, row }
    }

    test('before it is used, with a reason: the cart costs the price of the book again, and the trail says who and why', async () => {
      const { manager, ctx, buyer, assetId, discountId, row, shop, pay } = await given()
      expect(await netOf(ctx)).toBe(16_915n)
      expect((await givenDiscounts(manager, { waiting: false })).items[0]).toMatchObject({ state: 'APPROVED', mayWithdraw: true })
      expect(await withdrawDiscount(manager, { discountId, reason: ' ' })).toMatchObject({ ok: false, error: 'reason-needed' })
      expect(await withdrawDiscount(manager, { discountId, reason })).toMatchObject({ ok: true })
      expect(await row()).toMatchObject({ state: 'WITHDRAWN', decidedById: userOf(manager), withdrawnById: userOf(manager) })
      expect(await netOf(ctx)).toBe(19_900n)
      const [item] = (await givenDiscounts(manager, { waiting: false })).items
      expect(item).toMatchObject({ state: 'WITHDRAWN', mayWithdraw: false, withdrawal: reason, withdrawnBy: expect.any(String) })
      const fact = await t.db.auditFact.findFirstOrThrow({ where: { houseId: shop.houseId, type: 'discount.withdrawn' } })
      expect(JSON.parse(fact.body)).toMatchObject({ data: { reason, approvedBy: userOf(manager), org: buyer.orgId, asset: assetId } })
      expect(await withdrawDiscount(manager, { discountId, reason })).toMatchObject({ ok: false, error: 'already-withdrawn' })
      // The same may be given anew.
      expect(await giveDiscount(manager, gift(buyer.orgId, assetId, 500))).toMatchObject({ ok: true })
      expect(await pay()).toMatchObject({ state: 'PAID', netMinor: 18_905n })
    })

    test('by who asked for it or by who approved it, and by nobody else', async () => {
      const { manager, staff, discountId, row } = await given(2_500)
      const [finance, other] = [await staff('FINANCE'), await staff('FINANCE')]
      expect((await decideDiscount(finance, { discountId, verdict: 'approve', reason: 'Agreed' })).ok).toBe(true)
      expect((await givenDiscounts(other, { waiting: false })).items[0]).toMatchObject({ mayWithdraw: false })
      expect(await withdrawDiscount(other, { discountId, reason })).toMatchObject({ ok: false, error: 'not-yours-to-withdraw' })
      await expect(withdrawDiscount(await staff('LIBRARIAN'), { discountId, reason })).rejects.toMatchObject({ code: 'forbidden' })
      const stranger = await aDiscountShop(t.db)
      await expect(withdrawDiscount(await stranger.staff('FINANCE'), { discountId, reason })).rejects.toMatchObject({ code: 'not-found' })
      for (const who of [manager, finance]) {
        expect((await givenDiscounts(who, { waiting: false })).items[0]).toMatchObject({ mayWithdraw: true })
      }
      expect((await withdrawDiscount(finance, { discountId, reason })).ok).toBe(true)
      expect(await row()).toMatchObject({ state: 'WITHDRAWN', decision: 'Agreed', withdrawal: reason })
    })

    test('while it waits needs no reason; what was refused is not taken back', async () => {
      const { manager, staff, discountId, row } = await given(2_500)
      expect((await withdrawDiscount(manager, { discountId, reason: '' })).ok).toBe(true)
      expect(await row()).toMatchObject({ state: 'WITHDRAWN', decidedById: null })
      const { manager: again, discountId: second, staff: hands } = await given(2_500)
      expect((await decideDiscount(await hands('FINANCE'), { discountId: second, verdict: 'refuse', reason: 'No' })).ok).toBe(true)
      expect(await withdrawDiscount(again, { discountId: second, reason })).toMatchObject({ ok: false, error: 'already-decided' })
      expect(await decideDiscount(await staff('FINANCE'), { discountId, verdict: 'approve', reason: '' })).toMatchObject({ ok: false })
    })

    test('is refused once an order has it, paid or not; free again, it can be taken back, and late money still gets its price', async () => {
      const { manager, ctx, discountId, row, shop } = await given()
      const begun = await beginCheckout(ctx, {})
      const orderId = begun.ok ? begun.value.orderId : ''
      expect(await withdrawDiscount(manager, { discountId, reason })).toMatchObject({ ok: false, error: 'in-an-order' })
      expect((await givenDiscounts(manager, { waiting: false })).items[0]).toMatchObject({ mayWithdraw: false, used: true })
      const { sessionId } = await t.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })
      expect((await cancelCheckout(ctx, orderId)).ok).toBe(true)
      expect((await withdrawDiscount(manager, { discountId, reason })).ok).toBe(true)
      const session = shop.ctx.payments.sessions.get(sessionId ?? '')
      if (session) session.now.status = 'open'
      shop.ctx.payments.pay(sessionId ?? '')
      expect((await settleOrder(shop.ctx, orderId, { sessionId: sessionId ?? '' })).state).toBe('PAID')
      expect(await t.db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ netMinor: 16_915n })
      expect(await row()).toMatchObject({ state: 'WITHDRAWN', orderId: null })
    })

    test('and used at the till at once, over two connections: exactly one of them wins', async () => {
      const second = connect(t.url, 5)
      for (let turn = 0; turn < 4; turn++) {
        const { manager, ctx, discountId, row } = await given()
        const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
        const [begun, withdrawn] = await Promise.all([
          beginCheckout(ctx, {}),
          wait(turn * 20).then(() => withdrawDiscount({ ...manager, db: second }, { discountId, reason })),
        ])
        if (!begun.ok) throw new Error(begun.error)
        const { netMinor } = await t.db.order.findUniqueOrThrow({ where: { id: begun.value.orderId } })
        const { state, orderId } = await row()
        if (withdrawn.ok) expect([state, orderId, netMinor]).toEqual(['WITHDRAWN', null, 19_900n])
        else expect([withdrawn.error, state, orderId, netMinor]).toEqual(['in-an-order', 'APPROVED', begun.value.orderId, 16_915n])
      }
      await second.$disconnect()
    })

    test('waits for the till that holds its row, and is told what became of it', async () => {
      const second = connect(t.url, 5)
      for (const tillWins of [true, false]) {
        const { manager, discountId, row } = await given()
        let hold = () => {}
        const held = new Promise<void>((resolve) => (hold = resolve))
        const till = t.db.$transaction(async (tx) => {
          await tx.givenDiscount.updateMany({ where: { id: discountId, state: 'APPROVED', orderId: null }, data: { orderId: 'ord_other' } })
          hold()
          await new Promise((resolve) => setTimeout(resolve, 150))
          if (!tillWins) throw new Error('undone')
        })
        const ended = till.then(
          () => 'done',
          () => 'undone',
        )
        await held
        const desk = await withdrawDiscount({ ...manager, db: second }, { discountId, reason })
        expect(await ended).toBe(tillWins ? 'done' : 'undone')
        expect(desk).toMatchObject(tillWins ? { ok: false, error: 'in-an-order' } : { ok: true })
        expect((await row()).state).toBe(tillWins ? 'APPROVED' : 'WITHDRAWN')
      }
      await second.$disconnect()
    })
  })

  test('is for customers, for days to come, and given by those who sell', async () => {
    const { shop, buyer, ctx, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: assetId } = await shop.asset()
    expect(await giveDiscount(manager, gift(shop.houseId, assetId, 500))).toMatchObject({ ok: false, error: 'not-a-customer' })
    expect(await giveDiscount(manager, { ...gift(buyer.orgId, assetId, 500), validUntil: '2020-01-01' })).toMatchObject({
      ok: false,
      error: 'in-the-past',
    })
    await expect(giveDiscount(ctx, gift(buyer.orgId, assetId, 500))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(giveDiscount(await staff('LIBRARIAN'), gift(buyer.orgId, assetId, 500))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('lives as the database says', () => expect([...givenStateNames]).toEqual(Object.values(GivenDiscountState)))
})
