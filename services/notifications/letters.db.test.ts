import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitAsset, approveReview, askForChanges } from '#services/review/reviews.ts'
import { record } from '#services/compliance/record.ts'
import { runRefund } from '#services/commerce/refunds.ts'
import { settleOrder } from '#services/commerce/settle.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { inTransaction } from '#services/platform/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHeldLicence, aKit } from '#services/testing/held-licences.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { anOpenOrder, aShop, someUse } from '#services/testing/shop.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const subjects = (ctx: TestContext, to?: string): string[] =>
  ctx.mail.sent.filter((letter) => !to || letter.to === to).map(({ subject }) => subject)

async function aDesk() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx: TestContext = { ...base, actor: { kind: 'system', houseId: house.id, name: 'test' } }
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER', name: 'Kite & Co' })
  const partner = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'], name: 'Ada Meyer' })
  const colleague = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] })
  const manager = await aPerson(ctx, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })
  const state = (actor: Actor, type: string, subject: { kind: string; id: string }, data: Record<string, string> = {}) =>
    inTransaction(asActor(ctx, actor), (tx) => record(tx, { type, subject, data }))
  return { ctx, house, org, partner, colleague, manager, state }
}

describe('buying', () => {
  test('gives the buyer one receipt with the licence’s link, however often the order is settled', async () => {
    const shop = await aShop(t.db)
    const buyer = await shop.buyer()
    const asset = await shop.asset({ title: 'Harbour at dawn' })
    const { orderId, sessionId } = await anOpenOrder(shop, buyer, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() }])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    await followFacts(shop.ctx)
    await settleOrder(shop.ctx, orderId)
    await followFacts(shop.ctx)
    expect(subjects(shop.ctx, buyer.email)).toHaveLength(1)
    const licence = await t.db.licence.findFirstOrThrow({ where: { houseId: shop.houseId } })
    const [letter] = shop.ctx.mail.sent
    expect(letter?.text).toContain(`${shop.ctx.origin}/licences/${licence.id}`)
    expect(letter?.text).toContain(licence.number)
    expect(letter?.text).toContain(`${shop.ctx.origin}/invoices/`)
  })

  test('writes to each in their language: subject, scope, amounts and the house’s own reasons', async () => {
    const shop = await aShop(t.db)
    const buyer = await shop.buyer()
    await t.db.user.update({ where: { id: buyer.userId }, data: { language: 'de' } })
    const asset = await shop.asset({ title: 'Harbour at dawn' })
    const { orderId, sessionId } = await anOpenOrder(shop, buyer, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() }])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    await followFacts(shop.ctx)
    const [receipt] = shop.ctx.mail.sent
    expect(receipt?.subject).toMatch(/^Ihre Lizenz, Bestellung /)
    expect(receipt?.html).toContain('lang="de"')
    expect(receipt?.text).toContain('Deutschland')
    expect(receipt?.text).toMatch(/\d,\d\d\s€/)
    const licence = await t.db.licence.findFirstOrThrow({ where: { houseId: shop.houseId } })
    await inTransaction(shop.ctx, (tx) =>
      record(tx, { type: 'licence.revoked', subject: { kind: 'licence', id: licence.id }, data: { reason: 'The dispute dp_1 was lost.' } }),
    )
    await followFacts(shop.ctx)
    const end = shop.ctx.mail.sent.at(-1)
    expect(end?.subject).toBe('Ihr Nutzungsrecht an „Harbour at dawn“ ist beendet')
    expect(end?.text).toContain('Die Zahlung wurde erfolgreich bestritten (dp_1).')
  })

  test('writes to who has chosen no language in the one of the order', async () => {
    const shop = await aShop(t.db)
    const buyer = await shop.buyer()
    const asset = await shop.asset({ title: 'Harbour at dawn' })
    const reading: typeof shop = { ...shop, ctx: { ...shop.ctx, language: 'de' } }
    const wish = { assetId: asset.id, model: 'RIGHTS_MANAGED' as const, terms: someUse() }
    const { orderId, sessionId } = await anOpenOrder(reading, buyer, [wish])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    await followFacts(shop.ctx)
    expect(subjects(shop.ctx, buyer.email)).toEqual([expect.stringMatching(/^Ihre Lizenz, Bestellung /)])
  })

  test('tells the buyer whose rights were gone that the money goes back, and again when it has', async () => {
    const shop = await aShop(t.db)
    const [first, second] = [await shop.buyer(), await shop.buyer()]
    const asset = await shop.asset({ title: 'Harbour at dawn' })
    const order = await anOpenOrder(shop, first, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() }])
    // The session ended, its hold was released and somebody else bought the right, and then the money comes after all.
    const session = shop.ctx.payments.sessions.get(order.sessionId)
    if (!session) throw new Error('no session')
    session.now.status = 'expired'
    await settleOrder(shop.ctx, order.orderId)
    const rival = await anOpenOrder(shop, second, [{ assetId: asset.id, model: 'RIGHTS_MANAGED', terms: someUse() }])
    shop.ctx.payments.pay(rival.sessionId)
    await settleOrder(shop.ctx, rival.orderId)
    session.now.status = 'open'
    shop.ctx.payments.pay(order.sessionId)
    await settleOrder(shop.ctx, order.orderId, { sessionId: order.sessionId })
    await followFacts(shop.ctx)
    expect(subjects(shop.ctx, first.email)).toEqual([expect.stringContaining('Rights no longer available')])
    const refund = await t.db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
    await runRefund(shop.ctx, refund.id)
    await followFacts(shop.ctx)
    expect(subjects(shop.ctx, first.email)).toEqual([
      expect.stringContaining('Rights no longer available'),
      expect.stringContaining('Refund of'),
    ])
    expect(shop.ctx.mail.sent.at(-1)?.text).toContain('No licence was issued')
  })
})

describe('review', () => {
  test('tells the reviewers, then the one who submitted, with the reason', async () => {
    const { ctx, house } = await aDesk()
    const librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena' })
    const reviewer = await aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] })
    const submit = async () => {
      const asset = await anAsset(ctx, { houseId: house.id, state: 'DRAFT', title: 'Harbour at dawn', createdById: librarian.userId })
      const asked = await submitAsset(asActor(ctx, librarian), { assetId: asset.id, note: 'Colours are corrected.' })
      if (!asked.ok) throw new Error(asked.error)
      return asked.value.reviewId
    }
    await approveReview(asActor(ctx, reviewer), { reviewId: await submit(), reason: '' })
    await askForChanges(asActor(ctx, reviewer), { reviewId: await submit(), reason: 'The horizon is not level.' })
    await followFacts(ctx)
    expect(subjects(ctx, reviewer.email)).toEqual(Array(2).fill('To review: “Harbour at dawn”'))
    expect(subjects(ctx, librarian.email).sort()).toEqual(['Approved: “Harbour at dawn”', 'Changes asked: “Harbour at dawn”'])
    expect(ctx.mail.sent.find(({ subject }) => subject.startsWith('Changes'))?.text).toContain('The horizon is not level.')
  })
})

describe('requests', () => {
  test('refused: the person who asked reads the reason, nobody else does', async () => {
    const { ctx, house, org, partner, manager, state } = await aDesk()
    const asset = await anAsset(ctx, { houseId: house.id, title: 'Harbour at dawn' })
    const id = newId('req', ctx.clock.now())
    await ctx.db.grantRequest.create({
      data: {
        id,
        houseId: house.id,
        orgId: org.id,
        askedById: partner.userId,
        assetId: asset.id,
        purpose: 'Fair',
        terms: {},
        createdAt: ctx.clock.now(),
      },
    })
    await state(manager, 'request.refused', { kind: 'request', id }, { reason: 'Exclusive to another customer.' })
    await followFacts(ctx)
    expect(ctx.mail.sent).toHaveLength(1)
    expect(ctx.mail.sent[0]).toMatchObject({ to: partner.email, subject: 'Not granted: “Harbour at dawn”' })
    expect(ctx.mail.sent[0]?.text).toContain('Exclusive to another customer.')
  })
})

describe('licences and kits', () => {
  test('a licence given without a request tells the holder’s people; its end tells them again', async () => {
    const { ctx, house, org, partner, manager, state } = await aDesk()
    const asset = await anAsset(ctx, { houseId: house.id, title: 'Harbour at dawn' })
    const licence = await aHeldLicence(ctx, { asset, orgId: org.id })
    await state(manager, 'licence.issued', { kind: 'licence', id: licence.id })
    await state(manager, 'licence.revoked', { kind: 'licence', id: licence.id }, { reason: 'The photographer withdrew.' })
    await followFacts(ctx)
    expect(subjects(ctx, partner.email)).toEqual(['You may use “Harbour at dawn”', 'Your right to use “Harbour at dawn” has ended'])
    expect(ctx.mail.sent).toHaveLength(4)
    expect(ctx.mail.sent.at(-1)?.text).toContain('The photographer withdrew.')
  })

  test('a kit is one letter when it is given and one when it is taken, however many files it has', async () => {
    const { ctx, house, org, partner, manager, state } = await aDesk()
    const assets = [await anAsset(ctx, { houseId: house.id }), await anAsset(ctx, { houseId: house.id })]
    const kit = await aKit(ctx, { houseId: house.id, assets, title: 'Northlight 2027' })
    const at = ctx.clock.now()
    const grant = await ctx.db.kitGrant.create({
      data: { id: newId('kgr', at), houseId: house.id, kitId: kit.id, orgId: org.id, terms: {}, startsAt: at, createdAt: at },
    })
    const licences = await Promise.all(assets.map((asset) => aHeldLicence(ctx, { asset, orgId: org.id, kitGrantId: grant.id })))
    await state(manager, 'kit.granted', { kind: 'kit-grant', id: grant.id })
    for (const { id } of licences) await state(manager, 'licence.issued', { kind: 'licence', id })
    await ctx.db.kitGrant.update({ where: { id: grant.id }, data: { revokedAt: at } })
    for (const { id } of licences) await state(manager, 'licence.revoked', { kind: 'licence', id }, { reason: 'The contract ended.' })
    await followFacts(ctx)
    expect(subjects(ctx, partner.email)).toEqual([
      'The brand kit “Northlight 2027” is yours to use',
      'Your right to use “Northlight 2027” has ended',
    ])
  })

  test('a fact of another house leads to nothing here', async () => {
    const mine = await aDesk()
    const theirs = await aDesk()
    const asset = await anAsset(theirs.ctx, { houseId: theirs.house.id })
    const licence = await aHeldLicence(theirs.ctx, { asset, orgId: theirs.org.id })
    await mine.state(mine.manager, 'licence.issued', { kind: 'licence', id: licence.id })
    await followFacts(mine.ctx)
    expect(mine.ctx.mail.sent).toEqual([])
  })
})
