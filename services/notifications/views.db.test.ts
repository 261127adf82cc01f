import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHeldLicence } from '#services/testing/held-licences.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { expiriesPage, expiryMonth } from './views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const day = 86_400_000

async function aDesk() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER', name: 'Kite & Co' })
  const manager = await aPerson(ctx, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })
  const asset = await anAsset(ctx, { houseId: house.id, title: 'Harbour at dawn' })
  const ending = (days: number, more: object = {}) =>
    aHeldLicence(ctx, {
      asset,
      orgId: org.id,
      startsAt: new Date('2026-01-01'),
      endsAt: new Date(ctx.clock.now().getTime() + days * day),
      ...more,
    })
  return { ctx: asActor(ctx, manager), house, org, asset, ending }
}

describe('what ends', () => {
  test('is listed soonest first within the days that were asked for, with its counts', async () => {
    const { ctx, ending } = await aDesk()
    const [later, soon] = [await ending(25), await ending(3)]
    await ending(60)
    await ending(400)
    await ending(4, { model: 'COMP' })
    await ending(-2, { state: 'ENDED', endedBy: 'EXPIRED' })
    const { page, counts } = await expiriesPage(ctx, { within: 30, after: null })
    expect(page.items.map(({ id }) => id)).toEqual([soon.id, later.id])
    expect(counts).toEqual({ 7: 1, 30: 2, 90: 3 })
    expect(page.items[0]).toMatchObject({ title: 'Harbour at dawn', holder: 'Kite & Co', daysLeft: 3, reminders: [] })
  })

  test('says which reminder went out when, and to how many', async () => {
    const { ctx, house, ending } = await aDesk()
    const licence = await ending(5)
    for (const reader of ['a', 'b'])
      await ctx.db.mailMessage.create({
        data: {
          id: `eml_${house.id}_${reader}`,
          houseId: house.id,
          key: `ending:${licence.id}:7:usr_${reader}`,
          toAddress: 'x@people.test',
          template: 'licence-ending',
          subject: 's',
          props: {},
          createdAt: ctx.clock.now(),
          sentAt: ctx.clock.now(),
        },
      })
    expect((await expiriesPage(ctx, { within: 7, after: null })).page.items[0]?.reminders).toEqual([
      { days: 7, at: ctx.clock.now(), readers: 2 },
    ])
  })

  test('goes on over pages without losing or doubling a row', async () => {
    const { ctx, ending } = await aDesk()
    const made = await Promise.all(Array.from({ length: 53 }, (_, index) => ending(2 + (index % 3))))
    const first = await expiriesPage(ctx, { within: 7, after: null })
    const second = await expiriesPage(ctx, { within: 7, after: first.page.next })
    expect(second.page.next).toBeNull()
    expect(new Set([...first.page.items, ...second.page.items].map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)))
    expect(first.page.items.length + second.page.items.length).toBe(53)
  })

  test('stands in the month’s sheet on its last day, also when it is over', async () => {
    const { ctx, org, asset } = await aDesk()
    const until = (text: string, more: object = {}) =>
      aHeldLicence(ctx, { asset, orgId: org.id, startsAt: new Date('2026-01-01'), endsAt: new Date(text), ...more })
    // Until 30 November and until 31 December, in Berlin.
    const november = await until('2026-11-30T23:00:00Z')
    await until('2026-12-31T23:00:00Z')
    await until('2026-11-30T23:00:00Z', { model: 'COMP' })
    const over = await until('2026-11-10T23:00:00Z', { state: 'ENDED', endedBy: 'EXPIRED' })
    const sheet = await expiryMonth(ctx, null)
    expect(sheet).toMatchObject({ month: '2026-11', previous: '2026-10', next: '2026-12', today: '2026-11-21', cut: false })
    const at = (wanted: string) => sheet.weeks.flat().find(({ day: one }) => one === wanted)
    expect(at('2026-11-30')?.endings).toMatchObject([{ id: november.id, over: false }])
    expect(at('2026-11-10')?.endings).toMatchObject([{ id: over.id, over: true }])
    expect((await expiryMonth(ctx, '2026-13')).month).toBe('2026-11')
  })

  test('is the desk’s business: of its own house, and of no partner', async () => {
    const mine = await aDesk()
    const theirs = await aDesk()
    await theirs.ending(3)
    expect((await expiriesPage(mine.ctx, { within: 90, after: null })).page.items).toEqual([])
    const partner = asActor(mine.ctx, await aPerson(mine.ctx, { houseId: mine.house.id, orgId: mine.org.id, roles: ['PARTNER'] }))
    await expect(expiriesPage(partner, { within: 90, after: null })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(expiryMonth(partner, null)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
