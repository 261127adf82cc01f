import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHeldLicence } from '#services/testing/held-licences.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { mailPayload, notificationJobs } from './jobs.ts'
import { sendLetter } from './mails.ts'
import { remindOfEndings } from './reminders.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const day = 86_400_000

async function aHolder() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx: TestContext = { ...base, actor: { kind: 'system', houseId: house.id, name: 'test' } }
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER' })
  const people = [
    await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] }),
    await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] }),
  ]
  const asset = await anAsset(ctx, { houseId: house.id, title: 'Harbour at dawn' })
  return { ctx, house, org, people, asset }
}

/** Runs the letters that wait for this house, as the worker would. */
async function post(ctx: TestContext): Promise<void> {
  const jobs = await ctx.db.$queryRaw<{ id: bigint; payload: unknown }[]>`
    SELECT j.id, j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id
    WHERE k.identifier = ${notificationJobs.mail} AND j.payload->>'houseId' = ${ctx.actor.houseId} ORDER BY j.id`
  for (const { id, payload } of jobs) {
    await sendLetter(ctx, mailPayload.parse(payload))
    await ctx.db.$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY[${id}]::bigint[])`
  }
}
const remind = async (ctx: TestContext) => {
  await remindOfEndings(ctx)
  await post(ctx)
}

describe('reminding of an end', () => {
  test('30, 7 and 1 days before and on the day, each once to each of the holder’s people, none after', async () => {
    const { ctx, org, people, asset } = await aHolder()
    const begin = ctx.clock.now()
    const licence = await aHeldLicence(ctx, { asset, orgId: org.id, startsAt: begin, endsAt: new Date('2027-01-31T23:00:00.000Z') })
    for (let hour = 0; hour <= 73 * 24; hour += 5) {
      ctx.clock.set(new Date(begin.getTime() + hour * 3_600_000))
      await remind(ctx)
    }
    const mine = ctx.mail.sent.filter(({ to }) => to === people[0]?.email)
    expect(mine.map(({ key }) => key)).toEqual([30, 7, 1, 0].map((days) => `ending:${licence.id}:${days}:${people[0]?.userId}`))
    expect(mine.map(({ subject }) => subject)[3]).toContain('ends today')
    expect(mine[0]?.text).toContain('31 January 2027')
    expect(mine[0]?.text).toContain(`${ctx.origin}/licences/${licence.id}`)
    expect(ctx.mail.sent).toHaveLength(8)
  })

  test('after a pause of two weeks only the most urgent one goes', async () => {
    const { ctx, org, asset } = await aHolder()
    await aHeldLicence(ctx, { asset, orgId: org.id, startsAt: ctx.clock.now(), endsAt: new Date(ctx.clock.now().getTime() + 40 * day) })
    await remind(ctx)
    expect(ctx.mail.sent).toHaveLength(0)
    ctx.clock.advance(35 * day)
    await Promise.all([remindOfEndings(ctx), remindOfEndings(ctx)])
    await post(ctx)
    expect(ctx.mail.sent.map(({ subject }) => subject)).toEqual(Array(2).fill('Your right to use “Harbour at dawn” ends in 7 days'))
  })

  test('a kit’s licences end together and give one letter', async () => {
    const { ctx, house, org, asset, people } = await aHolder()
    const endsAt = new Date(ctx.clock.now().getTime() + 20 * day)
    const kit = await ctx.db.brandKit.create({
      data: {
        id: `kit_${house.id}`,
        houseId: house.id,
        slug: 'kit',
        title: 'Northlight 2027',
        createdAt: ctx.clock.now(),
        changedAt: ctx.clock.now(),
      },
    })
    const grant = await ctx.db.kitGrant.create({
      data: {
        id: `kgr_${house.id}`,
        houseId: house.id,
        kitId: kit.id,
        orgId: org.id,
        terms: {},
        startsAt: ctx.clock.now(),
        endsAt,
        createdAt: ctx.clock.now(),
      },
    })
    const other = await anAsset(ctx, { houseId: house.id, title: 'Logo' })
    for (const one of [asset, other])
      await aHeldLicence(ctx, { asset: one, orgId: org.id, startsAt: ctx.clock.now(), endsAt, kitGrantId: grant.id })
    ctx.clock.advance(14 * day)
    await remind(ctx)
    expect(ctx.mail.sent).toHaveLength(people.length)
    expect(ctx.mail.sent[0]?.subject).toContain('Northlight 2027')
  })

  test('what is suspended, ended or without an end is not spoken of', async () => {
    const { ctx, org, asset } = await aHolder()
    const endsAt = new Date(ctx.clock.now().getTime() + 20 * day)
    await aHeldLicence(ctx, { asset, orgId: org.id, startsAt: ctx.clock.now(), endsAt, state: 'SUSPENDED' })
    await aHeldLicence(ctx, { asset, orgId: org.id, startsAt: ctx.clock.now(), endsAt: null })
    ctx.clock.advance(19 * day)
    await remind(ctx)
    expect(ctx.mail.sent).toEqual([])
  })

  test('a house reminds of its own licences only', async () => {
    const mine = await aHolder()
    const theirs = await aHolder()
    await aHeldLicence(theirs.ctx, {
      asset: theirs.asset,
      orgId: theirs.org.id,
      startsAt: new Date('2026-01-01'),
      endsAt: new Date(mine.ctx.clock.now().getTime() + 5 * day),
    })
    expect(await remindOfEndings(mine.ctx)).toEqual({ asked: 0 })
  })
})
