import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, testNow, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { followGuestLink } from '../intake/guest-doors.ts'
import { makeGuestLink } from '../intake/guest-links.ts'
import { beginGuestUpload, receiveGuestFile } from '../intake/guest-uploads.ts'
import { guestLinkForm } from '../intake/schema.ts'
import { asSender, beginSending, sendingOf } from '../intake/sendings.ts'
import { askForAsset, assignBrief, deliverBrief, moveBrief } from './briefs.ts'
import { addDelivery, noteGuestDelivery, takeFromBrief } from './deliveries.ts'
import { noteOnBrief } from './notes.ts'
import { addBriefPaper, openBriefPaper } from './papers.ts'
import { openBriefPreview } from './previews.ts'
import { askBriefForm } from './schema.ts'
import { beginForBrief, receiveForBrief } from './uploads.ts'
import { briefBoard, briefDeskList, briefMakers, briefPage, myBriefs } from './views.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let nora: Person
let lena: Person
let colin: Person
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  const partner = await anOrganisation(ctx, { houseId, kind: 'PARTNER', name: 'Kaffeewerk' })
  nora = await aPerson(ctx, { houseId, orgId: partner.id, roles: ['PARTNER'] })
  lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  colin = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
})

const as = (person: Person): TestContext & { actor: Person } => asActor(ctx, person) as TestContext & { actor: Person }
const jpeg = () => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), randomBytes(64)])
const wish = (fields: object = {}) =>
  askBriefForm.parse({ title: 'Barista portrait', outcome: 'Three portraits, landscape, calm light.', ...fields })
async function aBrief(by = nora, fields: object = {}): Promise<string> {
  const asked = await askForAsset(as(by), wish(fields))
  if (!asked.ok) throw new Error(asked.error)
  return asked.value.briefId
}
async function anAssigned(to = colin): Promise<string> {
  const id = await aBrief()
  await moveBrief(as(lena), id, { verb: 'accept' })
  const assigned = await assignBrief(as(lena), id, { to: to.userId })
  if (!assigned.ok) throw new Error(assigned.error)
  return id
}
const stateOf = async (id: string) => (await t.db.brief.findUniqueOrThrow({ where: { id } })).state
const words = (outcomes: { ok: boolean; error?: string }[]) => outcomes.map((each) => (each.ok ? 'ok' : each.error)).sort()

describe('asking', () => {
  test('is for the house and its partners, with what explains the wish', async () => {
    const reference = await anAsset(ctx, { houseId })
    const id = await aBrief(nora, {
      dueOn: '2026-12-01',
      budget: '1200.50',
      links: 'https://example.org/mood\n',
      references: `/library/assets/${reference.id}`,
    })
    const page = await briefPage(as(nora), id)
    expect(page).toMatchObject({
      state: 'ASKED',
      dueOn: '2026-12-01',
      budget: { minor: 120_050n, currency: 'EUR' },
      links: ['https://example.org/mood'],
      verbs: ['cancel'],
    })
    expect(page.references.map((each) => each.id)).toEqual([reference.id])
    const customer = await aPerson(ctx, {
      houseId,
      orgId: (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id,
      roles: ['CUSTOMER'],
    })
    await expect(askForAsset(as(customer), wish())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(askForAsset(asActor(ctx, { kind: 'guest', houseId }), wish())).rejects.toMatchObject({ code: 'signed-out' })
    expect(askBriefForm.safeParse({ title: 'x', outcome: 'y', links: 'javascript:alert(1)' }).success).toBe(false)
  })

  test('says what is wrong with a wish', async () => {
    expect(await askForAsset(as(nora), wish({ dueOn: '2026-11-20' }))).toMatchObject({ error: 'due-is-past' })
    const draft = await anAsset(ctx, { houseId, state: 'DRAFT' })
    const other = await anAsset(ctx, { houseId: (await aHouse(ctx)).id })
    expect(await askForAsset(as(nora), wish({ references: draft.id }))).toMatchObject({ error: 'no-such-asset' })
    expect(await askForAsset(as(lena), wish({ references: draft.id }))).toMatchObject({ ok: true })
    expect(await askForAsset(as(lena), wish({ references: other.id }))).toMatchObject({ error: 'no-such-asset' })
    await t.db.brief.createMany({
      data: Array.from({ length: 200 }, (_, n) => ({
        id: `brf_${houseId}_${n}`,
        houseId,
        orgId: nora.orgId,
        askedById: nora.userId,
        title: 'x',
        outcome: 'y',
        language: 'en',
        links: [],
        createdAt: testNow,
        changedAt: testNow,
      })),
    })
    expect(await askForAsset(as(nora), wish())).toMatchObject({ error: 'too-many-open' })
  })

  test('is seen by its own organisation, its maker and the desk, and is not there for others', async () => {
    const id = await anAssigned()
    const rival = await aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id, roles: ['PARTNER'] })
    const colleague = await aPerson(ctx, { houseId, orgId: nora.orgId, roles: ['PARTNER'] })
    const other = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
    const elsewhere = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] })
    for (const person of [nora, colleague, colin, lena]) expect((await briefPage(as(person), id)).id).toBe(id)
    for (const person of [rival, other, elsewhere]) {
      await expect(briefPage(as(person), id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(moveBrief(as(person), id, { verb: 'cancel' })).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await myBriefs(as(rival), null)).items).toEqual([])
    expect((await myBriefs(as(colleague), null)).items.map((each) => each.id)).toEqual([id])
    expect((await myBriefs(as(colin), null)).items.map((each) => each.id)).toEqual([id])
  })
})

describe('a brief’s life', () => {
  test('goes from wish to close, and each step is told once', async () => {
    const id = await anAssigned()
    const received = await receiveForBrief(as(colin), { fileName: 'portrait.jpg', source: Readable.from([jpeg()]), briefId: id })
    if (!received.ok) throw new Error(received.error)
    expect(await stateOf(id)).toBe('IN_PROGRESS')
    expect(await deliverBrief(as(colin), id, { words: 'Three to choose from.' })).toMatchObject({ ok: true })
    expect(await moveBrief(as(nora), id, { verb: 'askChanges', words: 'Warmer, please.' })).toMatchObject({ ok: true })
    expect(await deliverBrief(as(colin), id, {})).toMatchObject({ ok: true })
    expect(await moveBrief(as(nora), id, { verb: 'approve' })).toMatchObject({ ok: true })
    expect(await moveBrief(as(lena), id, { verb: 'close' })).toMatchObject({ ok: true, value: { state: 'CLOSED' } })
    const steps = await t.db.briefStep.findMany({ where: { briefId: id }, orderBy: { id: 'asc' } })
    expect(steps.map(({ verb }) => verb).sort()).toEqual([
      'accept',
      'approve',
      'ask',
      'askChanges',
      'assign',
      'close',
      'deliver',
      'deliver',
      'start',
    ])
    expect(await t.db.auditFact.count({ where: { type: 'brief.delivered', subjectId: id } })).toBe(2)
    expect(await noteOnBrief(as(nora), id, { body: 'Thanks', desk: false })).toMatchObject({ error: 'brief-ended' })
  })

  test('two at once: one accepts, one is given it, one delivers', async () => {
    const id = await aBrief()
    const second = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
    expect(words(await Promise.all([lena, second].map((each) => moveBrief(as(each), id, { verb: 'accept' }))))).toEqual([
      'ok',
      'wrong-state',
    ])
    const assigned = await Promise.all([colin, second].map((to) => assignBrief(as(lena), id, { to: to.userId })))
    expect(words(assigned)).toContain('ok')
    const maker = (await t.db.brief.findUniqueOrThrow({ where: { id } })).assigneeId
    expect([colin.userId, second.userId]).toContain(maker)
    await receiveForBrief(as(lena), { fileName: 'a.jpg', source: Readable.from([jpeg()]), briefId: id })
    expect(words(await Promise.all([1, 2].map(() => deliverBrief(as(lena), id, {}))))).toEqual(['ok', 'wrong-state'])
    expect(words(await Promise.all([1, 2].map(() => moveBrief(as(nora), id, { verb: 'approve' }))))).toEqual(['ok', 'wrong-state'])
  })

  test('is nobody’s to move who may not, or may not any more', async () => {
    const id = await anAssigned()
    await expect(moveBrief(as(nora), id, { verb: 'start' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(moveBrief(as(colin), id, { verb: 'cancel' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(assignBrief(as(colin), id, { to: colin.userId })).rejects.toMatchObject({ code: 'forbidden' })
    await addDelivery(as(lena), id, { assetId: (await anAsset(ctx, { houseId })).id })
    // The role that lets him work was taken from him meanwhile.
    const former = { ...colin, roles: ['AUDITOR' as const] }
    await expect(deliverBrief(as(former), id, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(beginForBrief(as(former), { fileName: 'a.jpg', size: 9, briefId: id })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await moveBrief(as(nora), id, { verb: 'approve' })).toMatchObject({ error: 'wrong-state' })
  })

  test('is assigned to who makes things: not to auditors, strangers, or a link that is shut', async () => {
    const id = await aBrief()
    await moveBrief(as(lena), id, { verb: 'accept' })
    const auditor = await aPerson(ctx, { houseId, roles: ['AUDITOR'] })
    expect(await assignBrief(as(lena), id, { to: auditor.userId })).toMatchObject({ error: 'not-a-maker' })
    expect(await assignBrief(as(lena), id, { to: nora.userId })).toMatchObject({ error: 'not-a-maker' })
    expect(await assignBrief(as(lena), id, { to: 'gln_nothing' })).toMatchObject({ error: 'no-such-link' })
    const declined = await aBrief()
    await moveBrief(as(lena), declined, { verb: 'decline', words: 'We have just that.' })
    expect(await t.db.brief.findUniqueOrThrow({ where: { id: declined } })).toMatchObject({
      state: 'DECLINED',
      reason: 'We have just that.',
    })
    expect(await assignBrief(as(lena), declined, { to: colin.userId })).toMatchObject({ error: 'wrong-state' })
  })
})

describe('what is made for it', () => {
  test('lies under it in the transaction of the upload, or is refused before a byte is sent', async () => {
    const id = await aBrief()
    expect(await beginForBrief(as(lena), { fileName: 'a.jpg', size: 9, briefId: id })).toMatchObject({ error: 'brief-closed' })
    const assigned = await anAssigned()
    const received = await receiveForBrief(as(colin), { fileName: 'a.jpg', source: Readable.from([jpeg()]), briefId: assigned })
    if (!received.ok) throw new Error(received.error)
    const page = await briefPage(as(nora), assigned)
    expect(page.deliveries).toMatchObject([{ id: received.value.assetId, seen: false }])
    await expect(openBriefPreview(as(nora), assigned, received.value.assetId)).rejects.toMatchObject({ code: 'not-found' })
    expect(await takeFromBrief(as(colin), assigned, { assetId: received.value.assetId })).toMatchObject({ ok: true })
    expect(await deliverBrief(as(colin), assigned, {})).toMatchObject({ error: 'nothing-delivered' })
  })

  test('may be in the library already; its asker sees it once it is approved', async () => {
    const id = await anAssigned()
    const asset = await anAsset(ctx, { houseId, state: 'APPROVED', audience: 'INTERNAL' })
    const archived = await anAsset(ctx, { houseId, state: 'ARCHIVED' })
    expect(await addDelivery(as(colin), id, { assetId: archived.id })).toMatchObject({ error: 'no-such-asset' })
    expect(words(await Promise.all([1, 2].map(() => addDelivery(as(colin), id, { assetId: asset.id }))))).toContain('ok')
    expect(await addDelivery(as(colin), id, { assetId: asset.id })).toMatchObject({ error: 'there-already' })
    expect(await openBriefPreview(as(nora), id, asset.id)).toMatchObject({ keep: 'browser', inline: true })
    const other = await aBrief()
    await expect(openBriefPreview(as(nora), other, asset.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await addDelivery(as(lena), other, { assetId: asset.id })).toMatchObject({ error: 'takes-no-files' })
    expect(await takeFromBrief(as(lena), other, { assetId: asset.id })).toMatchObject({ error: 'takes-no-files' })
  })

  test('comes through the guest link that it is assigned to', async () => {
    const id = await aBrief()
    await moveBrief(as(lena), id, { verb: 'accept' })
    const made = await makeGuestLink(as(lena), guestLinkForm.parse({ name: 'Ada Meyer', withoutPassword: 'on' }))
    if (!made.ok) throw new Error(made.error)
    expect(await assignBrief(as(lena), id, { to: made.value.linkId })).toMatchObject({ ok: true })
    expect((await briefMakers(as(lena))).links).toMatchObject([{ briefId: id }])
    const guest = asActor(ctx, { kind: 'guest', houseId })
    const link = await followGuestLink(guest, made.value.secret, '192.0.2.1')
    const begun = await beginSending(
      guest,
      link,
      { senderName: 'Ada', senderEmail: 'ada@photo.test', source: '', licenceWords: '' },
      { ip: '192.0.2.1', language: 'en' },
    )
    if (!begun.ok) throw new Error(begun.error)
    const sending = await sendingOf(guest, link.id, begun.value.token)
    if (!sending) throw new Error('no sending')
    const sender = asSender(guest, sending)
    expect(await receiveGuestFile(sender, { fileName: 'a.jpg', source: Readable.from([jpeg()]) })).toMatchObject({ ok: true })
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { type: 'guest-file.received', houseId } })
    expect(JSON.parse(fact.body)).toMatchObject({ data: { briefId: id } })
    const house = asActor(ctx, { kind: 'system', houseId, name: 'reaction' })
    await noteGuestDelivery(house, id, fact.subjectId)
    await noteGuestDelivery(house, id, fact.subjectId)
    expect(await stateOf(id)).toBe('IN_PROGRESS')
    expect((await briefPage(as(lena), id)).deliveries).toMatchObject([{ id: fact.subjectId, waitsOutside: true }])
    // The guest's door is the link's; a brief is nobody's way around it.
    await expect(beginForBrief(sender, { fileName: 'a', size: 1, briefId: id })).rejects.toMatchObject({ code: 'not-found' })
    expect(await beginGuestUpload(sender, { fileName: 'b.jpg', size: 9 })).toMatchObject({ ok: true })
  })
})

describe('around it', () => {
  test('notes are for all who follow it, or for the house alone', async () => {
    const id = await anAssigned()
    expect(await noteOnBrief(as(nora), id, { body: 'Which day?', desk: false })).toMatchObject({ ok: true })
    expect(await noteOnBrief(as(lena), id, { body: 'Budget is tight', desk: true })).toMatchObject({ ok: true })
    await expect(noteOnBrief(as(nora), id, { body: 'x', desk: true })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await briefPage(as(nora), id)).notes.map(({ body }) => body)).toEqual(['Which day?'])
    expect((await briefPage(as(colin), id)).notes).toHaveLength(2)
    for (let n = 0; n < 59; n++) await noteOnBrief(as(nora), id, { body: 'more', desk: false })
    expect(await noteOnBrief(as(nora), id, { body: 'more', desk: false })).toMatchObject({ error: 'wait-a-moment' })
  })

  test('papers explain it, and are read by who follows it', async () => {
    const id = await anAssigned()
    const pdf = () => Readable.from([Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(20)])])
    const kept = await addBriefPaper(as(nora), id, { fileName: 'layout.pdf', source: pdf() })
    if (!kept.ok) throw new Error(kept.error)
    expect(await addBriefPaper(as(nora), id, { fileName: 'x.sh', source: Readable.from([Buffer.from('#!')]) })).toMatchObject({
      error: 'refused-type',
    })
    const caller = { ip: null, userAgent: null }
    expect(await openBriefPaper(as(colin), id, kept.value.paperId, caller)).toMatchObject({ fileName: 'layout.pdf' })
    await expect(openBriefPaper(as(nora), await aBrief(), kept.value.paperId, caller)).rejects.toMatchObject({ code: 'not-found' })
    await moveBrief(as(nora), id, { verb: 'cancel' })
    expect(await addBriefPaper(as(nora), id, { fileName: 'late.pdf', source: pdf() })).toMatchObject({ error: 'brief-ended' })
  })

  test('the desk sees a board and lists, late ones marked', async () => {
    const id = await anAssigned()
    await t.db.brief.update({ where: { id }, data: { dueOn: '2026-11-19' } })
    await aBrief()
    const board = await briefBoard(as(lena))
    expect(board.columns.map(({ key, total }) => [key, total])).toEqual([
      ['asked', 1],
      ['accepted', 0],
      ['making', 1],
      ['delivered', 0],
      ['approved', 0],
    ])
    expect(board.columns[2]?.briefs).toMatchObject([{ id, late: true, maker: colin.name, org: 'Kaffeewerk' }])
    expect((await briefDeskList(as(lena), { states: ['ASKED'], after: null })).items).toHaveLength(1)
    await expect(briefBoard(as(colin))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
