import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addToCart } from '#services/commerce/carts.ts'
import { cartPage } from '#services/commerce/cart-view.ts'
import { cancelCheckout } from '#services/commerce/checkout.ts'
import { settleOrder } from '#services/commerce/settle.ts'
import type { Person } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { quoteUse } from '#services/licensing/quotes.ts'
import { reinstateLicence, revokeLicence, suspendLicence } from '#services/licensing/standing.ts'
import { answerWaits, leaveLine, mostWaits, myWaits, waitForScope } from '#services/licensing/waits.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { groupTwins, leaveGroup } from '#services/rights/twins.ts'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { aGuest } from '#services/testing/world.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

/** Somebody is at the till with a use; others would like it too. */
async function atTheTill(terms: ScopeTerms = someUse()) {
  const shop = await aShop(t.db)
  const [first, second, third] = [await shop.buyer(), await shop.buyer(), await shop.buyer()]
  const asset = await shop.asset({ title: 'Harbour at dawn' })
  const order = await anOpenOrder(shop, first, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms }])
  const wish = (stated = someUse()) => ({ assetId: asset.id, model: 'RIGHTS_MANAGED' as const, terms: stated })
  const wait = (who: Person, stated?: ScopeTerms) => waitForScope(asActor(shop.ctx, who), wish(stated))
  const line = async (who: Person) => {
    const quote = await quoteUse(asActor(shop.ctx, who), wish())
    return quote.ok ? quote.value.line : quote.error
  }
  return { shop, first, second, third, asset, order, wish, wait, line }
}
const letters = (shop: Shop, to: Person) => shop.ctx.mail.sent.filter((letter) => letter.to === to.email).map(({ subject }) => subject)

describe('a wish that somebody is at the till with', () => {
  test('says so to others without a name, and to the buyer as their own', async () => {
    const { shop, first, second, order, wish, line } = await atTheTill()
    expect(await line(second)).toEqual({ kind: 'held', waitId: null })
    expect(await line(first)).toEqual({ kind: 'own', orderId: order.orderId })
    const guest = await quoteUse(asActor(shop.ctx, aGuest(shop.houseId)), wish())
    expect(guest.ok && guest.value.line).toEqual({ kind: 'held', waitId: null })
    expect(JSON.stringify(guest, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(first.orgId)
    const elsewhere = await quoteUse(asActor(shop.ctx, second), wish(someUse({ territory: { include: ['FR'] } })))
    expect(elsewhere.ok && [elsewhere.value.sellable, elsewhere.value.line]).toEqual([true, null])
  })

  test('is waited for once by each person, and left again', async () => {
    const { shop, second, third, wait, line } = await atTheTill()
    const [a, b] = await Promise.all([wait(second), wait(second)])
    expect([a, b].map((one) => (one.ok ? 'in line' : one.error)).sort()).toEqual(['already-waiting', 'in line'])
    expect((await wait(third)).ok).toBe(true)
    const waitId = (a.ok ? a : b.ok ? b : null)?.value.waitId ?? ''
    expect(await line(second)).toEqual({ kind: 'held', waitId })
    expect(await myWaits(asActor(shop.ctx, second))).toMatchObject([{ id: waitId, asset: { title: 'Harbour at dawn' }, outcome: null }])

    await expect(leaveLine(asActor(shop.ctx, third), { waitId })).rejects.toMatchObject({ code: 'not-found' })
    const left = await Promise.all([leaveLine(asActor(shop.ctx, second), { waitId }), leaveLine(asActor(shop.ctx, second), { waitId })])
    expect(left.map((one) => (one.ok ? 'left' : one.error)).sort()).toEqual(['already-ended', 'left'])
    expect(await myWaits(asActor(shop.ctx, second))).toEqual([])
  })

  test('is not waited for where waiting does not help', async () => {
    const { shop, first, second, asset, order, wait } = await atTheTill()
    expect(await wait(first)).toMatchObject({ ok: false, error: 'own-hold', detail: { orderId: order.orderId } })
    expect(await wait(second, someUse({ territory: { include: ['FR'] } }))).toMatchObject({ ok: false, error: 'free-now' })
    await expect(wait(await shop.staff('RIGHTS_MANAGER'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      waitForScope(asActor(shop.ctx, aGuest(shop.houseId)), { assetId: asset.id, model: 'RIGHTS_MANAGED' }),
    ).rejects.toMatchObject({ code: 'signed-out' })
    const other = await aShop(t.db, shop)
    await expect(
      waitForScope(asActor(other.ctx, await other.buyer()), { assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() }),
    ).rejects.toMatchObject({ code: 'not-found' })

    const at = shop.ctx.clock.now()
    await t.db.rightsWait.createMany({
      data: Array.from({ length: mostWaits }, () => ({
        id: newId('wai', at),
        houseId: shop.houseId,
        orgId: second.orgId,
        userId: second.userId,
        assetId: 'ast_other',
        assetNo: 0n - BigInt(Math.floor(Math.random() * 1e12)),
        terms: {},
        createdAt: at,
      })),
    })
    expect(await wait(second)).toMatchObject({ ok: false, error: 'too-many-waits' })
    await t.db.rightsWait.deleteMany({ where: { userId: second.userId } })

    shop.ctx.payments.pay(order.sessionId)
    await settleOrder(shop.ctx, order.orderId)
    expect(await wait(second)).toMatchObject({ ok: false, error: 'taken' })
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    expect(await wait(second)).toMatchObject({ ok: false, error: 'not-for-sale' })
  })
})

describe('those in line', () => {
  test('are told once when it is free again, the first in line first, with their own use in the link', async () => {
    const { shop, first, second, third, order, wait, wish } = await atTheTill()
    await wait(second)
    shop.ctx.clock.set(new Date(shop.ctx.clock.now().getTime() + 60_000))
    await wait(third, someUse({ territory: { include: ['DACH'] } }))
    expect((await cancelCheckout(asActor(shop.ctx, first), order.orderId)).ok).toBe(true)
    await followFacts(shop.ctx)
    await followFacts(shop.ctx)
    const told = shop.ctx.mail.sent.filter(({ subject }) => subject.startsWith('Free again'))
    expect(told.map(({ to }) => to)).toEqual([second.email, third.email])
    expect(told[1]?.text).toContain('territory=DACH')
    expect(told[0]?.text).toContain('whoever pays first')
    expect(told.map(({ text }) => text).join()).not.toContain(first.name)
    expect(await myWaits(asActor(shop.ctx, second))).toMatchObject([{ outcome: 'free' }])

    // Free is free: it can be bought, and the answer is not given again.
    const quote = await quoteUse(asActor(shop.ctx, second), wish())
    expect(quote.ok && quote.value.sellable).toBe(true)
    const licence = await t.db.licence.findFirstOrThrow({ where: { houseId: shop.houseId } })
    await Promise.all([answerWaits(shop.ctx, licence.id), answerWaits(shop.ctx, licence.id)])
    await followFacts(shop.ctx)
    expect(letters(shop, second)).toHaveLength(1)
  })

  test('are told that it is gone when it is sold, and only those who can no longer have it', async () => {
    const { shop, second, third, order, wait, wish } = await atTheTill()
    await wait(second)
    // Third wishes for more, of which something else is held as well: its wait goes on with neither answer.
    const other = await anOpenOrder(shop, await shop.buyer(), [wish(someUse({ territory: { include: ['JP'] } }))])
    await wait(third, someUse({ territory: { include: ['JP'] } }))
    shop.ctx.payments.pay(order.sessionId)
    await settleOrder(shop.ctx, order.orderId)
    await followFacts(shop.ctx)
    expect(letters(shop, second)).toEqual(['Gone: “Harbour at dawn”'])
    expect(letters(shop, third)).toEqual([])
    expect(await myWaits(asActor(shop.ctx, third))).toMatchObject([{ outcome: null }])
    expect(other.orderId).toBeTruthy()
  })

  test('because of a twin are told when the two part', async () => {
    const { shop, second, asset, wait, wish } = await atTheTill()
    const twin = await shop.asset({ title: 'Harbour at dusk' })
    const desk = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
    const alone = someUse({ exclusive: true })
    const waitFor = (assetId: string) => waitForScope(asActor(shop.ctx, second), { ...wish(alone), assetId })
    expect((await groupTwins(desk, { assetIds: [asset.id, twin.id], name: 'Harbour', why: 'One shoot' })).ok).toBe(true)
    expect([(await waitFor(twin.id)).ok, (await wait(second, alone)).ok]).toEqual([true, true])
    const member = await t.db.exclusivityMember.findFirstOrThrow({ where: { assetId: twin.id } })
    expect((await leaveGroup(desk, { memberId: member.id, reason: 'Another day' })).ok).toBe(true)
    await followFacts(shop.ctx)
    expect(letters(shop, second)).toEqual(['Free again: “Harbour at dusk”'])
  })

  test('for a picture that left the store meanwhile are told that it is gone', async () => {
    const { shop, first, second, asset, order, wait } = await atTheTill()
    await wait(second)
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    await cancelCheckout(asActor(shop.ctx, first), order.orderId)
    await followFacts(shop.ctx)
    expect(letters(shop, second)).toEqual(['Gone: “Harbour at dawn”'])
  })

  test('of wishes whose days are over are told nothing', async () => {
    const { shop, first, second, order, wait } = await atTheTill(someUse({ from: '2026-11-22', until: '2026-11-23' }))
    await wait(second, someUse({ from: '2026-11-22', until: '2026-11-23' }))
    shop.ctx.clock.set(new Date('2026-12-05T09:00:00Z'))
    await cancelCheckout(asActor(shop.ctx, first), order.orderId)
    await followFacts(shop.ctx)
    expect(letters(shop, second)).toEqual([])
    expect(await t.db.rightsWait.findFirst({ where: { userId: second.userId } })).toMatchObject({ outcome: 'left', toldAt: null })
  })
})

describe('a wish to widen a licence that one holds', () => {
  /** Second holds Germany and wishes for more; first is at the till with what is in its way. */
  async function second(wider: ScopeTerms, inTheWay: ScopeTerms) {
    const shop = await aShop(t.db)
    const [first, holder] = [await shop.buyer(), await shop.buyer()]
    const asset = await shop.asset({ title: 'Harbour at dawn' })
    const ctx = asActor(shop.ctx, holder)
    const own = await anOpenOrder(shop, holder, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: plain() }])
    shop.ctx.payments.pay(own.sessionId)
    await settleOrder(shop.ctx, own.orderId)
    const licence = await t.db.licence.findFirstOrThrow({ where: { holderOrgId: holder.orgId } })
    const order = await anOpenOrder(shop, first, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: inTheWay }])
    await followFacts(shop.ctx)
    const whole = { assetId: asset.id, model: 'RIGHTS_MANAGED' as const, terms: wider }
    const wish = { ...whole, upgradesLicenceId: licence.id }
    const line = async (asked: typeof whole) => {
      const quote = await quoteUse(ctx, asked)
      return quote.ok ? quote.value.line : quote.error
    }
    const leave = async () => {
      expect((await cancelCheckout(asActor(shop.ctx, first), order.orderId)).ok).toBe(true)
      await followFacts(shop.ctx)
    }
    const told = () => shop.ctx.mail.sent.filter(({ to, subject }) => to === holder.email && subject.includes('Harbour')).slice(-1)[0]
    return { shop, first, holder, ctx, asset, licence, order, whole, wish, line, leave, told }
  }
  const plain = (fields: Partial<ScopeTerms> = {}) => someUse({ exclusive: false, from: '2026-11-21', until: '2027-11-20', ...fields })
  const austria = someUse({ territory: { include: ['AT'] } })
  const wide = plain({ territory: { include: ['DACH'] } })

  test('is waited for as that, beside the same use as a licence of its own', async () => {
    const { shop, ctx, licence, whole, wish, line } = await second(wide, austria)
    const both = await Promise.all([waitForScope(ctx, wish), waitForScope(ctx, wish)])
    expect(both.map((one) => (one.ok ? 'in line' : one.error)).sort()).toEqual(['already-waiting', 'in line'])
    const waitId = both.flatMap((one) => (one.ok ? one.value.waitId : []))[0]
    expect(await line(wish)).toEqual({ kind: 'held', waitId })
    expect(await line(whole)).toEqual({ kind: 'held', waitId: null })
    shop.ctx.clock.set(new Date(shop.ctx.clock.now().getTime() + 60_000))
    expect((await waitForScope(ctx, whole)).ok).toBe(true)
    expect(await myWaits(ctx)).toMatchObject([
      { widens: null, to: expect.not.stringContaining('widen') as string },
      { id: waitId, widens: { id: licence.id, number: licence.number }, to: expect.stringContaining(`&widen=${licence.id}`) as string },
    ])
    // Another company's licence is nobody's to widen, in line or not.
    expect(await waitForScope(asActor(shop.ctx, await shop.buyer()), wish)).toMatchObject({ ok: false, error: 'cannot-widen' })
    // A widening begins on the day on which it is asked for: tomorrow it is the same wish.
    shop.ctx.clock.set(new Date(shop.ctx.clock.now().getTime() + 86_400_000))
    expect(await line(wish)).toEqual({ kind: 'held', waitId })
    expect(await waitForScope(ctx, wish)).toMatchObject({ ok: false, error: 'already-waiting' })
  })

  test('is offered at its difference when the place comes up', async () => {
    const { ctx, licence, wish, whole, leave, told } = await second(wide, austria)
    await waitForScope(ctx, wish)
    await leave()
    expect(told()?.subject).toBe('Free again: “Harbour at dawn”')
    expect(told()?.text).toContain(`widen=${licence.id}`)
    expect(told()?.text).toContain(`It widens your licence ${licence.number}: only the difference is to be paid.`)
    expect((await addToCart(ctx, null, wish)).ok).toBe(true)
    const cart = await cartPage(ctx, null)
    const alone = await quoteUse(ctx, whole)
    if (!alone.ok) throw new Error(alone.error)
    const { credit } = cart.lines[0]?.widens ?? { credit: null }
    expect(credit?.minor).toBeGreaterThan(0n)
    expect(cart.lines[0]?.price?.minor).toBe(alone.value.total.minor - (credit?.minor ?? 0n))
  })

  test('is not kept waiting, nor called gone, by the very licence that it widens', async () => {
    const alone = plain({ territory: { include: ['DACH'] }, exclusive: true })
    const { ctx, wish, line, leave, told } = await second(alone, plain({ territory: { include: ['AT'] } }))
    expect(await line(wish)).toEqual({ kind: 'held', waitId: null })
    expect((await waitForScope(ctx, wish)).ok).toBe(true)
    await leave()
    expect(told()?.subject).toBe('Free again: “Harbour at dawn”')
  })

  test('is over when the licence has ended, and says so', async () => {
    const { shop, ctx, licence, wish, told } = await second(wide, austria)
    await waitForScope(ctx, wish)
    const desk = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
    expect((await revokeLicence(desk, { licenceId: licence.id, reason: 'The release was withdrawn.' })).ok).toBe(true)
    await followFacts(shop.ctx)
    const letter = shop.ctx.mail.sent.find(({ subject }) => subject.startsWith('Gone'))
    expect(letter?.text).toContain(licence.number)
    expect(letter?.text).toContain('is no longer in force')
    expect(letter?.text).not.toContain('widen=')
    expect(told()).toBeTruthy()
  })

  test('waits on while the licence stands still, and is answered when it runs again', async () => {
    const { shop, ctx, licence, wish, leave } = await second(wide, austria)
    await waitForScope(ctx, wish)
    const desk = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
    expect((await suspendLicence(desk, { licenceId: licence.id, reason: 'Under review.' })).ok).toBe(true)
    await leave()
    expect(await myWaits(ctx)).toMatchObject([{ outcome: null }])
    expect((await reinstateLicence(desk, { licenceId: licence.id, reason: 'All clear.' })).ok).toBe(true)
    await followFacts(shop.ctx)
    expect(await myWaits(ctx)).toMatchObject([{ outcome: 'free' }])
  })
})
