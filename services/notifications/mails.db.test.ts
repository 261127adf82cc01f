import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examples } from '#emails/examples.ts'
import { testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { fakeMail } from '#services/testing/fakes/mail.ts'
import { aHouse } from '#services/testing/world.ts'
import { notificationJobs, type MailPayload } from './jobs.ts'
import { resendLetters, sendLetter } from './mails.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

async function aPost() {
  const mail = fakeMail()
  const ctx = testContext(t.db, { mail }) as TestContext
  const house = await aHouse(ctx)
  const letter = (fields: Partial<MailPayload> = {}): MailPayload => ({
    houseId: house.id,
    template: 'licence-granted',
    key: `licence-granted:${house.id}`,
    to: 'ada@people.test',
    toUserId: null,
    props: examples['licence-granted'],
    ...fields,
  })
  return { ctx, mail, house, letter }
}
const rowOf = (ctx: TestContext, key: string) => ctx.db.mailMessage.findUniqueOrThrow({ where: { key } })

describe('a promised letter', () => {
  test('is sent, and its row says when and what', async () => {
    const { ctx, mail, letter } = await aPost()
    expect(await sendLetter(ctx, letter())).toBe('sent')
    expect(mail.sent).toMatchObject([{ to: 'ada@people.test', subject: 'You may use “Harbour at dawn”', key: letter().key }])
    expect(await rowOf(ctx, letter().key)).toMatchObject({
      sentAt: ctx.clock.now(),
      subject: 'You may use “Harbour at dawn”',
      lastError: null,
    })
  })

  test('asked for twice is one letter', async () => {
    const { ctx, mail, letter } = await aPost()
    await sendLetter(ctx, letter())
    expect(await sendLetter(ctx, letter())).toBe('sent-before')
    expect(mail.sent).toHaveLength(1)
  })

  test('asked for ten times at once is one letter', async () => {
    const { ctx, mail, letter } = await aPost()
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => sendLetter(ctx, letter())))
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(mail.sent).toHaveLength(1)
  })

  test('that the relay refused goes at the next try', async () => {
    const { ctx, mail, letter } = await aPost()
    mail.failNext()
    await expect(sendLetter(ctx, letter())).rejects.toThrow('does not answer')
    expect(await rowOf(ctx, letter().key)).toMatchObject({ sentAt: null, lastError: 'the relay does not answer' })
    expect(await sendLetter(ctx, letter())).toBe('sent')
    expect(mail.sent).toHaveLength(1)
  })

  test('whose sender died on the way is sent by the next, once his time is over', async () => {
    const { ctx, mail, letter, house } = await aPost()
    await ctx.db.mailMessage.create({
      data: {
        id: `eml_${house.id}`,
        houseId: house.id,
        key: letter().key,
        toAddress: 'ada@people.test',
        template: 'licence-granted',
        subject: 's',
        props: {},
        createdAt: ctx.clock.now(),
      },
    })
    await expect(sendLetter(ctx, letter())).rejects.toThrow('by another job')
    ctx.clock.advance(3 * 60_000)
    expect(await sendLetter(ctx, letter())).toBe('sent')
    expect(mail.sent).toHaveLength(1)
  })

  test('with a key to an account is forgotten when it has left', async () => {
    const { ctx, letter } = await aPost()
    const reset = letter({ template: 'password-reset', key: `${letter().key}:reset`, props: examples['password-reset'] })
    await sendLetter(ctx, reset)
    expect((await rowOf(ctx, reset.key)).props).toEqual({})
  })

  test('that nobody wrote, or with a hole in it, leaves no row', async () => {
    const { ctx, letter } = await aPost()
    await expect(sendLetter(ctx, letter({ template: 'love-letter' }))).rejects.toThrow('there is no letter')
    await expect(sendLetter(ctx, letter({ props: {} }))).rejects.toThrow()
    expect(await ctx.db.mailMessage.count({ where: { key: letter().key } })).toBe(0)
  })
})

test('letters that never left are asked for again', async () => {
  const { ctx, mail, letter, house } = await aPost()
  mail.failNext()
  await sendLetter(ctx, letter()).catch(() => undefined)
  ctx.clock.advance(11 * 60_000)
  expect(await resendLetters(ctx)).toBeGreaterThan(0)
  const [job] = await ctx.db.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id
    WHERE k.identifier = ${notificationJobs.mail} AND j.payload->>'houseId' = ${house.id}`
  expect(job?.n).toBe(1n)
})
