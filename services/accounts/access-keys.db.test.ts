import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { asActor, testContext, testNow, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { accessKeysPage, actorOfKey, createAccessKey, openWithKey, revokeAccessKey } from './access-keys.ts'
import { addMember, endMembership } from './members.ts'
import { closeOrganisation, reopenOrganisation } from './organisations.ts'
import { keyAllowances, mostKeys } from './rules/access-keys.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

const day = 86_400_000
let networks = 0

async function aKeyholder() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
  const person = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['CUSTOMER'] })
  const admin = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['ADMINISTRATOR', 'CUSTOMER'] })
  const keeper = await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] })
  const guest = asActor(ctx, aGuest(house.id))
  const ip = `198.51.100.${++networks}`
  const open = (secret: string, scope: 'clearance' | 'calendar' = 'clearance') => openWithKey(guest, { secret, scope, ip })
  return { ctx, house, org, person, admin, keeper, guest, ip, open }
}
async function made(ctx: TestContext, person: Person, fields: { expiresAt?: Date; scopes?: ('clearance' | 'calendar')[] } = {}) {
  const outcome = await createAccessKey(asActor(ctx, person), { name: 'Media plan', scopes: ['clearance'], expiresAt: null, ...fields })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}

describe('a key', () => {
  test('speaks for its person, and only its hash is kept', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { id, secret } = await made(ctx, person)
    expect(secret).toMatch(/^cmk_[0-9a-z]{32}$/)
    const outcome = await open(secret)
    expect(outcome).toMatchObject({
      ok: true,
      value: { keyId: id, person: { kind: 'person', userId: person.userId, orgId: person.orgId, roles: ['CUSTOMER'] } },
    })
    const row = await t.db.accessKey.findUniqueOrThrow({ where: { id } })
    expect(row.secretSha256).toBe(sha256(secret))
    expect(JSON.stringify(row)).not.toContain(secret)
    const facts = await t.db.auditFact.findMany({ where: { subjectId: id } })
    expect(facts.map(({ type }) => type)).toEqual(['access-key.made'])
    expect(facts[0]?.body).not.toContain(secret)
  })

  test('that is wrong, or no key at all, opens nothing', async () => {
    const { ctx, person, open } = await aKeyholder()
    await made(ctx, person)
    for (const secret of [`cmk_${'0'.repeat(32)}`, '', 'cmk_', "' OR true --"])
      expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })

  test('opens its scopes only', async () => {
    const { ctx, person, open, guest, ip } = await aKeyholder()
    const { secret } = await made(ctx, person)
    expect(await open(secret, 'calendar')).toMatchObject({ ok: false, error: 'scope-missing' })
    expect(await actorOfKey(guest, secret, 'calendar', ip)).toBeUndefined()
    expect((await actorOfKey(guest, secret, 'clearance', ip))?.userId).toBe(person.userId)
  })

  test('opens nothing in another house', async () => {
    const { ctx, person } = await aKeyholder()
    const other = await aKeyholder()
    const { secret } = await made(ctx, person)
    expect(await other.open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })

  test('ends at its instant', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { secret } = await made(ctx, person, { expiresAt: new Date(testNow.getTime() + day) })
    ctx.clock.set(new Date(testNow.getTime() + day - 1))
    expect((await open(secret)).ok).toBe(true)
    ctx.clock.advance(1)
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })

  test('is not made for a time that has passed', async () => {
    const { ctx, person } = await aKeyholder()
    expect(await createAccessKey(asActor(ctx, person), { name: 'Late', scopes: ['clearance'], expiresAt: testNow })).toEqual({
      ok: false,
      error: 'ends-already',
    })
  })

  test('is not made by a guest', async () => {
    const { guest } = await aKeyholder()
    await expect(createAccessKey(guest, { name: 'Guest', scopes: ['clearance'], expiresAt: null })).rejects.toMatchObject({
      code: 'signed-out',
    })
    await expect(accessKeysPage(guest)).rejects.toMatchObject({ code: 'signed-out' })
    await expect(revokeAccessKey(guest, { keyId: 'key_x' })).rejects.toMatchObject({ code: 'signed-out' })
  })

  test('says when it was last used, to the minute', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { id, secret } = await made(ctx, person)
    const lastUsed = async () => (await t.db.accessKey.findUniqueOrThrow({ where: { id } })).lastUsedAt
    expect(await lastUsed()).toBeNull()
    await open(secret)
    ctx.clock.advance(59_000)
    await open(secret)
    expect(await lastUsed()).toEqual(testNow)
    ctx.clock.advance(1_000)
    await open(secret)
    expect(await lastUsed()).toEqual(new Date(testNow.getTime() + 60_000))
  })
})

describe('a key ends', () => {
  test('when it is revoked, and once', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { id, secret } = await made(ctx, person)
    const outcomes = await Promise.all([1, 2].map(() => revokeAccessKey(asActor(ctx, person), { keyId: id })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'already-revoked' })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
    expect(await t.db.auditFact.count({ where: { subjectId: id, type: 'access-key.revoked' } })).toBe(1)
  })

  test('with the seat, and does not come back with it', async () => {
    const { ctx, person, admin, org, open } = await aKeyholder()
    const { secret } = await made(ctx, person)
    await endMembership(asActor(ctx, admin), { memberId: person.memberId })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
    await expect(createAccessKey(asActor(ctx, person), { name: 'Late', scopes: ['clearance'], expiresAt: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await addMember(asActor(ctx, admin), { orgId: org.id, userId: person.userId, roles: ['CUSTOMER'] })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })

  test('with the organisation, and does not come back with it', async () => {
    const { ctx, person, keeper, org, open } = await aKeyholder()
    const { secret } = await made(ctx, person)
    await closeOrganisation(asActor(ctx, keeper), { orgId: org.id })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
    await reopenOrganisation(asActor(ctx, keeper), { orgId: org.id })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })

  test('with its person', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { secret } = await made(ctx, person)
    await t.db.user.update({ where: { id: person.userId }, data: { closedAt: testNow } })
    expect(await open(secret)).toEqual({ ok: false, error: 'unknown-key' })
  })
})

describe('who sees and ends keys', () => {
  test('their owner and who keeps the members; nobody else', async () => {
    const { ctx, person, admin, keeper, house, org } = await aKeyholder()
    const colleague = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['CUSTOMER'] })
    const { id } = await made(ctx, person)
    const seen = async (who: Person) => (await accessKeysPage(asActor(ctx, who))).items.map((key) => key.id)
    expect(await seen(person)).toEqual([id])
    expect(await seen(admin)).toEqual([id])
    expect(await seen(colleague)).toEqual([])
    expect(await seen(keeper)).toEqual([])
    for (const who of [colleague, keeper])
      await expect(revokeAccessKey(asActor(ctx, who), { keyId: id })).rejects.toMatchObject({ code: 'not-found' })
    expect((await revokeAccessKey(asActor(ctx, admin), { keyId: id })).ok).toBe(true)
    expect((await accessKeysPage(asActor(ctx, person))).items[0]).toMatchObject({ state: 'revoked', own: true, owner: person.name })
  })
})

describe('limits', () => {
  test('a seat has so many keys, also when two are made at once', async () => {
    const { ctx, person } = await aKeyholder()
    for (let n = 1; n < mostKeys; n++) await made(ctx, person)
    const outcomes = await Promise.all(
      [1, 2].map(() => createAccessKey(asActor(ctx, person), { name: 'One more', scopes: ['clearance'], expiresAt: null })),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'too-many-keys', detail: { most: mostKeys } })
  })

  test('whoever guesses is slowed down, by network', async () => {
    const { open, guest, ip } = await aKeyholder()
    const wrong = `cmk_${'0'.repeat(32)}`
    for (let n = 0; n < keyAllowances.misses.turns; n++) expect(await open(wrong)).toEqual({ ok: false, error: 'unknown-key' })
    expect(await open(wrong)).toMatchObject({ ok: false, error: 'too-many', detail: { retryAfterSeconds: expect.any(Number) as number } })
    await expect(actorOfKey(guest, wrong, 'calendar', ip)).rejects.toMatchObject({ code: 'too-many' })
    expect(await actorOfKey(guest, wrong, 'calendar', '203.0.113.9')).toBeUndefined()
  })

  test('a program that runs wild is slowed down, by key', async () => {
    const { ctx, person, open } = await aKeyholder()
    const { secret } = await made(ctx, person)
    for (let n = 0; n < keyAllowances.uses.turns; n++) expect((await open(secret)).ok).toBe(true)
    expect(await open(secret)).toMatchObject({ ok: false, error: 'too-many' })
  })
})
