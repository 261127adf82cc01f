import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#services/platform/passwords.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, aPerson } from '#services/testing/world.ts'
import { askForReset, changePassword, resetPassword, sendReset } from './passwords.ts'
import { allowances } from './rules/sign-in.ts'
import { openSession, personOfSession } from './sessions.ts'
import { signIn } from './sign-ins.ts'
import { resetPage } from './views.ts'

let t: TestDb
let passwordHash: string
beforeAll(async () => {
  t = await testDb()
  passwordHash = await hashPassword(old)
})
afterAll(() => t[Symbol.asyncDispose]())

const old = 'twelve boats in harbour'
const fresh = 'thirteen gulls on a pier'

async function jobs(identifier: string): Promise<Record<string, unknown>[]> {
  const rows = await t.db.$queryRaw<{ payload: Record<string, unknown> }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id WHERE k.identifier = ${identifier}`
  return rows.map((row) => row.payload)
}

async function somebody() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const person = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
  await t.db.user.update({ where: { id: person.userId }, data: { passwordHash } })
  const guest = asActor(ctx, aGuest(house.id))
  const link = async () => {
    await sendReset(guest, { email: person.email })
    const mails = (await jobs('notifications.mail')).filter((payload) => payload.to === person.email)
    return String((mails.at(-1)?.props as { url: string }).url).replace('https://clearmark.test/reset-password/', '')
  }
  return { ctx, house, person, guest, link }
}

test('asking does the same for every address: one job, no answer', async () => {
  const { guest, person, house } = await somebody()
  expect(await askForReset(guest, { email: person.email, ip: '10.2.0.1' })).toEqual({ ok: true, value: null })
  expect(await askForReset(guest, { email: 'nobody@nowhere.test', ip: '10.2.0.1' })).toEqual({ ok: true, value: null })
  const asked = (await jobs('accounts.send-reset')).filter((payload) => payload.houseId === house.id)
  expect(asked.map((payload) => payload.email).sort()).toEqual([person.email, 'nobody@nowhere.test'].sort())
})

test('asking is limited by address of the network', async () => {
  const { guest } = await somebody()
  await t.db.rateLimit.create({ data: { key: 'forgot:10.2.0.9', arrivalAt: new Date(guest.clock.now().getTime() + allowances.forgot.seconds * 1000) } })
  expect(await askForReset(guest, { email: 'a@b.test', ip: '10.2.0.9' })).toEqual({ ok: false, error: 'too-many', detail: { retryAfterSeconds: 180 } })
})

test('the job writes to those who have a seat here, three times an hour at most', async () => {
  const { guest, person } = await somebody()
  const elsewhere = await somebody()
  expect(await sendReset(guest, { email: 'nobody@nowhere.test' })).toEqual({ ok: true, value: { sent: false } })
  expect(await sendReset(guest, { email: elsewhere.person.email })).toEqual({ ok: true, value: { sent: false } })
  const sent = []
  for (let turn = 0; turn < 4; turn++) sent.push(await sendReset(guest, { email: person.email }))
  expect(sent.map((outcome) => outcome.ok && outcome.value.sent)).toEqual([true, true, true, false])
})

test('the link sets a new password, ends every session, lifts the lock and kills other links', async () => {
  const { guest, person, link } = await somebody()
  const first = await link()
  const second = await link()
  const { secret } = await openSession(guest, { userId: person.userId, memberId: person.memberId })
  for (let failure = 0; failure < 10; failure++) await signIn(guest, { email: person.email, password: 'wrong', ip: '10.2.1.1' })
  expect(await resetPage(guest, first)).toEqual({ state: 'open', email: person.email })
  expect(await resetPassword(guest, { token: first, password: fresh })).toEqual({ ok: true, value: { email: person.email } })
  expect(await personOfSession(guest, secret)).toBeNull()
  expect((await signIn(guest, { email: person.email, password: fresh, ip: '10.2.1.1' })).ok).toBe(true)
  expect((await resetPage(guest, second)).state).toBe('used')
  expect(await resetPassword(guest, { token: second, password: 'something else entirely' })).toEqual({ ok: false, error: 'link-used' })
})

test('of three uses of one link at once exactly one counts', async () => {
  const { guest, link } = await somebody()
  const token = await link()
  const outcomes = await Promise.all(['one', 'two', 'three'].map((word) => resetPassword(guest, { token, password: `${word} gulls on a pier` })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'link-used')).toHaveLength(2)
})

test('a link ends after an hour, refuses weak passwords, and is nothing in another house', async () => {
  const { ctx, guest, person, link } = await somebody()
  const token = await link()
  expect(await resetPassword(guest, { token, password: `${person.email}!` })).toMatchObject({ ok: false, error: 'password-weak' })
  await expect(resetPassword((await somebody()).guest, { token, password: fresh })).rejects.toMatchObject({ code: 'not-found' })
  await expect(resetPassword(guest, { token: 'nothing', password: fresh })).rejects.toMatchObject({ code: 'not-found' })
  ctx.clock.advance(3_600_000)
  expect((await resetPage(guest, token)).state).toBe('expired')
  expect(await resetPassword(guest, { token, password: fresh })).toEqual({ ok: false, error: 'link-expired' })
})

test('changing one’s own password wants the old one and signs other devices out', async () => {
  const { guest, person } = await somebody()
  const here = await openSession(guest, { userId: person.userId, memberId: person.memberId })
  const there = await openSession(guest, { userId: person.userId, memberId: person.memberId })
  const me = await personOfSession(guest, here.secret)
  if (!me) throw new Error('nobody')
  const asked = asActor(guest, me)
  expect(await changePassword(asked, { currentPassword: 'wrong', newPassword: fresh })).toEqual({ ok: false, error: 'wrong-password' })
  expect(await changePassword(asked, { currentPassword: old, newPassword: 'short' })).toMatchObject({ ok: false, error: 'password-weak' })
  expect(await changePassword(asked, { currentPassword: old, newPassword: fresh })).toEqual({ ok: true, value: { ended: 1 } })
  expect(await personOfSession(guest, there.secret)).toBeNull()
  expect(await personOfSession(guest, here.secret)).not.toBeNull()
  await t.db.rateLimit.updateMany({ where: { key: `password-change:${person.userId}` }, data: { arrivalAt: new Date(guest.clock.now().getTime() + allowances.passwordChange.seconds * 1000) } })
  expect(await changePassword(asked, { currentPassword: fresh, newPassword: old })).toMatchObject({ ok: false, error: 'too-many' })
})
