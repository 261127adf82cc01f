import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, testNow, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { askForAsset, assignBrief, deliverBrief, moveBrief } from './briefs.ts'
import { addDelivery, takeFromBrief } from './deliveries.ts'
import { noteOnBrief } from './notes.ts'
import { addBriefPaper, openBriefPaper } from './papers.ts'
import { openBriefPreview } from './previews.ts'
import { briefStateNames, briefStates, isEnded, type BriefVerb } from './rules/brief-states.ts'
import { askBriefForm, moveBriefForm } from './schema.ts'
import { beginForBrief, receiveForBrief } from './uploads.ts'
import { briefForUpload, briefPage, myBriefs } from './views.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let nora: Person
let rival: Person
let lena: Person
let colin: Person
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  const partner = async () => {
    const { id: orgId } = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
    return aPerson(ctx, { houseId, orgId, roles: ['PARTNER'] })
  }
  nora = await partner()
  rival = await partner()
  lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  colin = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
})

const as = (person: Person): TestContext & { actor: Person } => asActor(ctx, person) as TestContext & { actor: Person }
const jpeg = () => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), randomBytes(64)])
const pdf = () => ({ fileName: 'shots.pdf', source: Readable.from([Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40)])]) })
const caller = { ip: null, userAgent: null }

async function aBrief(by = nora): Promise<string> {
  const asked = await askForAsset(as(by), askBriefForm.parse({ title: 'Portrait', outcome: 'Three.' }))
  if (!asked.ok) throw new Error(asked.error)
  return asked.value.briefId
}
async function anAssigned(): Promise<string> {
  const id = await aBrief()
  await moveBrief(as(lena), id, { verb: 'accept' })
  await assignBrief(as(lena), id, { to: colin.userId, words: 'Not more than 300, the margin is thin.' })
  return id
}

test('another partner finds no brief, note, paper, preview or way to upload by its number', async () => {
  const id = await anAssigned()
  const paper = await addBriefPaper(as(nora), id, pdf())
  if (!paper.ok) throw new Error(paper.error)
  const own = await aBrief(rival)
  const made = await anAsset(ctx, { houseId, state: 'APPROVED' })
  await addDelivery(as(colin), id, { assetId: made.id })
  const doors: (() => Promise<unknown>)[] = [
    () => briefPage(as(rival), id),
    () => briefForUpload(as(rival), id),
    () => noteOnBrief(as(rival), id, { body: 'x', desk: false }),
    () => addBriefPaper(as(rival), id, pdf()),
    () => openBriefPaper(as(rival), id, paper.value.paperId, caller),
    // The number of one brief with what lies under another.
    () => openBriefPaper(as(rival), own, paper.value.paperId, caller),
    () => openBriefPreview(as(rival), id, made.id),
    () => openBriefPreview(as(rival), own, made.id),
    () => addDelivery(as(rival), id, { assetId: made.id }),
    () => takeFromBrief(as(rival), id, { assetId: made.id }),
    () => deliverBrief(as(rival), id, {}),
    () => beginForBrief(as(rival), { fileName: 'a.jpg', size: 9, briefId: id }),
    () => receiveForBrief(as(rival), { fileName: 'a.jpg', source: Readable.from([jpeg()]), briefId: id }),
  ]
  for (const door of doors) await expect(door()).rejects.toMatchObject({ code: 'not-found' })
  const otherHouse = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] })
  await expect(briefPage(as(otherHouse), id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(openBriefPaper(as(otherHouse), id, paper.value.paperId, caller)).rejects.toMatchObject({ code: 'not-found' })
  await expect(assignBrief(as(otherHouse), id, { to: otherHouse.userId })).rejects.toMatchObject({ code: 'not-found' })
})

describe('whoever asked', () => {
  test('and acts from another seat, or has left, is a stranger to the brief', async () => {
    const id = await anAssigned()
    // The same person, by a seat with the rival; and as a customer.
    const elsewhere: Person = { ...nora, orgId: rival.orgId }
    const buyer: Person = { ...nora, orgKind: 'CUSTOMER', orgId: (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id }
    for (const person of [elsewhere, buyer]) {
      await expect(briefPage(as(person), id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(moveBrief(as(person), id, { verb: 'cancel' })).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await myBriefs(as(elsewhere), null)).items).toEqual([])
    expect((await briefPage(as(nora), id)).id).toBe(id)
  })

  test('says none of the other side’s verbs, in no state', async () => {
    const verbs: BriefVerb[] = ['accept', 'decline', 'assign', 'start', 'deliver', 'close']
    for (const state of briefStateNames) {
      const id = await aBrief()
      await t.db.brief.update({
        where: { id },
        data: { state, endedAt: isEnded(state) ? testNow : null, reason: 'x', assigneeId: colin.userId },
      })
      for (const verb of verbs) {
        const act =
          verb === 'assign'
            ? assignBrief(as(nora), id, { to: colin.userId })
            : verb === 'deliver'
              ? deliverBrief(as(nora), id, {})
              : moveBrief(as(nora), id, { verb: verb as 'accept', words: 'x' })
        await expect(act).rejects.toMatchObject({ code: 'forbidden' })
      }
      expect((await briefPage(as(nora), id)).verbs.every((verb) => !verbs.includes(verb))).toBe(true)
      for (const verb of ['approve', 'askChanges', 'cancel'] as const) {
        if (briefStates.after(state, verb)) continue
        expect(await moveBrief(as(nora), id, { verb, words: 'x' })).toMatchObject({ error: 'wrong-state' })
      }
      expect((await t.db.brief.findUniqueOrThrow({ where: { id } })).state).toBe(state)
    }
  })

  test('reads none of what the desk and the maker say to each other', async () => {
    const id = await anAssigned()
    await noteOnBrief(as(lena), id, { body: 'The budget is a joke.', desk: true })
    await expect(noteOnBrief(as(nora), id, { body: 'x', desk: true })).rejects.toMatchObject({ code: 'forbidden' })
    const page = await briefPage(as(nora), id)
    expect(JSON.stringify(page, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      new RegExp(`joke|margin|${colin.userId}|${lena.userId}`),
    )
    expect((await briefPage(as(colin), id)).steps.find(({ verb }) => verb === 'assign')?.words).toContain('margin')
    expect((await myBriefs(as(nora), null)).items[0]?.notes).toBe(0)
  })

  test('learns nothing of an asset that is sealed, held or put away, not even its name', async () => {
    const id = await anAssigned()
    const asset = await anAsset(ctx, { houseId, state: 'APPROVED' })
    await addDelivery(as(colin), id, { assetId: asset.id })
    expect((await briefPage(as(nora), id)).deliveries).toMatchObject([{ withheld: false, seen: true }])
    for (const data of [
      { state: 'EMBARGOED' as const, embargoEndsAt: new Date('2027-01-01'), embargoThen: 'APPROVED' as const },
      { state: 'APPROVED' as const, embargoEndsAt: null, embargoThen: null },
      { state: 'ARCHIVED' as const },
    ]) {
      await t.db.asset.update({ where: { id: asset.id }, data })
      const [delivery] = (await briefPage(as(nora), id)).deliveries
      if (data.state === 'APPROVED') expect(delivery).toMatchObject({ withheld: false, seen: true })
      else {
        expect(delivery).toMatchObject({ withheld: true, seen: false, title: '', altText: '', version: null })
        await expect(openBriefPreview(as(nora), id, asset.id)).rejects.toMatchObject({ code: 'not-found' })
      }
    }
  })
})

describe('whoever makes it', () => {
  test('lays under it nothing that is sealed from them, from outside, in the bin or another house’s', async () => {
    const id = await anAssigned()
    const sealed = await anAsset(ctx, { houseId, state: 'APPROVED' })
    await t.db.asset.update({
      where: { id: sealed.id },
      data: { state: 'EMBARGOED', embargoEndsAt: new Date('2027-01-01'), embargoThen: 'APPROVED' },
    })
    const outside = await anAsset(ctx, { houseId, state: 'DRAFT' })
    await t.db.asset.update({ where: { id: outside.id }, data: { quarantinedAt: testNow } })
    const foreign = await anAsset(ctx, { houseId: (await aHouse(ctx)).id })
    for (const asset of [sealed, outside, foreign])
      expect(await addDelivery(as(colin), id, { assetId: asset.id })).toMatchObject({ error: 'no-such-asset' })
  })

  test('and lost the seat, or the brief, while they worked, brings it no further', async () => {
    const id = await anAssigned()
    await receiveForBrief(as(colin), { fileName: 'a.jpg', source: Readable.from([jpeg()]), briefId: id })
    const former: Person = { ...colin, orgKind: 'CUSTOMER', orgId: nora.orgId, roles: ['CUSTOMER'] }
    await expect(briefPage(as(former), id)).rejects.toMatchObject({ code: 'not-found' })
    const other = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
    // Given to somebody else while it is being delivered: one of both, and never both.
    const [given, delivered] = await Promise.allSettled([assignBrief(as(lena), id, { to: other.userId }), deliverBrief(as(colin), id, {})])
    const { assigneeId, state } = await t.db.brief.findUniqueOrThrow({ where: { id } })
    expect(given.status).toBe('fulfilled')
    if (delivered.status === 'fulfilled' && delivered.value.ok)
      expect({ assigneeId, state }).toEqual({ assigneeId: colin.userId, state: 'DELIVERED' })
    else expect({ assigneeId, state }).toEqual({ assigneeId: other.userId, state: 'ASSIGNED' })
  })
})

test('papers go as files to be kept, whatever they are called, and none after the end', async () => {
  const id = await aBrief()
  const kept = await addBriefPaper(as(nora), id, { ...pdf(), fileName: '../<img onerror=x>\u202e.pdf' })
  if (!kept.ok) throw new Error(kept.error)
  const file = await openBriefPaper(as(nora), id, kept.value.paperId, caller)
  expect(file).toMatchObject({ inline: false, fileName: '<img onerror=x>.pdf' })
  const late = {
    fileName: 'late.pdf',
    source: Readable.from(
      (async function* () {
        yield Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40)])
        await moveBrief(as(nora), id, { verb: 'cancel' })
        yield randomBytes(10)
      })(),
      { objectMode: false },
    ),
  }
  expect(await addBriefPaper(as(nora), id, late)).toMatchObject({ error: 'brief-ended' })
  expect(moveBriefForm.safeParse({ verb: 'assign', to: 'gln_x" OR 1' }).success).toBe(false)
})
