import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../kernel/actor.ts'
import { setAway } from '../review/absences.ts'
import { answerConsult, consult, handOn } from '../review/handing.ts'
import { submitAsset } from '../review/reviews.ts'
import { saveRoute } from '../review/routes.ts'
import { routeInput } from '../review/schema.ts'
import { tendReviews } from '../review/tending.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())

test('a step writes to whom it waits for, to who stands in, before it is due, and to those above when it is late; each once', async () => {
  const bare = testContext(t.db)
  const house = await aHouse(bare)
  const person = (name: string, ...roles: Role[]) => aPerson(bare, { houseId: house.id, roles, name })
  const [lena, jonas, olga, boss] = [
    await person('Lena', 'LIBRARIAN'),
    await person('Jonas', 'REVIEWER'),
    await person('Olga', 'REVIEWER'),
    await person('Boss', 'FINANCE'),
  ]
  const ctx: TestContext = { ...bare, actor: { kind: 'system', houseId: house.id, name: 'test' } }
  const by = (who: typeof lena) => asActor(ctx, who)
  const to = (who: typeof lena) => ctx.mail.sent.filter((letter) => letter.to === who.email).map(({ subject }) => subject)
  const { name, plan } = routeInput.parse({
    name: 'Brand',
    steps: [
      {
        name: 'Brand',
        roles: ['REVIEWER'],
        ownerId: jonas.userId,
        dueDays: '2',
        remindDays: '1',
        escalateDays: '0',
        escalateTo: [boss.userId],
      },
    ],
  })
  expect(await saveRoute(by(lena), { routeId: null, seen: 0, name, plan })).toMatchObject({ ok: true })
  const send = async (title: string) => {
    const asset = await anAsset(ctx, { houseId: house.id, state: 'DRAFT', title })
    const asked = await submitAsset(by(lena), { assetId: asset.id })
    return asked.ok ? asked.value.reviewId : ''
  }

  const first = await send('First light')
  await followFacts(ctx)
  expect([to(jonas), to(olga)], 'the owner, and nobody else').toEqual([['To review: “First light”'], []])

  expect(await setAway(by(jonas), { delegateId: olga.userId, from: '2026-11-21', until: '2026-11-23', note: '' })).toMatchObject({
    ok: true,
  })
  await send('Second light')
  await followFacts(ctx)
  expect(to(olga)).toEqual(['You stand in for Jonas from 21 November 2026', 'To review: “Second light”'])
  expect(to(jonas)).toHaveLength(1)

  const step = await t.db.reviewStep.findFirstOrThrow({ where: { reviewId: first } })
  expect(await handOn(by(lena), { stepId: step.id, toId: olga.userId, note: 'He is away' })).toMatchObject({ ok: true })
  const asked = await consult(by(olga), { stepId: step.id, askedId: lena.userId, question: 'Which paper?' })
  await answerConsult(by(lena), { questionId: asked.ok ? asked.value.questionId : '', answer: 'Matt' })
  await followFacts(ctx)
  expect(to(olga).slice(2)).toEqual(['Handed to you: “First light”', 'Lena answers about “First light”'])
  expect(to(lena)).toEqual(['Olga asks you about “First light”'])

  for (const at of ['2026-11-23T08:00:00Z', '2026-11-25T08:00:00Z', '2026-11-26T08:00:00Z']) {
    ctx.clock.set(new Date(at))
    await tendReviews(ctx)
    await tendReviews(ctx)
    await followFacts(ctx)
  }
  const due = to(olga).filter((subject) => subject.includes('Due on 24 November 2026'))
  expect(due.sort()).toEqual(['Due on 24 November 2026: “First light”', 'Due on 24 November 2026: “Second light”'])
  expect(to(boss).sort()).toEqual(['Overdue, and now with you: “First light”', 'Overdue, and now with you: “Second light”'])
  expect(ctx.mail.sent.find((letter) => letter.to === boss.email)?.text).toMatch(/waits for (Olga|Jonas)/)
})

test('of a step whose people leave somebody is told: who decides it now, or who keeps the library; each once', async () => {
  const bare = testContext(t.db)
  const house = await aHouse(bare)
  const person = (name: string, ...roles: Role[]) => aPerson(bare, { houseId: house.id, roles, name })
  const [lena, jonas, olga, boss] = [
    await person('Lena', 'LIBRARIAN'),
    await person('Jonas', 'REVIEWER'),
    await person('Olga', 'REVIEWER'),
    await person('Boss', 'FINANCE'),
  ]
  const ctx: TestContext = { ...bare, actor: { kind: 'system', houseId: house.id, name: 'test' } }
  const to = (who: typeof lena) => ctx.mail.sent.filter((letter) => letter.to === who.email).map(({ subject }) => subject)
  const steps = [{ name: 'Brand', roles: ['REVIEWER'], ownerId: jonas.userId, dueDays: '1', escalateDays: '0', escalateTo: [boss.userId] }]
  const { name, plan } = routeInput.parse({ name: 'Brand', steps })
  expect(await saveRoute(asActor(ctx, lena), { routeId: null, seen: 0, name, plan })).toMatchObject({ ok: true })
  const asset = await anAsset(ctx, { houseId: house.id, state: 'DRAFT', title: 'First light' })
  await submitAsset(asActor(ctx, lena), { assetId: asset.id })
  const goes = async (who: typeof lena) => {
    await t.db.member.update({ where: { id: who.memberId }, data: { endedAt: ctx.clock.now() } })
    for (const _ of [1, 2]) {
      await tendReviews(ctx)
      await followFacts(ctx)
    }
  }
  await followFacts(ctx)
  await goes(jonas)
  expect([to(olga), to(lena)]).toEqual([['Now with you: “First light”'], []])
  await goes(olga)
  expect(to(lena)).toEqual(['Nobody can decide “First light” any more'])
  ctx.clock.set(new Date('2026-11-25T08:00:00Z'))
  await goes(boss)
  expect(to(lena).slice(1)).toEqual(['Overdue, and with nobody: “First light”'])
  expect(to(boss)).toEqual([])
  expect([to(olga), to(jonas)].map((letters) => letters.length)).toEqual([1, 1])
})
