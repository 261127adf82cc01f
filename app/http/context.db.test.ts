import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeProfile } from '#services/accounts/users.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { contextOf, personOf, staffOf } from './context.server.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

async function twoHouses() {
  const ctx = testContext(t.db)
  const [one, two] = [await aHouse(ctx), await aHouse(ctx)]
  await t.db.organisation.update({ where: { id: one.id }, data: { host: `${one.slug.replace('_', '-')}.example` } })
  await t.db.organisation.update({ where: { id: two.id }, data: { host: `${two.slug.replace('_', '-')}.example` } })
  const at = (house: { slug: string }) => ({ headers: { host: `${house.slug.replace('_', '-')}.example` } })
  return { ctx, one, two, at }
}

test('the house is the one whose name was asked; a name that nobody has is nowhere', async () => {
  const { ctx, one, two, at } = await twoHouses()
  expect((await contextOf(await asked(ctx, '/', at(one)))).actor).toEqual({ kind: 'guest', houseId: one.id })
  expect((await contextOf(await asked(ctx, '/', at(two)))).actor).toEqual({ kind: 'guest', houseId: two.id })
  await expect(contextOf(await asked(ctx, '/', { headers: { host: 'nowhere.example' } }))).rejects.toMatchObject({ code: 'not-found' })
})

test('a person of one house is a guest in the other', async () => {
  const { ctx, one, two, at } = await twoHouses()
  const as = await aPerson(ctx, { houseId: one.id, roles: ['ADMINISTRATOR'] })
  expect((await contextOf(await asked(ctx, '/', { as, ...at(one) }))).actor).toMatchObject({ kind: 'person', userId: as.userId })
  expect((await contextOf(await asked(ctx, '/', { as, ...at(two) }))).actor).toEqual({ kind: 'guest', houseId: two.id })
})

test('one request asks once, however many loaders it runs', async () => {
  const { ctx, one, at } = await twoHouses()
  const args = await asked(ctx, '/', at(one))
  expect(await contextOf(args)).toBe(await contextOf({ ...args, request: new Request(args.request) }))
})

test('guests are sent to sign in and come back; strangers of the house are refused', async () => {
  const { ctx, one, at } = await twoHouses()
  const refused = await personOf(await asked(ctx, '/orders?page=2', at(one))).catch((thrown: unknown) => thrown)
  expect((refused as Response).headers.get('location')).toBe('/sign-in?then=%2Forders%3Fpage%3D2')
  const customer = await anOrganisation(ctx, { houseId: one.id, kind: 'CUSTOMER' })
  const buyer = await aPerson(ctx, { houseId: one.id, orgId: customer.id, roles: ['CUSTOMER', 'ADMINISTRATOR'] })
  const reviewer = await aPerson(ctx, { houseId: one.id, roles: ['REVIEWER'] })
  await expect(staffOf(await asked(ctx, '/library', { as: buyer, ...at(one) }))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(staffOf(await asked(ctx, '/rights', { as: reviewer, ...at(one) }), 'RIGHTS_MANAGER')).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect((await staffOf(await asked(ctx, '/library', { as: reviewer, ...at(one) }))).actor.userId).toBe(reviewer.userId)
})

test('a person’s choice of language leads them to the German pages, and speaks on all others but the desks', async () => {
  const { ctx, one, at } = await twoHouses()
  const as = await aPerson(ctx, { houseId: one.id, roles: ['ADMINISTRATOR'] })
  await changeProfile(asActor(ctx, as), { name: as.name, language: 'de' })
  expect((await contextOf(await asked(ctx, '/account', { as, ...at(one) }))).language).toBe('de')
  expect((await contextOf(await asked(ctx, '/library', { as, ...at(one) }))).language).toBe('en')
  expect((await contextOf(await asked(ctx, '/de/search', { as, ...at(one) }))).language).toBe('de')
  const led = (await contextOf(await asked(ctx, '/search?q=sea', { as, ...at(one) })).catch((thrown: unknown) => thrown)) as Response
  expect([led.status, led.headers.get('location'), led.headers.get('vary')]).toEqual([302, '/de/search?q=sea', 'Cookie, Accept-Language'])
  // A form is answered where it was sent.
  expect((await contextOf(await asked(ctx, '/search', { as, form: {}, ...at(one) }))).language).toBe('en')
  const facts = await t.db.auditFact.findMany({ where: { subjectId: as.userId, type: 'user.language-chosen' }, select: { id: true } })
  expect(facts).toHaveLength(1)
})
