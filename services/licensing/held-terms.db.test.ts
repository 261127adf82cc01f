import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHeldLicence } from '#services/testing/held-licences.ts'
import { aShop, someUse } from '#services/testing/shop.ts'
import { heldListed, heldTerms } from './held-terms.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

test('the licence that is asked about is among those that a company holds of a picture, however many came after it; of others none is', async () => {
  const shop = await aShop(t.db)
  const [buyer, other] = [await shop.buyer(), await shop.buyer()]
  const asset = await shop.asset()
  const held = async (orgId: string) =>
    (await aHeldLicence(shop.ctx, { asset, orgId, model: 'RIGHTS_MANAGED', terms: someUse({ exclusive: false }) })).id
  const own: string[] = []
  for (let n = 0; n < heldListed + 2; n++) own.push(await held(buyer.orgId))
  const theirs = await held(other.orgId)
  const ctx = asActor(shop.ctx, buyer)
  const newest = [...own].reverse().slice(0, heldListed)
  expect((await heldTerms(ctx, own)).map(({ id }) => id)).toEqual(newest)
  expect((await heldTerms(ctx, own, own[0])).map(({ id }) => id)).toEqual([...newest, own[0]])
  expect((await heldTerms(ctx, own, newest[0])).map(({ id }) => id)).toEqual(newest)
  expect((await heldTerms(ctx, [...own, theirs], theirs)).map(({ id }) => id)).toEqual(newest)
  expect((await heldTerms(ctx, own, theirs)).map(({ id }) => id)).toEqual(newest)
})
