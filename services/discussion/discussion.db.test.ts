import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person, Role } from '#services/kernel/actor.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, aPerson, anAsset } from '#services/testing/world.ts'
import { carryThreads, muteThread, noteLook } from './carrying.ts'
import { deleteComment, editComment } from './comments.ts'
import { editableForMs } from './rules/threads.ts'
import { answerThread, openThread, reopenThread, resolveThread } from './threads.ts'
import { discussionOf, openThreads, placeOfComment } from './views.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb(8)
  ctx = testContext(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

const circle = { region: { shape: 'ellipse' as const, x: 0.1, y: 0.2, width: 0.3, height: 0.2 } }
const later = (ms = 60_000) => ctx.clock.set(new Date(ctx.clock.now().getTime() + ms))

async function aTalk() {
  const { id: houseId } = await aHouse(ctx)
  const person = (name: string, ...roles: Role[]) => aPerson(ctx, { houseId, roles, name })
  const [lena, jonas, ida] = [
    await person('Lena Hart', 'LIBRARIAN'),
    await person('Jonas Berg', 'REVIEWER'),
    await person('Ida Falk', 'AUDITOR'),
  ]
  const asset = await anAsset(ctx, { houseId })
  const versionId = asset.currentVersionId ?? ''
  const by = (actor: Person) => asActor(ctx, actor)
  const open = async (body = 'The horizon is not level.', actor = lena, mark: typeof circle | null = circle) => {
    const opened = await openThread(by(actor), { versionId, body, mark, mentions: [] })
    if (!opened.ok) throw new Error(opened.error)
    return opened.value
  }
  const answer = (threadId: string, actor = jonas, more: { seen?: 'OPEN' | 'RESOLVED'; reopen?: boolean; body?: string } = {}) =>
    answerThread(by(actor), { threadId, body: 'I see it.', mentions: [], reopen: false, ...more })
  const facts = (type: string) => t.db.auditFact.count({ where: { houseId, type } })
  return { houseId, lena, jonas, ida, asset, versionId, by, open, answer, facts, person }
}

async function nextVersion(houseId: string, assetId: string, versionId: string, number = 2) {
  const { colourFamilies: _made, ...row } = await t.db.assetVersion.findUniqueOrThrow({ where: { id: versionId } })
  const id = `ver_next${number}${assetId.slice(-12)}`
  const { embedded: _embedded, facts: _facts, ...kept } = row
  await t.db.assetVersion.create({ data: { ...kept, id, houseId, number } })
  return id
}

describe('a thread', () => {
  test('is begun with a mark and a mention, and read with present names', async () => {
    const { lena, jonas, by, versionId, asset, facts } = await aTalk()
    const opened = await openThread(by(lena), {
      versionId,
      body: '@Jonas Berg please look: https://brand.example/x',
      mark: circle,
      mentions: [],
    })
    expect(opened).toMatchObject({ ok: true, value: { number: 1, assetId: asset.id } })
    await t.db.user.update({ where: { id: jonas.userId }, data: { name: 'Jonas Meyer' } })
    const { threads, counts } = await discussionOf(by(lena), { assetId: asset.id, show: 'open' })
    expect(threads).toHaveLength(1)
    expect(threads[0]).toMatchObject({ number: 1, mark: circle, state: 'OPEN' })
    expect(threads[0]?.comments[0]?.parts).toEqual([
      { kind: 'mention', userId: jonas.userId, name: 'Jonas Meyer' },
      { kind: 'text', text: ' please look: ' },
      { kind: 'link', href: 'https://brand.example/x', text: 'https://brand.example/x' },
    ])
    expect(counts).toEqual({ open: 1, resolved: 0, mine: 1, all: 1 })
    expect(await facts('discussion.opened')).toBe(1)
  })

  test('is numbered without gaps or doubles when two begin at once', async () => {
    const { open, asset, by, lena } = await aTalk()
    await Promise.all([open('One'), open('Two'), open('Three')])
    const { threads } = await discussionOf(by(lena), { assetId: asset.id, show: 'open' })
    expect(threads.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('is of its house: to strangers it is not there', async () => {
    const { open, asset, versionId } = await aTalk()
    const { threadId, commentId } = await open()
    const other = await aTalk()
    const stranger = other.by(other.lena)
    await expect(discussionOf(stranger, { assetId: asset.id, show: 'open' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(openThread(stranger, { versionId, body: 'Hello', mark: null, mentions: [] })).rejects.toMatchObject({ code: 'not-found' })
    await expect(other.answer(threadId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(resolveThread(stranger, { threadId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(placeOfComment(stranger, commentId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(muteThread(stranger, { threadId, muted: true })).rejects.toMatchObject({ code: 'not-found' })
    await expect(deleteComment(stranger, { commentId })).rejects.toMatchObject({ code: 'not-found' })
    expect(await openThreads(stranger, [versionId])).toEqual(new Map())
  })

  test('is read by an auditor, who says nothing', async () => {
    const { open, ida, by, asset, versionId, answer } = await aTalk()
    const { threadId } = await open()
    expect((await discussionOf(by(ida), { assetId: asset.id, show: 'open' })).mayComment).toBe(false)
    await expect(openThread(by(ida), { versionId, body: 'Hello', mark: null, mentions: [] })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(answer(threadId, ida)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('points at nothing that the file does not have', async () => {
    const { by, lena, versionId } = await aTalk()
    const say = (mark: { page: number } | { time: { from: number } }) =>
      openThread(by(lena), { versionId, body: 'Here', mark, mentions: [] })
    expect(await say({ page: 2 })).toMatchObject({ ok: false, error: 'mark-is-outside' })
    expect(await say({ time: { from: 1000 } })).toMatchObject({ ok: false, error: 'mark-is-outside' })
  })

  test('cannot be flooded', async () => {
    const { open, answer } = await aTalk()
    const { threadId } = await open()
    const outcomes = []
    for (let i = 0; i < 61; i++) outcomes.push(await answer(threadId))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(60)
    expect(outcomes.at(-1)).toMatchObject({ ok: false, error: 'wait-a-moment' })
  })
})

describe('resolving', () => {
  test('twice at once happens once, with one fact', async () => {
    const { open, by, lena, jonas, facts } = await aTalk()
    const { threadId } = await open()
    const outcomes = await Promise.all([lena, jonas, lena].map((who) => resolveThread(by(who), { threadId })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'already-resolved' })
    expect(await facts('discussion.resolved')).toBe(1)
    expect(await t.db.discussionTurn.count({ where: { threadId } })).toBe(1)
  })

  test('against an answer at once: whichever comes first, the thread is open and the answer is there', async () => {
    for (let round = 0; round < 6; round++) {
      const { open, by, lena, answer } = await aTalk()
      const { threadId, commentId } = await open()
      later()
      const [resolved, answered] = await Promise.all([
        resolveThread(by(lena), { threadId, lastSeenId: commentId }),
        answer(threadId, undefined, { seen: 'OPEN' }),
      ])
      expect(answered.ok).toBe(true)
      if (!resolved.ok) expect(resolved.error).toBe('answered-meanwhile')
      const thread = await t.db.discussionThread.findUniqueOrThrow({ where: { id: threadId }, include: { comments: true } })
      expect(thread.state).toBe('OPEN')
      expect(thread.comments).toHaveLength(2)
    }
  })

  test('an answer to what one saw resolved leaves it so, unless asked', async () => {
    const { open, by, lena, answer } = await aTalk()
    const { threadId } = await open()
    await resolveThread(by(lena), { threadId })
    expect(await answer(threadId, undefined, { seen: 'RESOLVED' })).toMatchObject({ value: { reopened: false } })
    expect(await answer(threadId, undefined, { seen: 'RESOLVED', reopen: true })).toMatchObject({ value: { reopened: true } })
  })

  test('is undone once, by whom and when is kept', async () => {
    const { open, by, lena, jonas, asset } = await aTalk()
    const { threadId } = await open()
    expect(await reopenThread(by(lena), { threadId })).toMatchObject({ ok: false, error: 'not-resolved' })
    await resolveThread(by(lena), { threadId })
    later()
    const outcomes = await Promise.all([reopenThread(by(jonas), { threadId }), reopenThread(by(jonas), { threadId })])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const { threads } = await discussionOf(by(lena), { assetId: asset.id, show: 'all' })
    expect(threads[0]?.turns.map(({ state, by: name }) => [state, name])).toEqual([
      ['RESOLVED', 'Lena Hart'],
      ['OPEN', 'Jonas Berg'],
    ])
  })
})

describe('words', () => {
  test('are changed by their writer, seen as changed, with what they were', async () => {
    const { open, by, lena, asset } = await aTalk()
    const { commentId } = await open('Frist')
    later()
    expect(await editComment(by(lena), { commentId, body: 'First', mentions: [] })).toMatchObject({ ok: true })
    expect(await editComment(by(lena), { commentId, body: 'First', mentions: [] })).toMatchObject({ ok: true })
    const { threads } = await discussionOf(by(lena), { assetId: asset.id, show: 'open' })
    expect(threads[0]?.comments[0]).toMatchObject({ edited: true, typed: 'First', before: [{ parts: [{ text: 'Frist' }] }] })
  })

  test('are changed by nobody else, not after a day, and not over a change that was not seen', async () => {
    const { open, by, lena, jonas } = await aTalk()
    const { commentId } = await open()
    const seenAt = ctx.clock.now().toISOString()
    later()
    await expect(editComment(by(jonas), { commentId, body: 'Mine', mentions: [] })).rejects.toMatchObject({ code: 'forbidden' })
    const outcomes = await Promise.all(['One', 'Two'].map((body) => editComment(by(lena), { commentId, body, mentions: [], seenAt })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'changed-meanwhile' })
    later(editableForMs)
    expect(await editComment(by(lena), { commentId, body: 'Late', mentions: [] })).toMatchObject({ ok: false, error: 'too-late' })
  })

  test('are taken back once and leave a tombstone, their history gone', async () => {
    const { open, by, lena, jonas, asset, answer } = await aTalk()
    const { commentId, threadId } = await open('One @Jonas Berg')
    later()
    await answer(threadId)
    later()
    await editComment(by(lena), { commentId, body: 'Two @Jonas Berg', mentions: [] })
    await expect(deleteComment(by(jonas), { commentId })).rejects.toMatchObject({ code: 'forbidden' })
    const outcomes = await Promise.all([deleteComment(by(lena), { commentId }), deleteComment(by(lena), { commentId })])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: 'deleted' })
    expect(await editComment(by(lena), { commentId, body: 'Again', mentions: [] })).toMatchObject({ ok: false, error: 'deleted' })
    const { threads } = await discussionOf(by(lena), { assetId: asset.id, show: 'open' })
    expect(threads[0]?.comments[0]).toMatchObject({ deleted: true, parts: [], before: [], typed: null })
    expect(await t.db.discussionMention.count({ where: { commentId } })).toBe(0)
  })

  test('of others are taken back by librarians', async () => {
    const { open, by, lena, jonas } = await aTalk()
    const { commentId } = await open('Rude', jonas)
    expect(await deleteComment(by(lena), { commentId })).toMatchObject({ ok: true })
  })
})

describe('a later version', () => {
  test('has the threads that still apply: one conversation, at the same place', async () => {
    const { open, by, lena, asset, versionId, houseId } = await aTalk()
    const { threadId } = await open()
    const second = await nextVersion(houseId, asset.id, versionId)
    later()
    const before = await discussionOf(by(lena), { assetId: asset.id, versionId: second, show: 'open' })
    expect(before.threads).toEqual([])
    expect(before.older.map(({ id }) => id)).toEqual([threadId])
    const carried = await Promise.all([1, 2].map(() => carryThreads(by(lena), { threadIds: [threadId], toVersionId: second })))
    expect(carried.filter(({ ok }) => ok)).toHaveLength(1)
    expect(carried.find(({ ok }) => !ok)).toMatchObject({ error: 'already-there' })
    const after = await discussionOf(by(lena), { assetId: asset.id, versionId: second, show: 'open' })
    expect(after.threads[0]).toMatchObject({ id: threadId, number: 1, mark: circle, versions: [1, 2] })
    await resolveThread(by(lena), { threadId })
    expect((await discussionOf(by(lena), { assetId: asset.id, versionId, show: 'open' })).threads).toEqual([])
  })

  test('takes no thread of another asset, and no page that it does not have', async () => {
    const { open, by, lena, asset, versionId, houseId } = await aTalk()
    const other = await anAsset(ctx, { houseId })
    const { threadId } = await open()
    await expect(carryThreads(by(lena), { threadIds: [threadId], toVersionId: other.currentVersionId ?? '' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await t.db.assetVersion.update({ where: { id: versionId }, data: { pages: 3 } })
    const paged = await openThread(by(lena), { versionId, body: 'Here', mark: { page: 3 }, mentions: [] })
    if (!paged.ok) throw new Error(paged.error)
    const second = await nextVersion(houseId, asset.id, versionId)
    await t.db.assetVersion.update({ where: { id: second }, data: { pages: 2 } })
    const ids = [threadId, paged.value.threadId]
    expect(await carryThreads(by(lena), { threadIds: ids, toVersionId: second })).toMatchObject({ ok: false, error: 'mark-is-outside' })
    expect(await t.db.discussionPlacement.count({ where: { versionId: second } })).toBe(0)
  })
})

test('what others said since the last look is new, and one comment has an address', async () => {
  const { open, by, lena, jonas, asset, answer } = await aTalk()
  const { threadId } = await open()
  await noteLook(by(lena), asset.id, ctx.clock.now())
  later()
  const answered = await answer(threadId, jonas)
  if (!answered.ok) throw new Error(answered.error)
  const page = await discussionOf(by(lena), { assetId: asset.id, show: 'open' })
  expect(page.unread).toBe(1)
  expect(page.threads[0]?.comments.map(({ isNew }) => isNew)).toEqual([false, true])
  expect(await placeOfComment(by(lena), answered.value.commentId)).toEqual({ assetId: asset.id, threadId, version: 1 })
  await noteLook(by(lena), asset.id, ctx.clock.now())
  expect((await discussionOf(by(lena), { assetId: asset.id, show: 'open' })).unread).toBe(0)

  // Said while the page was read, and not on it; an older look that comes in late takes nothing back.
  const read = ctx.clock.now()
  later()
  await answer(threadId, jonas)
  await noteLook(by(lena), asset.id, read)
  expect((await discussionOf(by(lena), { assetId: asset.id, show: 'open' })).unread).toBe(1)
  await noteLook(by(lena), asset.id, ctx.clock.now())
  await noteLook(by(lena), asset.id, read)
  expect((await discussionOf(by(lena), { assetId: asset.id, show: 'open' })).unread).toBe(0)
})

test('mine are the threads in which one writes or is named', async () => {
  const { open, by, jonas, lena, asset, ida } = await aTalk()
  await open('Nothing for others')
  const named = await open('@Jonas Berg, yours')
  const mine = (who: Person) => discussionOf(by(who), { assetId: asset.id, show: 'mine' })
  expect((await mine(jonas)).threads.map(({ id }) => id)).toEqual([named.threadId])
  expect((await mine(lena)).threads).toHaveLength(2)
  expect((await mine(ida)).threads).toEqual([])
})

test('the database keeps a thread to the versions of its asset', async () => {
  const { open, houseId } = await aTalk()
  const { threadId } = await open()
  const other = await anAsset(ctx, { houseId })
  const place = { threadId, versionId: other.currentVersionId ?? '', number: 1, placedById: 'usr_x', placedAt: ctx.clock.now() }
  await expect(t.db.discussionPlacement.create({ data: place })).rejects.toThrow(/discussion_is_about_one_asset/)
})
