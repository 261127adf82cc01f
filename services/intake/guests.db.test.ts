import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, testNow, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { publishingFacts } from '../assets/publishing-facts.ts'
import { submittable } from '../assets/rules/publishable.ts'
import { assertOwnUpload, cancelUpload, finishUpload, uploadStanding } from '../assets/resumable.ts'
import { proposeFromFile } from '../rights/file-rights.ts'
import { attachPaper, openGuestPaper } from './guest-papers.ts'
import { decideGuestFiles, takeInGuestFile, turnGuestFileAway } from './guest-files.ts'
import { followGuestLink, unlockGuestLink } from './guest-doors.ts'
import { changeGuestLink, makeGuestLink, revokeGuestLink } from './guest-links.ts'
import { addToGuestUpload, beginGuestUpload, finishGuestUpload, receiveGuestFile } from './guest-uploads.ts'
import { guestLinkForm, type GuestLinkForm } from './schema.ts'
import { asSender, beginSending, closeSending, sendingOf, sweepSendings } from './sendings.ts'

let t: TestDb
let ctx: TestContext
let librarian: Person
let houseId: string
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  ctx = asActor(ctx, { kind: 'guest', houseId })
})

const desk = () => asActor(ctx, librarian)
const ip = '192.0.2.7'
const jpeg = (size = 64) => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), randomBytes(size)])
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function aLink(fields: Partial<GuestLinkForm> = {}) {
  const form = guestLinkForm.parse({ name: 'Kyoto shoot', ...(fields.password ? {} : { withoutPassword: 'on' }), ...fields })
  const made = await makeGuestLink(desk(), form)
  if (!made.ok) throw new Error(made.error)
  return { ...made.value, link: await followGuestLink(ctx, made.value.secret, ip) }
}
const said = { senderName: 'Ada Meyer', senderEmail: 'ada@photo.test', source: '', licenceWords: '' }
async function aVisit(link: Awaited<ReturnType<typeof aLink>>['link'], more = {}) {
  const begun = await beginSending(ctx, link, { ...said, ...more }, { ip, language: 'en' })
  if (!begun.ok) throw new Error(begun.error)
  const sending = await sendingOf(ctx, link.id, begun.value.token)
  if (!sending) throw new Error('no sending')
  return { sending, token: begun.value.token, guest: asSender(ctx, sending) }
}
const stillWriting = () => Promise.resolve(true)
async function send(guest: TestContext, bytes: Buffer, name = 'a.jpg') {
  const begun = await beginGuestUpload(guest, { fileName: name, size: bytes.length })
  if (!begun.ok) return begun
  await addToGuestUpload(guest, { uploadId: begun.value.uploadId, at: 0, source: Readable.from([bytes]), stillWriting })
  const outcome = await finishGuestUpload(guest, begun.value)
  return outcome.ok ? { ok: true as const, ...begun.value } : outcome
}

describe('a link', () => {
  test('is made by a librarian, opens by its secret alone, and keeps only the hash of it', async () => {
    const { linkId, secret, link } = await aLink({ mostFiles: 3, message: 'Please all frames of day two.' })
    expect(link).toMatchObject({ id: linkId, standing: 'OPEN', locked: false, message: 'Please all frames of day two.' })
    const row = await t.db.guestLink.findUniqueOrThrow({ where: { id: linkId } })
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(row.toldUserIds).toEqual([librarian.userId])
    await expect(followGuestLink(ctx, 'x'.repeat(32), ip)).rejects.toMatchObject({ code: 'not-found' })
    await expect(followGuestLink(ctx, secret.slice(0, 31), ip)).rejects.toMatchObject({ code: 'not-found' })
    const other = await aHouse(ctx)
    await expect(followGuestLink(asActor(ctx, { kind: 'guest', houseId: other.id }), secret, ip)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('is nobody else’s to make, change or revoke', async () => {
    const { linkId } = await aLink()
    for (const roles of [['CONTRIBUTOR'], ['REVIEWER'], ['RIGHTS_MANAGER']] as const) {
      const other = asActor(ctx, await aPerson(ctx, { houseId, roles: [...roles] }))
      await expect(makeGuestLink(other, guestLinkForm.parse({ name: 'x', withoutPassword: 'on' }))).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(revokeGuestLink(other, linkId)).rejects.toMatchObject({ code: 'forbidden' })
    }
    const elsewhere = await aHouse(ctx)
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: elsewhere.id, roles: ['LIBRARIAN'] }))
    await expect(revokeGuestLink(stranger, linkId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(changeGuestLink(stranger, linkId, {})).rejects.toMatchObject({ code: 'not-found' })
  })

  test('asks for a password or for a word that it shall have none', () => {
    expect(guestLinkForm.safeParse({ name: 'x' }).success).toBe(false)
    expect(guestLinkForm.safeParse({ name: 'x', password: 'long enough' }).success).toBe(true)
  })

  test('tells by an outcome what is wrong with it', async () => {
    const make = (fields: object) => makeGuestLink(desk(), guestLinkForm.parse({ name: 'x', withoutPassword: 'on', ...fields }))
    expect(await make({ endsOn: '2026-11-20' })).toMatchObject({ ok: false, error: 'end-is-past' })
    expect(await make({ collectionId: 'col_nothing' })).toMatchObject({ ok: false, error: 'no-such-collection' })
    expect(await make({ toldUserIds: ['usr_nobody'] })).toMatchObject({ ok: false, error: 'nobody-to-tell' })
    const { linkId } = await aLink()
    expect(await changeGuestLink(desk(), linkId, { endsOn: '2026-11-20' })).toMatchObject({ error: 'end-is-past' })
    const twice = await Promise.all([revokeGuestLink(desk(), linkId), revokeGuestLink(desk(), linkId)])
    expect(twice.map((each) => (each.ok ? 'ok' : each.error)).sort()).toEqual(['already-revoked', 'ok'])
    expect(await changeGuestLink(desk(), linkId, {})).toMatchObject({ error: 'already-revoked' })
  })

  test('says in words that it is revoked, ended or full', async () => {
    const { linkId, secret } = await aLink({ endsOn: '2026-11-21' as never })
    ctx.clock.set(new Date('2026-11-22T12:00:00Z'))
    expect((await followGuestLink(ctx, secret, ip)).standing).toBe('ENDED')
    expect(await changeGuestLink(desk(), linkId, { endsOn: '2026-12-24' })).toMatchObject({ ok: true })
    expect((await followGuestLink(ctx, secret, ip)).standing).toBe('OPEN')
    await revokeGuestLink(desk(), linkId)
    const revoked = await followGuestLink(ctx, secret, ip)
    expect(revoked.standing).toBe('REVOKED')
    expect(await beginSending(ctx, revoked, said, { ip, language: 'en' })).toMatchObject({ error: 'link-revoked' })
  })

  test('with a password lets in whoever has it, and counts the tries', async () => {
    const { link } = await aLink({ password: 'snow on the bridge' })
    expect(link.locked).toBe(true)
    expect(await unlockGuestLink(ctx, link, 'wrong', ip)).toMatchObject({ error: 'wrong-password' })
    expect(await unlockGuestLink(ctx, link, 'snow on the bridge', ip)).toMatchObject({ ok: true })
    for (let n = 0; n < 6; n++) await unlockGuestLink(ctx, link, 'wrong', ip)
    expect(await unlockGuestLink(ctx, link, 'snow on the bridge', ip)).toMatchObject({ error: 'too-many-tries' })
    // Somebody elsewhere is not kept out by that.
    expect(await unlockGuestLink(ctx, link, 'snow on the bridge', '198.51.100.9')).toMatchObject({ ok: true })
  })
})

describe('a declaration', () => {
  test('comes first, whole, and stands', async () => {
    const { link } = await aLink({ asks: ['source', 'licence', 'releases'] })
    expect(await beginSending(ctx, link, said, { ip, language: 'de' })).toMatchObject({
      error: 'not-declared',
      detail: { gaps: ['source', 'licence', 'people', 'property'] },
    })
    const { sending } = await aVisit(link, {
      source: 'Agency Nord',
      licence: 'AGENCY',
      licenceWords: 'Contract 7',
      people: 'UNKNOWN',
      property: 'NONE_SHOWN',
    })
    await expect(t.db.guestSending.update({ where: { id: sending.id }, data: { licence: 'OWN_WORK' } })).rejects.toThrow(
      /declaration_stands/,
    )
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { type: 'sending.began', subjectId: sending.id } })
    expect(fact).toMatchObject({ actorKind: 'guest', actorId: sending.id, actorName: 'Ada Meyer' })
  })

  test('is not made too often, nor through a closed link', async () => {
    const { link } = await aLink()
    for (let n = 0; n < 30; n++) await aVisit(link)
    expect(await beginSending(ctx, link, said, { ip, language: 'en' })).toMatchObject({ error: 'too-many-tries' })
    expect(await beginSending(ctx, { ...link, standing: 'ENDED' }, said, { ip: '::1', language: 'en' })).toMatchObject({
      error: 'link-ended',
    })
    expect(await beginSending(ctx, { ...link, standing: 'FULL' }, said, { ip: '::1', language: 'en' })).toMatchObject({
      error: 'link-full',
    })
  })

  test('opens by its own token at its own link only', async () => {
    const { link } = await aLink()
    const other = await aLink()
    const { token, sending } = await aVisit(link)
    expect(await sendingOf(ctx, link.id, token)).toMatchObject({ id: sending.id })
    expect(await sendingOf(ctx, other.link.id, token)).toBeNull()
    expect(await sendingOf(ctx, link.id, null)).toBeNull()
    const house = await aHouse(ctx)
    expect(await sendingOf(asActor(ctx, { kind: 'guest', houseId: house.id }), link.id, token)).toBeNull()
  })
})

test('what a sender declared is put to the rights desk as a question, and is no fact of the record', async () => {
  const { link } = await aLink({ asks: ['source', 'licence', 'releases'] })
  const declared = {
    source: 'Shoot of 3 November',
    licence: 'OWN_WORK' as const,
    people: 'RELEASED' as const,
    property: 'UNKNOWN' as const,
  }
  const { guest, sending } = await aVisit(link, declared)
  await send(guest, jpeg())
  const file = await t.db.guestFile.findFirstOrThrow({ where: { sendingId: sending.id } })
  await t.db.assetVersion.update({ where: { id: file.versionId }, data: { processing: 'READY' } })
  const house = asActor(ctx, { kind: 'system', houseId, name: 'reaction' })
  expect(await proposeFromFile(house, { versionId: file.versionId })).toEqual({ proposed: 3 })
  expect(await proposeFromFile(house, { versionId: file.versionId })).toEqual({ proposed: 0 })
  const proposals = await t.db.rightsProposal.findMany({ where: { assetId: file.assetId }, orderBy: { kind: 'asc' } })
  expect(proposals.map(({ kind, state }) => [kind, state])).toEqual([
    ['CONTRACT', 'OPEN'],
    ['MODEL_RELEASE', 'OPEN'],
    ['PROPERTY_RELEASE', 'OPEN'],
  ])
  expect(JSON.stringify(proposals[0]?.statements)).toContain('Ada Meyer, by the guest link')
  const asset = await t.db.asset.findUniqueOrThrow({ where: { id: file.assetId } })
  expect(asset).toMatchObject({ showsPeople: null, showsProperty: null, source: '' })
  expect(await t.db.acquisition.count({ where: { assetId: file.assetId } })).toBe(0)
})

describe('a file from outside', () => {
  test('lands as a quarantined draft that cannot be sent for review before it is taken in', async () => {
    const { link } = await aLink({ kind: 'ILLUSTRATION' })
    const { guest, sending } = await aVisit(link)
    const bytes = jpeg()
    expect(await send(guest, bytes, 'night.jpg')).toMatchObject({ ok: true })
    const file = await t.db.guestFile.findFirstOrThrow({ where: { sendingId: sending.id } })
    expect(file).toMatchObject({ state: 'WAITING', known: false, sha256: sha(bytes), fileName: 'night.jpg' })
    const asset = await t.db.asset.findUniqueOrThrow({ where: { id: file.assetId } })
    expect(asset).toMatchObject({ state: 'DRAFT', kind: 'ILLUSTRATION', createdById: null, quarantinedAt: testNow })
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { type: 'asset.uploaded', subjectId: file.assetId } })
    expect(fact).toMatchObject({ actorKind: 'guest', actorName: 'Ada Meyer' })
    expect(submittable(await publishingFacts(desk(), asset))[0]).toContain('Take it in first')
    await expect(t.db.asset.update({ where: { id: file.assetId }, data: { state: 'IN_REVIEW' } })).rejects.toThrow(/quarantined/)
    const both = await Promise.all([takeInGuestFile(desk(), file), takeInGuestFile(desk(), file)])
    expect(both.map((each) => (each.ok ? 'ok' : each.error)).sort()).toEqual(['already-decided', 'ok'])
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: file.assetId } })).quarantinedAt).toBeNull()
  })

  test('that is turned away is put away with its reason; one that is no draft any more says so', async () => {
    const { link } = await aLink()
    const { guest } = await aVisit(link)
    await send(guest, jpeg(), '1.jpg')
    await send(guest, jpeg(), '2.jpg')
    const files = await t.db.guestFile.findMany({ where: { linkId: link.id }, orderBy: { fileName: 'asc' } })
    const [first, second] = files as [(typeof files)[number], (typeof files)[number]]
    expect(await turnGuestFileAway(desk(), { uploadId: first.uploadId, reason: 'Out of focus' })).toMatchObject({ ok: true })
    expect(await t.db.asset.findUniqueOrThrow({ where: { id: first.assetId } })).toMatchObject({
      state: 'ARCHIVED',
      stateReason: 'Out of focus',
    })
    await t.db.asset.update({ where: { id: second.assetId }, data: { state: 'ARCHIVED' } })
    expect(await takeInGuestFile(desk(), second)).toMatchObject({ error: 'not-a-draft' })
    expect(await turnGuestFileAway(desk(), { uploadId: second.uploadId, reason: '' })).toMatchObject({ error: 'not-a-draft' })
    expect((await t.db.guestFile.findUniqueOrThrow({ where: { uploadId: second.uploadId } })).state).toBe('WAITING')
    expect(await decideGuestFiles(desk(), { uploadIds: [first.uploadId], answer: 'take-in', reason: '' })).toEqual({
      decided: 0,
      refused: 1,
    })
    const reviewer = asActor(ctx, await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
    await expect(takeInGuestFile(reviewer, second)).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] }))
    await expect(takeInGuestFile(stranger, second)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('that the library has is received like any other, and its sender learns nothing of it', async () => {
    const asset = await anAsset(ctx, { houseId })
    const version = await t.db.assetVersion.findFirstOrThrow({ where: { assetId: asset.id } })
    const { buffer } = await import('node:stream/consumers')
    const bytes = await buffer(await ctx.storage.open(version.storageKey))
    const { link } = await aLink()
    const { guest, sending } = await aVisit(link)
    const sent = await send(guest, bytes, 'mine.jpg')
    expect(sent).toMatchObject({ ok: true })
    expect(JSON.stringify(sent)).not.toContain(asset.id)
    const file = await t.db.guestFile.findFirstOrThrow({ where: { sendingId: sending.id } })
    expect(file).toMatchObject({ known: true, assetId: asset.id, versionId: version.id })
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).quarantinedAt).toBeNull()
    // Asked again, when the answer was lost: the same answer, and one row.
    expect(await finishGuestUpload(guest, { uploadId: file.uploadId })).toMatchObject({ ok: true })
    expect(await turnGuestFileAway(desk(), { uploadId: file.uploadId, reason: '' })).toMatchObject({ ok: true })
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).state).toBe('PUBLISHED')
  })

  test('comes in one request too, weighed once its length is known', async () => {
    const { link } = await aLink({ mostGigabytes: 0.001 })
    const { guest } = await aVisit(link)
    expect(await receiveGuestFile(guest, { fileName: 'a.jpg', source: Readable.from([jpeg(1000)]) })).toMatchObject({ ok: true })
    expect(await receiveGuestFile(guest, { fileName: 'b.jpg', source: Readable.from([jpeg(1_100_000)]) })).toMatchObject({
      error: 'link-full',
    })
    expect(await receiveGuestFile(guest, { fileName: 'c.exe', source: Readable.from([Buffer.from('MZ\x90\x00')]) })).toMatchObject({
      error: 'refused-type',
    })
    expect(await t.db.guestFile.count({ where: { linkId: link.id } })).toBe(1)
  })
})

describe('a hostile guest', () => {
  test('reaches no upload but those of the visit', async () => {
    const { link } = await aLink()
    const other = await aLink()
    const mine = await aVisit(link)
    const sameLink = await aVisit(link)
    const elsewhere = await aVisit(other.link)
    const begun = await beginGuestUpload(mine.guest, { fileName: 'a.jpg', size: 74 })
    if (!begun.ok) throw new Error(begun.error)
    const { uploadId } = begun.value
    for (const { guest } of [sameLink, elsewhere]) {
      await expect(assertOwnUpload(guest, uploadId)).rejects.toMatchObject({ code: 'not-found' })
      await expect(uploadStanding(guest, uploadId)).rejects.toMatchObject({ code: 'not-found' })
      await expect(addToGuestUpload(guest, { uploadId, at: 0, source: Readable.from([jpeg()]), stillWriting })).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(finishGuestUpload(guest, { uploadId })).rejects.toMatchObject({ code: 'not-found' })
      await expect(cancelUpload(guest, uploadId)).rejects.toMatchObject({ code: 'not-found' })
    }
    // Nor do people of the house by a guest's door, nor a guest by theirs.
    await expect(finishUpload(desk(), { uploadId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(beginGuestUpload(ctx, { fileName: 'a', size: 1 })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('gets two files at once through a link for one: one of them', async () => {
    const { link } = await aLink({ mostFiles: 1 })
    const { guest } = await aVisit(link)
    const second = await aVisit(link)
    const begun = await Promise.all([guest, second.guest, guest].map((each) => beginGuestUpload(each, { fileName: 'a.jpg', size: 10 })))
    expect(begun.map((each) => (each.ok ? 'ok' : each.error)).sort()).toEqual(['link-full', 'link-full', 'ok'])
    // Given up, its place is free again.
    const winner = begun.findIndex((each) => each.ok)
    const { uploadId } = (begun[winner] as { value: { uploadId: string } }).value
    await cancelUpload(winner === 1 ? second.guest : guest, uploadId)
    expect(await beginGuestUpload(guest, { fileName: 'a.jpg', size: 10 })).toMatchObject({ ok: true })
  })

  test('whose answer was lost begins again, and takes one place of the link', async () => {
    const { link } = await aLink({ mostFiles: 2 })
    const { guest } = await aVisit(link)
    const file = (key: string) => ({ fileName: 'a.jpg', size: 10, key })
    const first = await Promise.all([1, 2].map(() => beginGuestUpload(guest, file('first-file-of-two'))))
    expect(first[0]).toEqual(first[1])
    expect(await beginGuestUpload(guest, file('second-file-of-two'))).toMatchObject({ ok: true })
    expect(await beginGuestUpload(guest, file('first-file-of-two')), 'though the link is full').toEqual(first[0])
    expect(await beginGuestUpload(guest, file('third-file-of-two'))).toMatchObject({ error: 'link-full' })
  })

  test('sends no more bytes than were said, nor than the link takes', async () => {
    const { link } = await aLink({ mostGigabytes: 0.001 })
    const { guest } = await aVisit(link)
    expect(await beginGuestUpload(guest, { fileName: 'a.jpg', size: 2_000_000 })).toMatchObject({ error: 'link-full' })
    expect(await beginGuestUpload(guest, { fileName: 'a.jpg', size: 11 * 1024 ** 3 })).toMatchObject({ error: 'too-large' })
    const begun = await beginGuestUpload(guest, { fileName: 'a.jpg', size: 20 })
    if (!begun.ok) throw new Error(begun.error)
    const { uploadId } = begun.value
    await addToGuestUpload(guest, { uploadId, at: 0, source: Readable.from([jpeg(90)]), stillWriting }).catch(() => undefined)
    expect((await uploadStanding(guest, uploadId)).held).toBeLessThanOrEqual(20)
  })

  test('adds nothing after the end; what was whole by then is kept', async () => {
    const { linkId, link } = await aLink()
    const { guest, sending } = await aVisit(link)
    const bytes = jpeg()
    const [whole, half] = await Promise.all([1, 2].map(() => beginGuestUpload(guest, { fileName: 'a.jpg', size: bytes.length })))
    if (!whole?.ok || !half?.ok) throw new Error('not begun')
    await addToGuestUpload(guest, { uploadId: whole.value.uploadId, at: 0, source: Readable.from([bytes]), stillWriting })
    await revokeGuestLink(desk(), linkId)
    await expect(
      addToGuestUpload(guest, { uploadId: half.value.uploadId, at: 0, source: Readable.from([bytes]), stillWriting }),
    ).rejects.toMatchObject({ code: 'gone' })
    expect(await beginGuestUpload(guest, { fileName: 'b.jpg', size: 9 })).toMatchObject({ error: 'link-revoked' })
    expect(await finishGuestUpload(guest, whole.value)).toMatchObject({ ok: true })
    expect(await finishGuestUpload(guest, half.value)).toMatchObject({ error: 'cut-off' })
    expect(await closeSending(ctx, sending)).toMatchObject({ ok: true, value: { files: 1 } })
  })
})

describe('the end of a visit', () => {
  test('comes once, keeps what is whole and gives up what is not', async () => {
    const { link } = await aLink()
    const { guest, sending } = await aVisit(link)
    const bytes = jpeg()
    await send(guest, bytes)
    const whole = await beginGuestUpload(guest, { fileName: 'whole.jpg', size: 80 })
    const half = await beginGuestUpload(guest, { fileName: 'half.jpg', size: 80 })
    if (!whole.ok || !half.ok) throw new Error('not begun')
    await addToGuestUpload(guest, { uploadId: whole.value.uploadId, at: 0, source: Readable.from([jpeg(70)]), stillWriting })
    const closed = await Promise.all([closeSending(ctx, sending), closeSending(ctx, sending)])
    expect(closed.map((each) => (each.ok ? each.value.files : each.error)).sort()).toEqual([2, 'already-closed'])
    expect((await t.db.upload.findUniqueOrThrow({ where: { id: half.value.uploadId } })).state).toBe('ABANDONED')
    expect(await beginGuestUpload(guest, { fileName: 'late.jpg', size: 9 })).toMatchObject({ error: 'sending-closed' })
    expect(await t.db.auditFact.count({ where: { type: 'sending.closed', subjectId: sending.id } })).toBe(1)
  })

  test('comes by itself after a silence, later where a file is under way', async () => {
    const { link } = await aLink()
    const idle = await aVisit(link)
    const busy = await aVisit(link)
    await beginGuestUpload(busy.guest, { fileName: 'a.jpg', size: 80 })
    const open = () => t.db.guestSending.count({ where: { linkId: link.id, closedAt: null } })
    await sweepSendings(ctx)
    expect(await open()).toBe(2)
    ctx.clock.set(new Date(testNow.getTime() + 3 * 3_600_000))
    await sweepSendings(ctx)
    expect(await open()).toBe(1)
    expect((await sendingOf(ctx, link.id, idle.token))?.closedAt).not.toBeNull()
    ctx.clock.set(new Date(testNow.getTime() + 80 * 3_600_000))
    await sweepSendings(ctx)
    expect(await open()).toBe(0)
  })

  test('that cannot be closed keeps no other open, and is closed once it can be', async () => {
    const { link } = await aLink()
    const stuck = await aVisit(link)
    ctx.clock.set(new Date(testNow.getTime() + 60_000))
    await aVisit(link)
    await aVisit(link)
    const left = () => t.db.guestSending.findMany({ where: { linkId: link.id, closedAt: null }, select: { id: true } })
    await t.db.$executeRawUnsafe(`CREATE FUNCTION no_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.id = '${stuck.sending.id}' THEN RAISE EXCEPTION 'no room'; END IF; RETURN NEW; END $$`)
    await t.db.$executeRawUnsafe('CREATE TRIGGER no_end BEFORE UPDATE ON guest_sendings FOR EACH ROW EXECUTE FUNCTION no_end()')
    ctx.clock.set(new Date(testNow.getTime() + 3 * 3_600_000))
    // The oldest comes first, and even alone in a batch it is in nobody's way.
    expect(await sweepSendings(ctx, 1)).toBeGreaterThanOrEqual(2)
    expect(await left()).toEqual([{ id: stuck.sending.id }])
    await t.db.$executeRawUnsafe('DROP FUNCTION no_end() CASCADE')
    expect(await sweepSendings(ctx)).toBe(1)
    expect(await left()).toEqual([])
  })
})

describe('a paper', () => {
  const pdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40)])
  test('is kept beside the declaration, once, and read by the library and the rights desk', async () => {
    const { link } = await aLink()
    const { sending, guest } = await aVisit(link)
    const bytes = pdf()
    const attach = (source: Buffer, by = sending, at = link) =>
      attachPaper(guest, at, by, { fileName: '../release.pdf', source: Readable.from([source]) })
    const kept = await attach(bytes)
    if (!kept.ok) throw new Error(kept.error)
    expect(await attach(bytes)).toMatchObject({ error: 'kept-already' })
    expect(await attach(Buffer.from('#!/bin/sh'))).toMatchObject({ error: 'refused-type' })
    expect(await attach(Buffer.alloc(0))).toMatchObject({ error: 'empty' })
    expect(await attach(pdf(), { ...sending, closedAt: testNow })).toMatchObject({ error: 'sending-closed' })
    expect(await attach(pdf(), sending, { ...link, standing: 'REVOKED' })).toMatchObject({ error: 'link-revoked' })
    expect(await t.db.guestPaper.findUniqueOrThrow({ where: { id: kept.value.paperId } })).toMatchObject({
      fileName: 'release.pdf',
      sha256: sha(bytes),
    })
    const caller = { ip: null, userAgent: null }
    const rights = asActor(ctx, await aPerson(ctx, { houseId, roles: ['RIGHTS_MANAGER'] }))
    expect(await openGuestPaper(rights, kept.value.paperId, caller)).toMatchObject({ fileName: 'release.pdf', inline: false })
    const reviewer = asActor(ctx, await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
    await expect(openGuestPaper(reviewer, kept.value.paperId, caller)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
