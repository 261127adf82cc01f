import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Person } from '#services/kernel/actor.ts'
import { sha256 } from '#services/kernel/canonical.ts'
import { lightboxDigestJob, tellOfComment, tellOwner } from '#services/notifications/lightbox-letters.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { comment, deleteComment, editComment, resolveThread, type Voice } from './comments.ts'
import { addToBox, removeFromBox } from './items.ts'
import { archiveBox, createBox } from './lightboxes.ts'
import { mostLinks } from './rules/rights.ts'
import { commentInput, guestNameInput, type WriteComment } from './schema.ts'
import { endLink, followLink, makeLink, shareWith, unlockLink, unshare } from './sharing.ts'
import { boxList, boxPage, boxThreads, linkedBox, noteLook } from './views.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let orgId: string
let owner: Person
let mate: Person
let boxId: string
let assetId: string
const ip = '203.0.113.7'
const asked = { page: 1, after: null, about: null, undo: null }

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  orgId = (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id
  owner = await aPerson(ctx, { houseId, orgId, roles: ['CUSTOMER'], name: 'Clara' })
  mate = await aPerson(ctx, { houseId, orgId, roles: ['CUSTOMER'], name: 'Luc' })
  const made = await createBox(as(owner), null, { name: 'Spring', note: '' })
  if (!made.ok) throw new Error(made.error)
  boxId = made.value.boxId
  assetId = (await anAsset(ctx, { houseId, title: 'Harbour' })).id
  await addToBox(as(owner), null, { assetId, boxId })
})
afterAll(() => t[Symbol.asyncDispose]())

const as = (actor: Actor) => asActor(ctx, actor)
const person: Voice = { kind: 'person', token: null }
const stranger = () => as(aGuest(houseId))
const said = (body: string, more: Partial<WriteComment> = {}) => commentInput.parse({ body, ...more })
const aLink = async (input: Partial<Parameters<typeof makeLink>[2]> = {}) => {
  const outcome = await makeLink(as(owner), boxId, { right: 'COMMENT', label: '', ...input })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}
const voiceOf = (linkId: string, more: Partial<Extract<Voice, { kind: 'link' }>> = {}): Voice => ({
  kind: 'link',
  boxId,
  linkId,
  right: 'COMMENT',
  guest: 'g'.repeat(32),
  name: 'Stranger',
  ip,
  ...more,
})

describe('colleagues', () => {
  test('see, comment on and change a box as far as they were let, and nothing from the next request on', async () => {
    await expect(boxPage(as(mate), null, boxId, asked)).rejects.toMatchObject({ code: 'not-found' })
    expect(await shareWith(as(owner), boxId, { userId: mate.userId, right: 'VIEW' })).toMatchObject({ ok: true })
    expect(await boxPage(as(mate), null, boxId, asked)).toMatchObject({ box: { right: 'VIEW', owner: 'Clara' }, sharing: null })
    await expect(comment(as(mate), boxId, person, said('x'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeFromBox(as(mate), null, boxId, [assetId])).rejects.toMatchObject({ code: 'forbidden' })
    await shareWith(as(owner), boxId, { userId: mate.userId, right: 'EDIT' })
    const other = await anAsset(ctx, { houseId })
    expect(await addToBox(as(mate), null, { assetId: other.id, boxId })).toMatchObject({ ok: true })
    expect(await removeFromBox(as(mate), null, boxId, [other.id])).toMatchObject({ ok: true })
    await expect(makeLink(as(mate), boxId, { right: 'VIEW', label: '' })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await boxList(as(mate), null)).shared).toMatchObject([{ id: boxId, right: 'EDIT' }])
    // In another seat it is not there.
    await expect(boxPage(as({ ...mate, orgId: 'org_other' }), null, boxId, asked)).rejects.toMatchObject({ code: 'not-found' })
    expect(await unshare(as(mate), boxId, mate.userId)).toMatchObject({ ok: true })
    await expect(boxPage(as(mate), null, boxId, asked)).rejects.toMatchObject({ code: 'not-found' })
    expect(await unshare(as(owner), boxId, mate.userId)).toMatchObject({ ok: false, error: 'no-colleague' })
  })

  test('are people of one’s own organisation', async () => {
    const rival = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })
    const outsider = await aPerson(ctx, { houseId, orgId: rival.id, roles: ['CUSTOMER'] })
    for (const userId of [outsider.userId, owner.userId, 'usr_none'])
      expect(await shareWith(as(owner), boxId, { userId, right: 'VIEW' })).toMatchObject({ ok: false, error: 'no-colleague' })
    expect(await shareWith(stranger(), boxId, { userId: mate.userId, right: 'VIEW' })).toMatchObject({ ok: false, error: 'sign-in-first' })
  })
})

describe('a link', () => {
  test('shows what a guest may see, and its secret is kept as a hash', async () => {
    const { secret, linkId } = await aLink({ right: 'VIEW' })
    expect(JSON.stringify(await t.db.lightboxLink.findUnique({ where: { id: linkId } }))).not.toContain(secret)
    const link = await followLink(stranger(), secret, ip)
    const hidden = await anAsset(ctx, { houseId, title: 'Not for you' })
    await addToBox(as(owner), null, { assetId: hidden.id, boxId })
    await t.db.lightboxItem.updateMany({ where: { lightboxId: boxId, assetId: hidden.id }, data: { note: 'Not for you either' } })
    await t.db.asset.update({ where: { id: hidden.id }, data: { audience: 'PORTAL' } })
    const page = await linkedBox(stranger(), link, { ...asked, guestHash: null })
    expect(page.items).toMatchObject([{ tile: { title: 'Harbour' } }, { tile: null, note: '' }])
    expect(JSON.stringify(page)).not.toContain('Not for you')
    expect(page.threads).toBeNull()
    await removeFromBox(as(owner), null, boxId, [hidden.id])
  })

  test('opens nothing once it has ended, expired, its box is archived, or it was made up', async () => {
    const now = ctx.clock.now()
    const ended = await aLink()
    const both = await Promise.all([endLink(as(owner), boxId, ended.linkId), endLink(as(owner), boxId, ended.linkId)])
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ error: 'already-ended' })
    const dated = await aLink({ endsOn: now.toISOString().slice(0, 10) })
    expect(await followLink(stranger(), dated.secret, ip)).toMatchObject({ boxId })
    const later = { ...stranger(), clock: { now: () => new Date(now.getTime() + 2 * 86_400_000) } }
    await expect(followLink(later, dated.secret, '198.51.100.200')).rejects.toMatchObject({ code: 'not-found' })
    for (const secret of [ended.secret, '0'.repeat(32), "' OR 1=1", 'x'.repeat(5_000)])
      await expect(followLink(stranger(), secret, ip)).rejects.toMatchObject({ code: 'not-found' })
    await expect(followLink(as(aGuest('house_elsewhere')), dated.secret, ip)).rejects.toMatchObject({ code: 'not-found' })
    await expect(endLink(as(owner), boxId, 'lln_none')).rejects.toMatchObject({ code: 'not-found' })
    expect(await makeLink(as(owner), boxId, { right: 'VIEW', label: '', endsOn: '2020-01-01' })).toMatchObject({
      ok: false,
      error: 'end-is-past',
    })
    expect(await makeLink(stranger(), boxId, { right: 'VIEW', label: '' })).toMatchObject({ ok: false, error: 'sign-in-first' })
  })

  test('counts those who try secrets', async () => {
    const from = '198.51.100.9'
    let refused = 0
    for (let n = 0; n < 125; n++)
      await followLink(stranger(), String(n).padStart(32, '0'), from).catch(
        (error: { code: string }) => (refused += error.code === 'too-many' ? 1 : 0),
      )
    expect(refused).toBeGreaterThan(0)
  })

  test('with a password is shut until it is given, and tries are counted', async () => {
    const { secret } = await aLink({ password: 'northern light' })
    const link = await followLink(stranger(), secret, ip)
    expect(link.locked).toBe(true)
    expect(await unlockLink(stranger(), link, 'wrong one', ip)).toMatchObject({ ok: false, error: 'wrong-password' })
    expect(await unlockLink(stranger(), link, 'northern light', ip)).toMatchObject({ ok: true })
    for (let n = 0; n < 8; n++) await unlockLink(stranger(), link, 'wrong one', '198.51.100.77')
    expect(await unlockLink(stranger(), link, 'northern light', '198.51.100.77')).toMatchObject({ ok: false, error: 'too-many-tries' })
  })

  test('is not shut for all by one network that goes on trying', async () => {
    const { secret } = await aLink({ password: 'northern light' })
    const link = await followLink(stranger(), secret, ip)
    for (let n = 0; n < 70; n++) await unlockLink(stranger(), link, 'wrong one', '198.51.100.78')
    expect(await unlockLink(stranger(), link, 'northern light', ip)).toMatchObject({ ok: true })
  })

  test('that is over is neither counted, nor listed, nor a reason to call the box shared; one that lives is listed among any number', async () => {
    const made = await createBox(as(owner), null, { name: 'Dated links', note: '' })
    if (!made.ok) throw new Error(made.error)
    const id = made.value.boxId
    const link = { right: 'VIEW', label: '' } as const
    const shown = async (at: typeof ctx) => {
      const { own } = await boxList(at, null)
      return [(await boxPage(at, null, id, asked)).sharing?.links.length, own.find((box) => box.id === id)?.shared]
    }
    for (let n = 0; n < mostLinks; n++) await makeLink(as(owner), id, { ...link, endsOn: '2026-11-21' })
    expect(await shown(as(owner))).toEqual([mostLinks, true])
    const morning = new Date('2026-11-22T23:00:00.000Z')
    const later = { ...as(owner), clock: { ...ctx.clock, now: () => morning } }
    expect(await shown(later)).toEqual([0, false])
    const standing = await makeLink(later, id, link)
    if (!standing.ok) throw new Error(standing.error)
    for (let n = 0; n < 50; n++) {
      const after = { ...later, clock: { ...ctx.clock, now: () => new Date(morning.getTime() + 1_000 * (n + 1)) } }
      const brief = await makeLink(after, id, link)
      if (brief.ok) await endLink(after, id, brief.value.linkId)
    }
    expect((await boxPage(later, null, id, asked)).sharing?.links.map((one) => one.id)).toEqual([standing.value.linkId])
  })

  test('is one of twenty at most', async () => {
    const made = await createBox(as(owner), null, { name: 'Many links', note: '' })
    if (!made.ok) throw new Error(made.error)
    for (let n = 0; n < 20; n++) await makeLink(as(owner), made.value.boxId, { right: 'VIEW', label: '' })
    expect(await makeLink(as(owner), made.value.boxId, { right: 'VIEW', label: '' })).toMatchObject({ ok: false, error: 'too-many-links' })
    const link = await t.db.lightboxLink.count({ where: { lightboxId: made.value.boxId, endedAt: null } })
    expect(link).toBe(20)
    await archiveBox(as(owner), null, made.value.boxId)
    expect(await t.db.lightboxLink.count({ where: { lightboxId: made.value.boxId, endedAt: null } })).toBe(0)
  })
})

describe('comments', () => {
  test('by a link’s guest are theirs by their cookie, plain text, and answered in threads', async () => {
    const { linkId } = await aLink()
    const first = await comment(stranger(), boxId, voiceOf(linkId), said('<b>Nice</b>\u0000', { assetId }))
    if (!first.ok) throw new Error(first.error)
    const { commentId } = first.value
    expect(await comment(as(owner), boxId, person, said('Thank you', { parentId: commentId }))).toMatchObject({ ok: true })
    const { items } = await boxThreads(as(owner), boxId, { me: { userId: owner.userId }, since: null })
    expect(items[0]).toMatchObject({
      body: '<b>Nice</b>',
      author: 'Stranger',
      guest: true,
      own: false,
      assetId,
      answers: [{ body: 'Thank you', own: true }],
    })
    const other = voiceOf(linkId, { guest: 'h'.repeat(32) })
    await expect(editComment(stranger(), boxId, other, { commentId, body: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    expect(await editComment(stranger(), boxId, voiceOf(linkId), { commentId, body: 'Nicer' })).toMatchObject({ ok: true })
    expect(await deleteComment(stranger(), boxId, voiceOf(linkId), commentId)).toMatchObject({ ok: true })
    expect(await deleteComment(as(owner), boxId, person, commentId)).toMatchObject({ ok: false, error: 'deleted' })
    expect(await editComment(stranger(), boxId, voiceOf(linkId), { commentId, body: 'Again' })).toMatchObject({
      ok: false,
      error: 'deleted',
    })
    expect(await t.db.lightboxComment.findUnique({ where: { id: commentId } })).toMatchObject({
      body: '',
      authorHash: sha256('g'.repeat(32)),
    })
  })

  test('need the right to comment, a picture that is there and a thread that is one', async () => {
    const { linkId } = await aLink()
    await expect(comment(stranger(), boxId, voiceOf(linkId, { right: 'VIEW' }), said('x'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(comment(stranger(), boxId, voiceOf(linkId, { boxId: 'lbx_other' }), said('x'))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(comment(stranger(), boxId, person, said('x'))).rejects.toMatchObject({ code: 'signed-out' })
    expect(await comment(as(owner), boxId, person, said('x', { assetId: 'ast_none' }))).toMatchObject({
      ok: false,
      error: 'picture-is-gone',
    })
    expect(await comment(as(owner), boxId, person, said('x', { parentId: 'lbc_none' }))).toMatchObject({
      ok: false,
      error: 'thread-is-gone',
    })
    expect(commentInput.safeParse({ body: 'x'.repeat(2_001) }).success).toBe(false)
    expect(commentInput.safeParse({ body: ' \n ' }).success).toBe(false)
  })

  test('of one who floods are slowed down', async () => {
    const { linkId } = await aLink()
    const outcomes = []
    for (let n = 0; n < 13; n++) outcomes.push(await comment(stranger(), boxId, voiceOf(linkId, { ip: '198.51.100.3' }), said(`No ${n}`)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(12)
    expect(outcomes.at(-1)).toMatchObject({ ok: false, error: 'wait-a-moment' })
  })

  test('of one who floods leave room for the others', async () => {
    const { linkId } = await aLink()
    for (let n = 0; n < 70; n++) await comment(stranger(), boxId, voiceOf(linkId, { ip: '198.51.100.4' }), said(`No ${n}`))
    expect(await comment(stranger(), boxId, voiceOf(linkId, { ip: '198.51.100.5' }), said('Yes'))).toMatchObject({ ok: true })
  })

  test('are told as a guest’s in the owner’s letter, whatever name was given; names turn nothing around', async () => {
    const made = await createBox(as(owner), null, { name: 'Letters', note: '' })
    if (!made.ok) throw new Error(made.error)
    const own = made.value.boxId
    const link = await makeLink(as(owner), own, { right: 'COMMENT', label: '' })
    if (!link.ok) throw new Error(link.error)
    await comment(stranger(), own, voiceOf(link.value.linkId, { boxId: own, name: 'Luc' }), said('Send me the file'))
    await tellOwner(ctx, { houseId, boxId: own })
    const [letter] = await t.db.$queryRaw<{ comments: unknown }[]>`
      SELECT payload -> 'props' -> 'comments' AS comments FROM graphile_worker._private_jobs WHERE key LIKE ${`mail:lightbox-digest:${own}:%`}`
    expect(letter?.comments).toEqual([{ author: 'Luc', guest: true, body: 'Send me the file' }])
    expect(guestNameInput.parse(' \u202eLuc\u2066 \u0000Ber\nger ')).toBe('Luc Ber ger')
    expect(guestNameInput.safeParse('\u202e').success).toBe(false)
  })

  test('are settled and opened again, once each', async () => {
    const made = await comment(as(owner), boxId, person, said('Which one?'))
    if (!made.ok) throw new Error(made.error)
    const { commentId } = made.value
    const settle = (resolved: boolean) => resolveThread(as(owner), null, boxId, { commentId, resolved })
    const both = await Promise.all([settle(true), settle(true)])
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ error: 'already-resolved' })
    expect(await settle(false)).toMatchObject({ ok: true })
    expect(await settle(false)).toMatchObject({ ok: false, error: 'not-resolved' })
    await expect(resolveThread(as(owner), null, boxId, { commentId: 'lbc_none', resolved: true })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('name members, who are written to; the owner hears of several in one letter, and of none that were seen', async () => {
    await shareWith(as(owner), boxId, { userId: mate.userId, right: 'COMMENT' })
    await noteLook(as(owner), boxId)
    const later = ctx.clock.now()
    const soon = { ...as(mate), clock: { now: () => new Date(later.getTime() + 1_000) } }
    const made = await comment(soon, boxId, person, said('Look', { mentions: [owner.userId, 'usr_none'] }))
    await comment({ ...soon, clock: { now: () => new Date(later.getTime() + 2_000) } }, boxId, person, said('And this'))
    if (!made.ok) throw new Error(made.error)
    const facts = await t.db.auditFact.findMany({ where: { type: 'lightbox.commented', subjectId: boxId, actorId: mate.userId } })
    const fact = facts.find(({ body }) => body.includes(made.value.commentId))
    const data = (JSON.parse(fact?.body ?? '{}') as { data: { mentioned: string[] } }).data
    expect(data.mentioned).toEqual([owner.userId])
    const system = { ...ctx, actor: { kind: 'system', houseId, name: 'test' } as const }
    for (let twice = 0; twice < 2; twice++)
      await tellOfComment(system, {
        id: fact?.id ?? '',
        type: 'lightbox.commented',
        at: later,
        subject: { kind: 'lightbox', id: boxId },
        actorId: mate.userId,
        data,
      })
    const jobs = await t.db.$queryRaw<{ task: string; key: string | null }[]>`
      SELECT t.identifier AS task, j.key FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id`
    expect(jobs.filter(({ key }) => key === `mail:lightbox-mention:${made.value.commentId}:${owner.userId}`)).toHaveLength(1)
    expect(jobs.filter(({ task }) => task === lightboxDigestJob)).toHaveLength(1)
    expect((await boxList(as(owner), null)).own.find(({ id }) => id === boxId)?.news).toBe(2)

    const digests = () =>
      t.db.$queryRaw<
        { total: number }[]
      >`SELECT (payload -> 'props' ->> 'total')::int AS total FROM graphile_worker._private_jobs WHERE key LIKE ${`mail:lightbox-digest:${boxId}:%`}`
    await tellOwner(ctx, { houseId, boxId })
    await tellOwner(ctx, { houseId, boxId })
    expect(await digests()).toEqual([{ total: 2 }])
  })
})

test('in a company of hundreds, whoever is shown a box has not left because so many came before', async () => {
  const big = (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id
  const keeper = await aPerson(ctx, { houseId, orgId: big, roles: ['CUSTOMER'] })
  const made = await createBox(as(keeper), null, { name: 'For everybody', note: '' })
  if (!made.ok) throw new Error(made.error)
  const seats = Array.from({ length: 500 }, (_, n) => `usr_of_many_${n}`)
  const createdAt = ctx.clock.now()
  await t.db.user.createMany({ data: seats.map((id) => ({ id, email: `${id}@people.test`, name: id, createdAt })) })
  const seat = { houseId, orgId: big, roles: ['CUSTOMER' as const], createdAt }
  await t.db.member.createMany({ data: seats.map((userId) => ({ ...seat, id: `mem_${userId}`, userId })) })
  ctx.clock.advance(1_000)
  const last = await aPerson(ctx, { houseId, orgId: big, roles: ['CUSTOMER'] })
  expect(await shareWith(as(keeper), made.value.boxId, { userId: last.userId, right: 'VIEW' })).toMatchObject({ ok: true })
  const shown = async () => (await boxPage(as(keeper), null, made.value.boxId, asked)).sharing?.members.map(({ left }) => left)
  expect(await shown()).toEqual([false])
  await t.db.member.update({ where: { id: last.memberId }, data: { endedAt: ctx.clock.now() } })
  expect(await shown()).toEqual([true])
})
