import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { changeRoles, endMembership } from './members.ts'
import { changeOrganisation, closeOrganisation, createOrganisation, reopenOrganisation } from './organisations.ts'
import { openSession, personOfSession } from './sessions.ts'
import { changeProfile } from './users.ts'
import { accountPage, membersPage, organisationPage, organisationsList, sessionsPage } from './views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

async function aCompany() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })
  const admin = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['ADMINISTRATOR', 'CUSTOMER'] })
  const member = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['CUSTOMER'] })
  const keeper = await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] })
  return { ctx, house, org, admin, member, keeper }
}

describe('roles', () => {
  test('an administrator changes them, and the fact says from what to what', async () => {
    const { ctx, admin, member } = await aCompany()
    expect((await changeRoles(asActor(ctx, admin), { memberId: member.memberId, roles: ['CUSTOMER', 'ADMINISTRATOR', 'CUSTOMER'] })).ok).toBe(true)
    expect((await t.db.member.findUniqueOrThrow({ where: { id: member.memberId } })).roles).toEqual(['CUSTOMER', 'ADMINISTRATOR'])
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { type: 'member.roles-changed', subjectId: member.memberId } })
    expect(fact.body).toContain('"from":["CUSTOMER"]')
  })

  test('staff roles do not fit a customer', async () => {
    const { ctx, keeper, member } = await aCompany()
    expect(await changeRoles(asActor(ctx, keeper), { memberId: member.memberId, roles: ['RIGHTS_MANAGER'] })).toEqual({ ok: false, error: 'roles-do-not-fit' })
  })

  test('the last administrator stays one, until there is a second', async () => {
    const { ctx, admin, member } = await aCompany()
    const asked = asActor(ctx, admin)
    expect(await changeRoles(asked, { memberId: admin.memberId, roles: ['CUSTOMER'] })).toEqual({ ok: false, error: 'last-administrator' })
    expect(await endMembership(asked, { memberId: admin.memberId })).toEqual({ ok: false, error: 'last-administrator' })
    await changeRoles(asked, { memberId: member.memberId, roles: ['ADMINISTRATOR'] })
    expect((await changeRoles(asked, { memberId: admin.memberId, roles: ['CUSTOMER'] })).ok).toBe(true)
  })

  test('of two administrators who remove each other at once, one stays', async () => {
    const { ctx, org, admin, member } = await aCompany()
    await changeRoles(asActor(ctx, admin), { memberId: member.memberId, roles: ['ADMINISTRATOR'] })
    const outcomes = await Promise.all([
      endMembership(asActor(ctx, admin), { memberId: member.memberId }),
      endMembership(asActor(ctx, { ...member, roles: ['ADMINISTRATOR'] }), { memberId: admin.memberId }),
    ])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'last-administrator')).toHaveLength(1)
    expect(await t.db.member.count({ where: { orgId: org.id, endedAt: null } })).toBe(1)
  })

  test('of two demotions at once for the last two administrators, one is refused', async () => {
    const { ctx, admin, member, org } = await aCompany()
    await changeRoles(asActor(ctx, admin), { memberId: member.memberId, roles: ['ADMINISTRATOR'] })
    const asked = asActor(ctx, admin)
    const outcomes = await Promise.all([admin, member].map(({ memberId }) => changeRoles(asked, { memberId, roles: ['CUSTOMER'] })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(await t.db.member.count({ where: { orgId: org.id, roles: { has: 'ADMINISTRATOR' } } })).toBe(1)
  })
})

describe('ending a seat', () => {
  test('ends its sessions at once and can be done once', async () => {
    const { ctx, admin, member } = await aCompany()
    const { secret } = await openSession(ctx, { userId: member.userId, memberId: member.memberId })
    const asked = asActor(ctx, admin)
    const outcomes = await Promise.all([1, 2, 3].map(() => endMembership(asked, { memberId: member.memberId })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'membership-ended')).toHaveLength(2)
    expect(await personOfSession(ctx, secret)).toBeNull()
    expect(await changeRoles(asked, { memberId: member.memberId, roles: ['CUSTOMER'] })).toEqual({ ok: false, error: 'membership-ended' })
  })

  test('one may leave oneself; a colleague without the role may not remove others', async () => {
    const { ctx, admin, member } = await aCompany()
    await expect(endMembership(asActor(ctx, member), { memberId: admin.memberId })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await endMembership(asActor(ctx, member), { memberId: member.memberId })).ok).toBe(true)
  })

  test('members of others are not there: another company’s, another house’s', async () => {
    const one = await aCompany()
    const rival = await anOrganisation(one.ctx, { houseId: one.house.id, kind: 'CUSTOMER' })
    const rivalAdmin = await aPerson(one.ctx, { houseId: one.house.id, orgId: rival.id, roles: ['ADMINISTRATOR'] })
    const two = await aCompany()
    for (const actor of [rivalAdmin, two.keeper]) {
      await expect(endMembership(asActor(one.ctx, actor), { memberId: one.member.memberId })).rejects.toMatchObject({ code: 'not-found' })
      await expect(membersPage(asActor(one.ctx, actor), { orgId: one.org.id })).rejects.toMatchObject({ code: 'not-found' })
      await expect(changeOrganisation(asActor(one.ctx, actor), { orgId: one.org.id, name: 'Mine', country: 'DE' })).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

describe('organisations', () => {
  test('the house’s administrator takes in a partner; a customer’s may not', async () => {
    const { ctx, keeper, admin, house } = await aCompany()
    const input = { kind: 'PARTNER', name: 'Öresund & Søn', country: 'DK', currency: 'EUR' } as const
    const outcome = await createOrganisation(asActor(ctx, keeper), input)
    if (!outcome.ok) throw new Error('refused')
    expect(await t.db.organisation.findUniqueOrThrow({ where: { id: outcome.value.orgId } })).toMatchObject({ houseId: house.id, kind: 'PARTNER', slug: expect.stringMatching(/^oresund-s-n-/) })
    await expect(createOrganisation(asActor(ctx, admin), input)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('its administrator changes what is printed on invoices; a plain member may not', async () => {
    const { ctx, org, admin, member } = await aCompany()
    const input = { orgId: org.id, name: 'New name', country: 'FR', address: '1 rue de la Paix\n75002 Paris', vatId: 'FR12345678901' }
    expect((await changeOrganisation(asActor(ctx, admin), input)).ok).toBe(true)
    expect(await organisationPage(asActor(ctx, member), org.id)).toMatchObject({ name: 'New name', vatId: 'FR12345678901', may: { edit: false, manageMembers: false, close: false } })
    await expect(changeOrganisation(asActor(ctx, member), input)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('closing signs everybody out, once; reopening lets them in again', async () => {
    const { ctx, org, keeper, member } = await aCompany()
    const asked = asActor(ctx, keeper)
    const { secret } = await openSession(ctx, { userId: member.userId, memberId: member.memberId })
    const outcomes = await Promise.all([closeOrganisation(asked, { orgId: org.id }), closeOrganisation(asked, { orgId: org.id })])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'already-closed' })
    expect(await personOfSession(ctx, secret)).toBeNull()
    const reopenings = await Promise.all([reopenOrganisation(asked, { orgId: org.id }), reopenOrganisation(asked, { orgId: org.id })])
    expect(reopenings).toContainEqual({ ok: false, error: 'not-closed' })
    expect(reopenings.filter((outcome) => outcome.ok)).toHaveLength(1)
  })

  test('nobody closes the house', async () => {
    const { ctx, house, keeper } = await aCompany()
    await expect(closeOrganisation(asActor(ctx, keeper), { orgId: house.id })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('pages', () => {
  test('the list of organisations is the house’s, by kind and name', async () => {
    const { ctx, house, org, keeper, admin } = await aCompany()
    const partner = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER', name: 'Fjord Travel' })
    const asked = asActor(ctx, keeper)
    expect((await organisationsList(asked, {})).items.map(({ id }) => id).sort()).toEqual([org.id, partner.id].sort())
    expect((await organisationsList(asked, { kind: 'PARTNER', q: 'fjORD' })).items).toMatchObject([{ id: partner.id, members: 0 }])
    expect((await organisationsList(asked, { kind: 'CUSTOMER' })).items).toMatchObject([{ id: org.id, members: 2 }])
    await expect(organisationsList(asActor(ctx, admin), {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('members are paged, and the way through meets each once', async () => {
    const { ctx, house, org, admin } = await aCompany()
    for (let person = 0; person < 60; person++) await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['CUSTOMER'] })
    const first = await membersPage(asActor(ctx, admin), { orgId: org.id })
    const second = await membersPage(asActor(ctx, admin), { orgId: org.id, cursor: first.members.next })
    expect(first.members.items).toHaveLength(50)
    expect(new Set([...first.members.items, ...second.members.items].map(({ id }) => id)).size).toBe(62)
    expect(second.members.next).toBeNull()
  })

  test('one’s own account shows seats and sessions in words', async () => {
    const { ctx, member } = await aCompany()
    const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1'
    const { secret } = await openSession(ctx, { userId: member.userId, memberId: member.memberId, ip: '192.0.2.1', userAgent: agent })
    const me = await personOfSession(ctx, secret)
    if (!me) throw new Error('nobody')
    const asked = asActor(ctx, me)
    expect(await accountPage(asked)).toMatchObject({ email: member.email, sessions: 1, seats: [{ memberId: member.memberId, current: true, orgKind: 'CUSTOMER' }] })
    expect(await sessionsPage(asked)).toMatchObject([{ device: 'Safari on iPhone', ip: '192.0.2.1', current: true }])
    await changeProfile(asked, { name: 'Ada Lovelace' })
    expect(await personOfSession(ctx, secret)).toMatchObject({ name: 'Ada Lovelace' })
  })
})
