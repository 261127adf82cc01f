import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '#services/platform/context.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { inviteMember, revokeInvitation } from './invitations.ts'
import { joinAsMember, joinAsNewcomer } from './joining.ts'
import { closeOrganisation } from './organisations.ts'
import { registerCustomer } from './registrations.ts'
import { personOfSession } from './sessions.ts'
import { allowances } from './rules/sign-in.ts'
import { invitationPage, membersPage } from './views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

let count = 0
const newcomer = () => ({ email: `new${++count}@people.test`, name: 'Grace Hopper', password: 'nine moths in a relay', ip: `10.1.0.${count}` })

/** What the mail job was asked to send under this key. */
async function letter(key: string): Promise<{ to: string; template: string; props: { url: string } }> {
  const rows = await t.db.$queryRaw<{ payload: { key: string; to: string; template: string; props: { url: string } } }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id WHERE k.identifier = 'notifications.mail'`
  const found = rows.find((row) => row.payload.key === key)
  if (!found) throw new Error(`no mail ${key}`)
  return found.payload
}

async function aCompany() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const org = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER' })
  const admin = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['ADMINISTRATOR', 'PARTNER'] })
  const guest: Context = asActor(ctx, aGuest(house.id))
  const invite = async (email: string, roles: ('PARTNER' | 'ADMINISTRATOR' | 'LIBRARIAN')[] = ['PARTNER']) => {
    const outcome = await inviteMember(asActor(ctx, admin), { orgId: org.id, email, roles })
    if (!outcome.ok) throw new Error(outcome.error)
    const { props } = await letter(`invitation:${outcome.value.invitationId}`)
    return { invitationId: outcome.value.invitationId, token: props.url.replace('https://clearmark.test/join/', '') }
  }
  return { ctx, house, org, admin, guest, invite }
}

describe('inviting', () => {
  test('a mail with a link goes out; the table holds no token; the page says what is offered', async () => {
    const { guest, org, invite } = await aCompany()
    const { email } = newcomer()
    const { token, invitationId } = await invite(email)
    const row = await t.db.invitation.findUniqueOrThrow({ where: { id: invitationId } })
    expect(JSON.stringify(row)).not.toContain(token)
    expect(await invitationPage(guest, token)).toMatchObject({ state: 'open', email, orgName: org.name, roles: ['PARTNER'], next: 'newcomer' })
    expect(await letter(`invitation:${invitationId}`)).toMatchObject({ to: email, template: 'invitation' })
  })

  test('a second invitation to an address takes the first one’s place', async () => {
    const { guest, admin, org, invite } = await aCompany()
    const { email } = newcomer()
    const first = await invite(email)
    const second = await invite(email)
    expect((await invitationPage(guest, first.token)).state).toBe('revoked')
    expect((await invitationPage(guest, second.token)).state).toBe('open')
    expect((await membersPage(asActor(guest, admin), { orgId: org.id })).invitations).toHaveLength(1)
  })

  test('is refused for members, foreign roles, closed organisations, and too many', async () => {
    const { ctx, admin, org, house } = await aCompany()
    const asked = asActor(ctx, admin)
    expect(await inviteMember(asked, { orgId: org.id, email: admin.email, roles: ['PARTNER'] })).toEqual({ ok: false, error: 'already-member' })
    expect(await inviteMember(asked, { orgId: org.id, email: 'x@y.test', roles: ['LIBRARIAN'] })).toEqual({ ok: false, error: 'roles-do-not-fit' })
    await t.db.rateLimit.updateMany({ where: { key: `invite:${admin.userId}` }, data: { arrivalAt: new Date(ctx.clock.now().getTime() + allowances.invite.seconds * 1000) } })
    expect(await inviteMember(asked, { orgId: org.id, email: 'x@y.test', roles: ['PARTNER'] })).toMatchObject({ ok: false, error: 'too-many' })
    const keeper = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] }))
    await closeOrganisation(keeper, { orgId: org.id })
    expect(await inviteMember(keeper, { orgId: org.id, email: 'x@y.test', roles: ['PARTNER'] })).toEqual({ ok: false, error: 'organisation-closed' })
  })

  test('only administrators invite, and only where they keep', async () => {
    const { ctx, org, house } = await aCompany()
    const plain = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] })
    await expect(inviteMember(asActor(ctx, plain), { orgId: org.id, email: 'x@y.test', roles: ['PARTNER'] })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await aCompany()
    await expect(inviteMember(asActor(ctx, stranger.admin), { orgId: org.id, email: 'x@y.test', roles: ['PARTNER'] })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('can be taken back once, while it is open', async () => {
    const { ctx, admin, guest, invite } = await aCompany()
    const { email, ...person } = newcomer()
    const { invitationId, token } = await invite(email)
    const asked = asActor(ctx, admin)
    const outcomes = await Promise.all([revokeInvitation(asked, { invitationId }), revokeInvitation(asked, { invitationId })])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'invitation-used' })
    expect(await joinAsNewcomer(guest, { token, ...person })).toEqual({ ok: false, error: 'invitation-revoked' })
    const stranger = await aCompany()
    await expect(revokeInvitation(asActor(ctx, stranger.admin), { invitationId })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('joining', () => {
  test('a newcomer takes the seat and is signed in; of five clicks at once one joins', async () => {
    const { guest, org, invite } = await aCompany()
    const { email, ...person } = newcomer()
    const { token } = await invite(email)
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => joinAsNewcomer(guest, { token, ...person })))
    const joined = outcomes.filter((outcome) => outcome.ok)
    expect(joined).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok).every((outcome) => !outcome.ok && ['account-exists', 'invitation-used'].includes(outcome.error))).toBe(true)
    expect(await personOfSession(guest, joined[0]?.ok ? joined[0].value.secret : '')).toMatchObject({ email, orgId: org.id, roles: ['PARTNER'] })
    expect(await t.db.user.count({ where: { email } })).toBe(1)
    expect((await invitationPage(guest, token)).state).toBe('used')
  })

  test('an old link, a weak password, a stranger’s link, a link of another house', async () => {
    const { ctx, guest, invite } = await aCompany()
    const { email, ...person } = newcomer()
    const { token } = await invite(email)
    expect(await joinAsNewcomer(guest, { token, ...person, password: 'grace hopper' })).toMatchObject({ ok: false, error: 'password-weak' })
    await expect(joinAsNewcomer(guest, { token: 'nothing', ...person })).rejects.toMatchObject({ code: 'not-found' })
    const stranger = await aCompany()
    await expect(joinAsNewcomer(stranger.guest, { token, ...person })).rejects.toMatchObject({ code: 'not-found' })
    ctx.clock.advance(7 * 86_400_000)
    const later = asActor(ctx, guest.actor)
    expect((await invitationPage(later, token)).state).toBe('expired')
    expect(await joinAsNewcomer(later, { token, ...person })).toEqual({ ok: false, error: 'invitation-expired' })
    expect(await t.db.user.count({ where: { email } })).toBe(0)
  })

  test('whoever has an account joins with it, signed in under the invited address', async () => {
    const { ctx, house, guest, org, invite } = await aCompany()
    const known = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    const { token } = await invite(known.email)
    expect((await invitationPage(guest, token)).next).toBe('sign-in')
    expect(await joinAsNewcomer(guest, { token, ...newcomer() })).toEqual({ ok: false, error: 'account-exists' })
    const other = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['REVIEWER'] }))
    expect((await invitationPage(other, token)).next).toBe('other-account')
    expect(await joinAsMember(other, { token, ip: '10.0.0.1' })).toEqual({ ok: false, error: 'other-account' })
    const outcome = await joinAsMember(asActor(ctx, known), { token, ip: '10.0.0.1' })
    expect(await personOfSession(ctx, outcome.ok ? outcome.value.secret : '')).toMatchObject({ orgId: org.id, userId: known.userId })
    expect(await joinAsMember(asActor(ctx, known), { token, ip: '10.0.0.1' })).toEqual({ ok: false, error: 'invitation-used' })
  })

  test('a seat that had ended is taken again, under its old id', async () => {
    const { ctx, house, org, invite } = await aCompany()
    const former = await aPerson(ctx, { houseId: house.id, orgId: org.id, roles: ['PARTNER'] })
    await t.db.member.update({ where: { id: former.memberId }, data: { endedAt: ctx.clock.now() } })
    const { token } = await invite(former.email, ['PARTNER', 'ADMINISTRATOR'])
    expect(await joinAsMember(asActor(ctx, former), { token, ip: '10.0.0.1' })).toMatchObject({ ok: true, value: { memberId: former.memberId } })
    expect(await t.db.member.findUniqueOrThrow({ where: { id: former.memberId } })).toMatchObject({ endedAt: null, roles: ['PARTNER', 'ADMINISTRATOR'] })
  })

  test('the door is limited', async () => {
    const { ctx, guest, invite } = await aCompany()
    const { email, ...person } = newcomer()
    const { token } = await invite(email)
    await t.db.rateLimit.create({ data: { key: `join:${person.ip}`, arrivalAt: new Date(ctx.clock.now().getTime() + allowances.join.seconds * 1000) } })
    expect(await joinAsNewcomer(guest, { token, ...person })).toMatchObject({ ok: false, error: 'too-many', detail: { retryAfterSeconds: 90 } })
  })
})

describe('registering', () => {
  const company = { organisation: 'Hopper Compilers', country: 'US' }

  test('makes a customer with its administrator and signs them in, with a welcome', async () => {
    const { guest, house } = await aCompany()
    const person = newcomer()
    const outcome = await registerCustomer(guest, { ...company, ...person })
    if (!outcome.ok) throw new Error(outcome.error)
    expect(await personOfSession(guest, outcome.value.secret)).toMatchObject({ houseId: house.id, orgKind: 'CUSTOMER', roles: ['ADMINISTRATOR', 'CUSTOMER'], orgName: 'Hopper Compilers' })
    expect(await letter(`welcome:${outcome.value.userId}`)).toMatchObject({ to: person.email })
  })

  test('of two at once with one address one is made, and no empty company is left', async () => {
    const { guest, house } = await aCompany()
    const person = newcomer()
    const outcomes = await Promise.all([registerCustomer(guest, { ...company, ...person }), registerCustomer(guest, { ...company, ...person })])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'email-taken' })
    expect(await t.db.organisation.count({ where: { houseId: house.id, kind: 'CUSTOMER' } })).toBe(1)
  })

  test('a weak password and too many turns are refused', async () => {
    const { ctx, guest } = await aCompany()
    const person = newcomer()
    expect(await registerCustomer(guest, { ...company, ...person, password: 'Hopper Compilers' })).toMatchObject({ ok: false, error: 'password-weak' })
    await t.db.rateLimit.updateMany({ where: { key: `register:${person.ip}` }, data: { arrivalAt: new Date(ctx.clock.now().getTime() + allowances.register.seconds * 1000) } })
    expect(await registerCustomer(guest, { ...company, ...person })).toMatchObject({ ok: false, error: 'too-many' })
  })
})
