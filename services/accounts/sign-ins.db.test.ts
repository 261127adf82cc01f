import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '#services/kernel/canonical.ts'
import { hashPassword } from '#services/platform/passwords.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { allowances } from './rules/sign-in.ts'
import { endMembership } from './members.ts'
import { endOtherSessions, endSession, personOfSession, signOut, switchMembership } from './sessions.ts'
import { signIn, sweepSignInFailures } from './sign-ins.ts'
import { sweepAccounts } from './sweeps.ts'

let t: TestDb
let passwordHash: string
beforeAll(async () => {
  t = await testDb()
  passwordHash = await hashPassword('twelve boats in harbour')
})
afterAll(() => t[Symbol.asyncDispose]())

const password = 'twelve boats in harbour'
let calls = 0

async function aDoor() {
  const ctx = testContext(t.db)
  const house = await aHouse(ctx)
  const person = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
  await t.db.user.update({ where: { id: person.userId }, data: { passwordHash } })
  const guest = asActor(ctx, aGuest(house.id))
  const ip = `10.0.0.${++calls}`
  const attempt = (given: string, email = person.email) => signIn(guest, { email, password: given, ip, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0' })
  return { ctx, house, person, guest, attempt }
}

describe('signing in', () => {
  test('the right password opens a session that holds the seat; the table holds only its hash', async () => {
    const { guest, person, attempt } = await aDoor()
    const outcome = await attempt(password)
    if (!outcome.ok) throw new Error(outcome.error)
    const { secret } = outcome.value
    expect(await personOfSession(guest, secret)).toMatchObject({ userId: person.userId, memberId: person.memberId, roles: ['LIBRARIAN'], orgKind: 'OWNER', email: person.email })
    expect(await t.db.session.findMany({ where: { userId: person.userId }, select: { id: true } })).toEqual([{ id: sha256(secret) }])
    expect(await personOfSession(guest, sha256(secret))).toBeNull()
    expect(await t.db.auditFact.count({ where: { type: 'session.opened', subjectId: person.userId } })).toBe(1)
  })

  test('a wrong password and an address that nobody has get the same answer', async () => {
    const { attempt } = await aDoor()
    expect(await attempt('wrong')).toEqual({ ok: false, error: 'wrong-credentials' })
    expect(await attempt('wrong', 'nobody@nowhere.test')).toEqual({ ok: false, error: 'wrong-credentials' })
  })

  test.each(['known', 'unknown'])('ten wrong passwords lock an address, %s or not, and the lock grows', async (kind) => {
    const { guest, person, ctx, attempt } = await aDoor()
    const email = kind === 'known' ? person.email : `ghost-${person.userId}@nowhere.test`
    for (let failure = 1; failure < 10; failure++) expect((await attempt('wrong', email)).ok).toBe(false)
    const until = new Date(guest.clock.now().getTime() + 60_000)
    expect(await attempt('wrong', email)).toEqual({ ok: false, error: 'locked', detail: { until } })
    expect(await attempt(password, email)).toEqual({ ok: false, error: 'locked', detail: { until } })
    ctx.clock.advance(60_000)
    const longer = new Date(ctx.clock.now().getTime() + 120_000)
    expect(await attempt('wrong', email)).toEqual({ ok: false, error: 'locked', detail: { until: longer } })
  })

  test('after the lock the right password opens, and the count begins anew', async () => {
    const { ctx, attempt, person } = await aDoor()
    for (let failure = 1; failure <= 10; failure++) await attempt('wrong')
    ctx.clock.advance(60_000)
    expect((await attempt(password)).ok).toBe(true)
    expect(await t.db.signInFailure.count({ where: { emailHash: sha256(person.email) } })).toBe(0)
    expect(await t.db.auditFact.count({ where: { type: 'sign-in.locked', subjectId: person.userId } })).toBe(1)
  })

  test('of thirty guesses at once no more than ten are looked at', async () => {
    const { attempt } = await aDoor()
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => attempt('wrong')))
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'wrong-credentials')).toHaveLength(9)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'locked')).toHaveLength(21)
  })

  test('a crowd from one address of the network is slowed down and told how long', async () => {
    const { guest, person } = await aDoor()
    const ip = '192.0.2.77'
    await t.db.rateLimit.create({ data: { key: `sign-in:${ip}`, arrivalAt: new Date(guest.clock.now().getTime() + allowances.signIn.seconds * 1000) } })
    expect(await signIn(guest, { email: person.email, password, ip })).toMatchObject({ ok: false, error: 'too-many', detail: { retryAfterSeconds: 6 } })
  })

  test('a person without a seat in this house is told so, after the right password only', async () => {
    const { house, person, attempt } = await aDoor()
    await t.db.member.updateMany({ where: { userId: person.userId }, data: { endedAt: new Date('2026-01-01') } })
    expect(await attempt(password)).toEqual({ ok: false, error: 'no-seat' })
    expect(await attempt('wrong')).toEqual({ ok: false, error: 'wrong-credentials' })
    const other = await aDoor()
    expect(await signIn(other.guest, { email: person.email, password, ip: '10.9.9.9' })).toEqual({ ok: false, error: 'no-seat' })
    expect(house.id).not.toBe(other.house.id)
  })
})

describe('sessions', () => {
  async function signedIn() {
    const door = await aDoor()
    const open = async () => {
      const outcome = await door.attempt(password)
      if (!outcome.ok) throw new Error(outcome.error)
      return outcome.value
    }
    return { ...door, open }
  }

  test('slides for thirty days from its last use, and ends for good after a hundred and eighty', async () => {
    const { ctx, guest, open } = await signedIn()
    const { secret } = await open()
    const day = 86_400_000
    for (let days = 0; days < 179; days += 20) {
      expect(await personOfSession(guest, secret)).not.toBeNull()
      ctx.clock.advance(20 * day)
    }
    expect(await personOfSession(guest, secret)).toBeNull()
    const second = await open()
    ctx.clock.advance(30 * day)
    expect(await personOfSession(guest, second.secret)).toBeNull()
  })

  test('one can be ended, all others can be ended, and signing out ends the own', async () => {
    const { guest, open } = await signedIn()
    const [a, b, c] = [await open(), await open(), await open()]
    const asked = asActor(guest, a.person)
    expect(await endSession(asked, { sessionId: b.person.sessionId })).toEqual({ ok: true, value: { own: false } })
    expect(await personOfSession(guest, b.secret)).toBeNull()
    expect(await endOtherSessions(asked)).toEqual({ ok: true, value: { ended: 1 } })
    expect(await personOfSession(guest, c.secret)).toBeNull()
    expect(await personOfSession(guest, a.secret)).not.toBeNull()
    await signOut(asked)
    expect(await personOfSession(guest, a.secret)).toBeNull()
  })

  test('nobody ends a stranger’s session', async () => {
    const { open, guest } = await signedIn()
    const { person, secret } = await open()
    const stranger = await signedIn()
    const { person: other } = await stranger.open()
    await expect(endSession(asActor(guest, other), { sessionId: person.sessionId })).rejects.toMatchObject({ code: 'not-found' })
    expect(await personOfSession(guest, secret)).not.toBeNull()
  })

  test('switching takes another of one’s own seats of this house, and no other', async () => {
    const { ctx, house, guest, open, person } = await signedIn()
    const { person: me, secret } = await open()
    const partner = await anOrganisation(ctx, { houseId: house.id, kind: 'PARTNER' })
    const seat = await t.db.member.create({ data: { id: `mem_${partner.id}`, houseId: house.id, orgId: partner.id, userId: person.userId, roles: ['PARTNER'], createdAt: ctx.clock.now() } })
    expect((await switchMembership(asActor(guest, me), { memberId: seat.id })).ok).toBe(true)
    expect(await personOfSession(guest, secret)).toMatchObject({ orgId: partner.id, orgKind: 'PARTNER', roles: ['PARTNER'] })
    const facts = await t.db.auditFact.findMany({ where: { subjectId: person.userId, type: 'session.seat-taken' } })
    expect(facts.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)).toEqual([{ from: me.orgId, to: partner.id }])
    const stranger = await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] })
    await expect(switchMembership(asActor(guest, me), { memberId: stranger.memberId })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('end with the seat, with the organisation and with the person, at the next request', async () => {
    const { ctx, house, guest, open, person } = await signedIn()
    await aPerson(ctx, { houseId: house.id, roles: ['ADMINISTRATOR'] })
    const { secret, person: me } = await open()
    await t.db.user.update({ where: { id: person.userId }, data: { closedAt: ctx.clock.now() } })
    expect(await personOfSession(guest, secret)).toBeNull()
    await t.db.user.update({ where: { id: person.userId }, data: { closedAt: null } })
    const again = await open()
    expect((await endMembership(asActor(guest, me), { memberId: me.memberId })).ok).toBe(true)
    expect(await personOfSession(guest, again.secret)).toBeNull()
    expect(await t.db.session.count({ where: { userId: person.userId } })).toBe(0)
  })

  test('the sweep takes what ran out and leaves what runs', async () => {
    const { ctx, guest, open, person, attempt } = await signedIn()
    await attempt('wrong')
    const old = await open()
    ctx.clock.advance(31 * 86_400_000)
    const young = await open()
    await sweepAccounts(guest)
    expect(await t.db.session.count({ where: { id: { in: [old.person.sessionId, young.person.sessionId] } } })).toBe(1)
    await attempt('wrong')
    await sweepSignInFailures(guest)
    expect(await t.db.signInFailure.count({ where: { emailHash: sha256(person.email) } })).toBe(1)
  })
})
