import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#services/platform/passwords.ts'
import { testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { action, loader } from './routes/access/sign-in.tsx'
import { action as signOut } from './routes/access/sign-out.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

const password = 'twelve boats in harbour'

async function aDoor() {
  const ctx = testContext(t.db)
  const house = (await t.db.organisation.findFirst({ where: { kind: 'OWNER' } })) ?? (await aHouse(ctx))
  const customer = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
  const person = await aPerson(ctx, { houseId: house.id, orgId: customer.id, roles: ['CUSTOMER'] })
  await t.db.user.update({ where: { id: person.userId }, data: { passwordHash: await hashPassword(password) } })
  const send = async (form: Record<string, string>) => {
    try {
      return await action((await asked(ctx, '/sign-in', { form: { email: person.email, ...form } })) as never)
    } catch (thrown) {
      return thrown as Response
    }
  }
  return { ctx, person, send }
}

test('the cookie is for this host only, out of reach of scripts, and opens the session', async () => {
  const { ctx, send } = await aDoor()
  const response = (await send({ password })) as Response
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/licences')
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^__Host-clearmark=[0-9a-z]{32};/)
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute)
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  const inside = await Promise.resolve(loader((await asked(ctx, '/sign-in', { headers })) as never)).catch((thrown: unknown) => thrown)
  expect((inside as Response).headers.get('location')).toBe('/licences')
  const out = await signOut((await asked(ctx, '/sign-out', { form: {}, headers })) as never)
  expect(out.headers.get('set-cookie')).toMatch(/^__Host-clearmark=;.*Max-Age=0/)
  expect(await loader((await asked(ctx, '/sign-in', { headers })) as never)).toMatchObject({ then: '' })
})

test('afterwards one goes where one wanted to, but never off the house', async () => {
  const { send } = await aDoor()
  expect(((await send({ password, then: '/orders?page=2' })) as Response).headers.get('location')).toBe('/orders?page=2')
  expect(((await send({ password, then: '//evil.example' })) as Response).headers.get('location')).toBe('/licences')
})

test('what is wrong comes back as a form, without the password', async () => {
  const { send } = await aDoor()
  const answer = await send({ password: 'not this one' })
  expect(answer).toMatchObject({ init: { status: 400 }, data: { error: { '': [expect.stringContaining('do not match')] } } })
  expect(JSON.stringify(answer)).not.toContain('not this one')
  for (let failure = 0; failure < 9; failure++) await send({ password: 'not this one' })
  expect(await send({ password })).toMatchObject({
    init: { status: 429 },
    data: { error: { '': [expect.stringContaining('locked for 60 seconds')] } },
  })
})
