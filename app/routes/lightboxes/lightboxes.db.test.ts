import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBox } from '#services/lightboxes/lightboxes.ts'
import { makeLink } from '#services/lightboxes/sharing.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aGuest, aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import type { Person } from '#services/kernel/actor.ts'
import { loader as boxLoader } from './box.tsx'
import { action as change } from './change.ts'
import { action as makeBox } from './index.tsx'
import { action as items } from './items.ts'
import { loader as linkLoader } from './link.tsx'

let t: TestDb
let ctx: TestContext
let clara: Person
let boxId: string
let secret: string

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const { id: houseId } = await aHouse(base)
  ctx = asActor(base, aGuest(houseId))
  const { id: orgId } = await anOrganisation(base, { houseId, kind: 'CUSTOMER' })
  clara = await aPerson(base, { houseId, orgId, roles: ['CUSTOMER'] })
  const made = await createBox(asActor(base, clara), null, { name: 'Spring', note: '' })
  if (!made.ok) throw new Error(made.error)
  boxId = made.value.boxId
  const link = await makeLink(asActor(base, clara), boxId, { right: 'COMMENT', label: '' })
  if (!link.ok) throw new Error(link.error)
  secret = link.value.secret
})
afterAll(() => t[Symbol.asyncDispose]())

const cursor = (text: string) => Buffer.from(text).toString('base64url')
const hostile = [
  "'; DROP TABLE lightboxes; --",
  '<script>alert(1)</script>',
  '-1',
  '1e309',
  '7000000000000000',
  '999999999999999',
  '-8000000000000000',
  cursor('999999999999999:lbc_x'),
  cursor('0:lbc_x'),
  'x'.repeat(5_000),
]

test('what is hostile in an address is only words', async () => {
  for (const name of ['page', 'after', 'about', 'undo', 'ask', 'toString'])
    for (const text of hostile) {
      const search = new URLSearchParams({ [name]: text })
      await boxLoader((await asked(ctx, `/lightboxes/${boxId}?${search}`, { as: clara, params: { boxId } })) as never)
      await linkLoader((await asked(ctx, `/l/${secret}?${search}`, { params: { secret } })) as never)
    }
  for (const at of hostile) {
    const form = { verb: 'back', at }
    const answer = items((await asked(ctx, `/lightboxes/${boxId}/items`, { as: clara, params: { boxId }, form })) as never)
    await answer.catch((error: { code?: string }) => expect(error.code).toBe('malformed'))
  }
})

test('guests’ boxes, new ones and copies, are counted by where they come from', async () => {
  const first = await makeBox((await asked(ctx, '/lightboxes', { form: { name: 'Mine', note: '' } })) as never)
  const cookie = (first as Response).headers.get('set-cookie')?.split(';')[0] ?? ''
  const own = (first as Response).headers.get('location')?.split('/').at(-1) ?? ''
  const copy = async () =>
    change(
      (await asked(ctx, `/lightboxes/${own}/change`, {
        params: { boxId: own },
        form: { verb: 'duplicate' },
        headers: { cookie },
      })) as never,
    )
  expect((await copy()).status).toBe(303)
  const refused = await Promise.allSettled(
    Array.from({ length: 30 }, async () => makeBox((await asked(ctx, '/lightboxes', { form: { name: 'Mine', note: '' } })) as never)),
  )
  const last = refused.filter((one) => one.status === 'rejected')
  expect(last.length).toBeGreaterThan(0)
  expect(last[0]?.reason).toMatchObject({ code: 'too-many' })
  await expect(copy()).rejects.toMatchObject({ code: 'too-many' })
})

test('a link opens nothing once its maker’s account is closed', async () => {
  const look = async () => linkLoader((await asked(ctx, `/l/${secret}`, { params: { secret } })) as never)
  expect(await look()).toMatchObject({ locked: false })
  await t.db.user.update({ where: { id: clara.userId }, data: { closedAt: ctx.clock.now() } })
  await expect(look()).rejects.toMatchObject({ code: 'not-found' })
})
