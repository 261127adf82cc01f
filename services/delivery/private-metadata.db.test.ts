import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Role } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { keepsPrivate, privateMetadata, setPrivateMetadata } from './private-metadata.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
const as = (actor: Actor) => asActor(ctx, actor)
const staff = async (role: Role) => as(await aPerson(ctx, { houseId, roles: [role] }))
const facts = () => t.db.auditFact.count({ where: { houseId, type: 'house.private-metadata-set' } })

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
})
afterAll(() => t[Symbol.asyncDispose]())

test('private words stay in the house until an administrator says otherwise, and each change is one fact', async () => {
  const astrid = await staff('ADMINISTRATOR')
  expect(await privateMetadata(astrid)).toEqual({ keeps: false, mayChange: true })
  expect(await setPrivateMetadata(astrid, { keeps: false })).toEqual({ ok: false, error: 'already-so' })
  expect(await facts()).toBe(0)
  await t.db.organisation.update({ where: { id: houseId }, data: { settings: { retentionDays: 40 } } })
  expect(await setPrivateMetadata(astrid, { keeps: true })).toEqual({ ok: true, value: { keeps: true } })
  expect(await keepsPrivate(astrid)).toBe(true)
  expect(await t.db.organisation.findUnique({ where: { id: houseId }, select: { settings: true } })).toEqual({
    settings: { retentionDays: 40, keepsPrivateMetadata: true },
  })
  expect(await facts()).toBe(1)
})

test('two at once: one changes it, the other hears that it is so already', async () => {
  const astrid = await staff('ADMINISTRATOR')
  const before = await facts()
  const outcomes = await Promise.all([setPrivateMetadata(astrid, { keeps: false }), setPrivateMetadata(astrid, { keeps: false })])
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await facts()).toBe(before + 1)
})

test('librarians read it; partners and guests are refused; another house has its own', async () => {
  const lena = await staff('LIBRARIAN')
  expect(await privateMetadata(lena)).toEqual({ keeps: false, mayChange: false })
  await expect(setPrivateMetadata(lena, { keeps: true })).rejects.toMatchObject({ code: 'forbidden' })
  const org = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
  const partner = as(await aPerson(ctx, { houseId, orgId: org.id, roles: ['ADMINISTRATOR'] }))
  await expect(privateMetadata(partner)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(setPrivateMetadata(partner, { keeps: true })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(privateMetadata(as(aGuest(houseId)))).rejects.toMatchObject({ code: 'forbidden' })
  const other = (await aHouse(ctx)).id
  const stranger = as(await aPerson(ctx, { houseId: other, roles: ['ADMINISTRATOR'] }))
  await setPrivateMetadata(stranger, { keeps: true })
  expect(await keepsPrivate(lena)).toBe(false)
})
