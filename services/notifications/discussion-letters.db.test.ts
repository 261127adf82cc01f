import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person, Role } from '#services/kernel/actor.ts'
import { muteThread } from '#services/discussion/carrying.ts'
import { deleteComment, editComment } from '#services/discussion/comments.ts'
import { answerThread, openThread } from '#services/discussion/threads.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { aHouse, aPerson, anAsset } from '#services/testing/world.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(4)))
afterAll(async () => t[Symbol.asyncDispose]())

async function aTalk() {
  const ctx = testContext(t.db)
  const { id: houseId } = await aHouse(ctx)
  const person = (name: string, ...roles: Role[]) => aPerson(ctx, { houseId, roles, name })
  const [lena, jonas, maren] = [
    await person('Lena Hart', 'LIBRARIAN'),
    await person('Jonas Berg', 'REVIEWER'),
    await person('Maren Vogt', 'RIGHTS_MANAGER'),
  ]
  const { currentVersionId } = await anAsset(ctx, { houseId })
  const by = (actor: Person): TestContext => asActor(ctx, actor)
  const open = async (body: string, actor = lena) => {
    const opened = await openThread(by(actor), { versionId: currentVersionId ?? '', body, mark: null, mentions: [] })
    if (!opened.ok) throw new Error(opened.error)
    return opened.value
  }
  const answer = async (threadId: string, body: string, actor = jonas) => {
    const answered = await answerThread(by(actor), { threadId, body, mentions: [], reopen: false })
    if (!answered.ok) throw new Error(answered.error)
    ctx.clock.advance(1_000)
    return answered.value
  }
  const follow = () => followFacts(asActor(ctx, { kind: 'system', houseId, name: 'test' }))
  /** Who was written to, by subject, since the last time. */
  const post = async () => {
    await follow()
    return ctx.mail.sent.splice(0).map(({ to, subject }) => `${[lena, jonas, maren].find(({ email }) => email === to)?.name}: ${subject}`)
  }
  return { ctx, lena, jonas, maren, by, open, answer, post }
}

test('whoever is named gets one letter with the words and the way there; the writer none', async () => {
  const { ctx, lena, jonas, open, post, by } = await aTalk()
  const { commentId } = await open('@Jonas Berg and @Lena Hart: <b>look</b>')
  expect(await post()).toEqual(['Jonas Berg: Lena Hart names you: “Harbour at dawn”'])
  // Named again by an edit, and somebody new with them: only the new one hears of it.
  ctx.clock.advance(1_000)
  await editComment(by(lena), { commentId, body: '@Jonas Berg and @Maren Vogt, look', mentions: [] })
  expect(await post()).toEqual(['Maren Vogt: Lena Hart names you: “Harbour at dawn”'])
  expect(jonas.name).toBe('Jonas Berg')
})

test('the letter shows names for ids, escapes what was typed, and leads to the comment', async () => {
  const { ctx, open, post } = await aTalk()
  const { commentId } = await open('@Jonas Berg <img src=x>')
  const sent = ctx.mail.sent
  let letter: (typeof sent)[number] | undefined
  const push = sent.push.bind(sent)
  sent.push = (...letters) => ((letter = letters[0]), push(...letters))
  await post()
  expect(letter?.text).toContain('@Jonas Berg <img src=x>')
  expect(letter?.html).toContain('&lt;img src=x&gt;')
  expect(letter?.text).toContain(`https://clearmark.test/library/comments/${commentId}`)
})

test('an answer is told to those who take part, and to nobody who has left, muted it, or was named anyway twice', async () => {
  const { lena, maren, by, open, answer, post } = await aTalk()
  const { threadId } = await open('Not level')
  await answer(threadId, 'Indeed, @Maren Vogt')
  expect((await post()).sort()).toEqual([
    'Lena Hart: Jonas Berg answered: “Harbour at dawn”',
    'Maren Vogt: Jonas Berg names you: “Harbour at dawn”',
  ])
  await muteThread(by(lena), { threadId, muted: true })
  await t.db.member.update({ where: { id: maren.memberId }, data: { endedAt: new Date() } })
  await answer(threadId, 'Anybody?')
  expect(await post()).toEqual([])
  await muteThread(by(lena), { threadId, muted: false })
  await answer(threadId, 'Hello?')
  expect(await post()).toEqual(['Lena Hart: Jonas Berg answered: “Harbour at dawn”'])
})

test('words that were taken back before the letter left are in none', async () => {
  const { jonas, by, open, answer, post } = await aTalk()
  const { threadId } = await open('Not level')
  await post()
  const { commentId } = await answer(threadId, 'Nonsense, @Maren Vogt')
  await deleteComment(by(jonas), { commentId })
  expect(await post()).toEqual([])
})

test('a flood of mentions is twelve letters an hour', async () => {
  const { open, answer, post } = await aTalk()
  const { threadId } = await open('Not level')
  await post()
  for (let i = 0; i < 20; i++) await answer(threadId, `Number ${i}`)
  expect(await post()).toHaveLength(12)
})
