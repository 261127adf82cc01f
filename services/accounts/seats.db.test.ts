import { afterAll, beforeAll, expect, test } from 'vitest'
import { testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { seatNamed } from './seats.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

test('a seat in the house is found by its address; partners, ended seats and nobody are not', async () => {
  const house = await aHouse(ctx)
  const librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
  expect(await seatNamed(ctx, librarian.email)).toMatchObject({
    houseId: house.id,
    userId: librarian.userId,
    orgKind: 'OWNER',
    roles: ['LIBRARIAN'],
  })
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER' })
  const partner = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] })
  expect(await seatNamed(ctx, partner.email)).toBeNull()
  expect(await seatNamed(ctx, 'nobody@example.com')).toBeNull()
  await t.db.member.update({ where: { id: librarian.memberId }, data: { endedAt: ctx.clock.now() } })
  expect(await seatNamed(ctx, librarian.email)).toBeNull()
})
