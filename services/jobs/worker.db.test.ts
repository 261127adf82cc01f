import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { record } from '#services/compliance/record.ts'
import type { Role } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { inTransaction } from '#services/platform/db.ts'
import { enqueue } from '#services/platform/queue.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { fakeMail } from '#services/testing/fakes/mail.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { answerFailedJob } from './failed-jobs.ts'
import { failedJobsPage } from './views.ts'
import { startWorker } from './worker.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const until = async <T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> => {
  for (let n = 0; n < 300; n++) {
    const seen = await look()
    if (seen) return seen
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error('it never came')
}

async function aWorkshop() {
  const mail = fakeMail()
  const base = testContext(t.db, { mail }) as TestContext
  const house = await aHouse(base)
  const ctx: TestContext = { ...base, actor: { kind: 'system', houseId: house.id, name: 'test' } }
  const staff = (roles: Role[]) => aPerson(ctx, { houseId: house.id, roles })
  return { ctx, mail, house, staff, shop: { context: ctx } }
}
/** A job that has used up its attempts. */
async function aDeadJob(ctx: TestContext, houseId = ctx.actor.houseId): Promise<string> {
  await enqueue(
    ctx,
    'notifications.mail',
    { houseId, template: 'love-letter', key: newId('key', ctx.clock.now()), to: 'a@people.test', props: {} },
    { maxAttempts: 1 },
  )
  const [job] = await ctx.db.$queryRaw<{ id: bigint }[]>`
    UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = ${'there is no letter\n    at line 7'}
    WHERE id = (SELECT max(id) FROM graphile_worker._private_jobs) RETURNING id`
  return String(job?.id)
}

describe('the worker', () => {
  test('turns a fact into a letter, and a fact of nobody’s interest into nothing', async () => {
    const { ctx, mail, house, staff, shop } = await aWorkshop()
    const manager = await staff(['RIGHTS_MANAGER'])
    await staff(['LIBRARIAN'])
    const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER', name: 'Kite & Co' })
    const partner = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'], name: 'Ada Meyer' })
    const asset = await anAsset(ctx, { houseId: house.id, title: 'Harbour at dawn' })
    const requestId = newId('req', ctx.clock.now())
    await inTransaction(asActor(ctx, partner), async (tx) => {
      await tx.db.grantRequest.create({
        data: {
          id: requestId,
          houseId: house.id,
          orgId: org.id,
          askedById: partner.userId,
          assetId: asset.id,
          purpose: 'Spring fair',
          terms: {},
          createdAt: ctx.clock.now(),
        },
      })
      await record(tx, { type: 'nothing.follows', subject: { kind: 'request', id: requestId } })
      await record(tx, { type: 'request.asked', subject: { kind: 'request', id: requestId } })
    })
    const worker = await startWorker({ house: shop, url: t.url, concurrency: 2, withTimetable: false })
    try {
      const letter = await until(() => mail.sent[0])
      expect(letter).toMatchObject({ to: manager.email, subject: 'Ada Meyer (Kite & Co) asks for “Harbour at dawn”' })
      expect(letter.text).toContain(`${ctx.origin}/rights/requests/${requestId}`)
      await until(async () => (await ctx.db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker.jobs WHERE last_error IS NULL`).length === 0)
      expect(mail.sent).toHaveLength(1)
    } finally {
      await worker.stop()
    }
  })

  test('tries a letter again that the relay refused, and gives up on one that nobody wrote', async () => {
    const { ctx, mail, house, staff, shop } = await aWorkshop()
    const administrator = await staff(['ADMINISTRATOR'])
    mail.failNext()
    const props = { name: 'Ada', orgName: 'Kite & Co', url: 'https://brand.example/x' }
    await enqueue(ctx, 'notifications.mail', {
      houseId: house.id,
      template: 'welcome',
      key: `welcome:${house.id}`,
      to: 'ada@people.test',
      props,
    })
    await enqueue(
      ctx,
      'notifications.mail',
      { houseId: house.id, template: 'love-letter', key: `love:${house.id}`, to: 'ada@people.test', props },
      { maxAttempts: 1 },
    )
    const worker = await startWorker({ house: shop, url: t.url, concurrency: 2, withTimetable: false })
    try {
      await until(() => mail.sent.length === 1)
      const { jobs } = await until(async () => {
        const page = await failedJobsPage(asActor(ctx, administrator))
        return page.jobs.length > 0 && page
      })
      expect(jobs).toMatchObject([
        { name: 'notifications.mail', isDead: true, lastError: 'there is no letter "love-letter"', about: { template: 'love-letter' } },
      ])
    } finally {
      await worker.stop()
    }
  })
})

describe('failed jobs', () => {
  test('are shown by their ids and first words, never by the letter in them', async () => {
    const { ctx, staff } = await aWorkshop()
    await aDeadJob(ctx)
    const { jobs } = await failedJobsPage(asActor(ctx, await staff(['ADMINISTRATOR'])))
    expect(jobs[0]).toMatchObject({ lastError: 'there is no letter', isDead: true, nextAt: null })
    expect(Object.keys(jobs[0]?.about ?? {})).not.toContain('to')
  })

  test('are retried from the first attempt', async () => {
    const { ctx, staff } = await aWorkshop()
    const jobId = await aDeadJob(ctx)
    expect(await answerFailedJob(asActor(ctx, await staff(['ADMINISTRATOR'])), { jobId, verb: 'retry' })).toEqual({
      ok: true,
      value: { name: 'notifications.mail' },
    })
    const [job] = await ctx.db.$queryRaw<{ attempts: number }[]>`SELECT attempts FROM graphile_worker.jobs WHERE id = ${BigInt(jobId)}`
    expect(job?.attempts).toBe(0)
    expect(await ctx.db.auditFact.count({ where: { houseId: ctx.actor.houseId, type: 'job.retried' } })).toBe(1)
  })

  test('are dropped once, by one of two who press at once', async () => {
    const { ctx, staff } = await aWorkshop()
    const jobId = await aDeadJob(ctx)
    const admin = asActor(ctx, await staff(['ADMINISTRATOR']))
    const outcomes = await Promise.all([answerFailedJob(admin, { jobId, verb: 'drop' }), answerFailedJob(admin, { jobId, verb: 'drop' })])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: 'not-failed' })
    expect(await ctx.db.auditFact.count({ where: { houseId: ctx.actor.houseId, type: 'job.dropped' } })).toBe(1)
  })

  test('belong to their house and to its administrators', async () => {
    const mine = await aWorkshop()
    const theirs = await aWorkshop()
    const jobId = await aDeadJob(theirs.ctx)
    const admin = asActor(mine.ctx, await mine.staff(['ADMINISTRATOR']))
    expect((await failedJobsPage(admin)).jobs.map(({ id }) => id)).not.toContain(jobId)
    expect(await answerFailedJob(admin, { jobId, verb: 'drop' })).toEqual({ ok: false, error: 'not-failed' })
    const librarian = asActor(mine.ctx, await mine.staff(['LIBRARIAN']))
    await expect(failedJobsPage(librarian)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(answerFailedJob(librarian, { jobId, verb: 'drop' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
