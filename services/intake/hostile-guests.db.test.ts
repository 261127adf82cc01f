import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { recordsAsCsv } from '../assets/record-file.ts'
import { cancelUpload, uploadStanding } from '../assets/resumable.ts'
import { followGuestLink, unlockGuestLink } from './guest-doors.ts'
import { takeInGuestFile } from './guest-files.ts'
import { changeGuestLink, makeGuestLink, revokeGuestLink } from './guest-links.ts'
import { attachPaper, mostPapers, openGuestPaper } from './guest-papers.ts'
import { addToGuestUpload, beginGuestUpload, finishGuestUpload, receiveGuestFile } from './guest-uploads.ts'
import { declarationForm, guestLinkForm, type GuestLinkForm } from './schema.ts'
import { asSender, beginSending, closeSending, sendingOf } from './sendings.ts'

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
const pdf = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40)])
const stillWriting = () => Promise.resolve(true)
const words = (outcomes: { ok: boolean; error?: string }[]) => outcomes.map((each) => (each.ok ? 'ok' : each.error)).sort()

async function aLink(fields: Partial<GuestLinkForm> = {}) {
  const form = guestLinkForm.parse({ name: 'Kyoto shoot', ...(fields.password ? {} : { withoutPassword: 'on' }), ...fields })
  const made = await makeGuestLink(desk(), form)
  if (!made.ok) throw new Error(made.error)
  return { ...made.value, link: await followGuestLink(ctx, made.value.secret, ip) }
}
async function aVisit(link: Awaited<ReturnType<typeof aLink>>['link'], said: object = {}) {
  const form = declarationForm.parse({ senderName: 'Ada Meyer', senderEmail: 'ada@photo.test', ...said })
  const begun = await beginSending(ctx, link, form, { ip, language: 'en' })
  const sending = begun.ok ? await sendingOf(ctx, link.id, begun.value.token) : null
  if (!sending) throw new Error('no visit')
  return { sending, guest: asSender(ctx, sending) }
}
async function begun(guest: TestContext, size: number, fileName = 'a.jpg'): Promise<string> {
  const outcome = await beginGuestUpload(guest, { fileName, size })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.uploadId
}
const add = (guest: TestContext, uploadId: string, bytes: Buffer, at = 0) =>
  addToGuestUpload(guest, { uploadId, at, source: Readable.from([bytes]), stillWriting })

describe('forged lengths and places', () => {
  test('nothing is written but where the last byte ended, and nothing beyond what was said', async () => {
    const { guest } = await aVisit((await aLink()).link)
    const bytes = jpeg(90)
    const uploadId = await begun(guest, bytes.length)
    for (const at of [1, 50, 1_000_000, -1]) await expect(add(guest, uploadId, bytes, at)).rejects.toMatchObject({ code: 'malformed' })
    expect(await add(guest, uploadId, bytes.subarray(0, 40))).toBe(40)
    await expect(add(guest, uploadId, bytes, 0)).rejects.toMatchObject({ code: 'malformed' })
    await expect(add(guest, uploadId, jpeg(5000), 40)).rejects.toThrow()
    expect((await uploadStanding(guest, uploadId)).held).toBeLessThanOrEqual(bytes.length)
  })

  test('a length that is none is refused, and leaves no row', async () => {
    const { guest, sending } = await aVisit((await aLink({ mostGigabytes: 0.001 })).link)
    for (const size of [-5, 1.5, Number.NaN, 2 ** 60])
      await expect(beginGuestUpload(guest, { fileName: 'a.jpg', size })).rejects.toMatchObject({ code: 'malformed' })
    expect(await t.db.upload.count({ where: { sendingId: sending.id } })).toBe(0)
  })

  test('finished twice at once, it is one file; finished again, the same answer', async () => {
    const { guest, sending } = await aVisit((await aLink()).link)
    const bytes = jpeg()
    const uploadId = await begun(guest, bytes.length)
    expect(await finishGuestUpload(guest, { uploadId })).toMatchObject({ error: 'cut-off' })
    await add(guest, uploadId, bytes)
    expect(words(await Promise.all([1, 2].map(() => finishGuestUpload(guest, { uploadId }))))).toEqual(['ok', 'ok'])
    expect(await finishGuestUpload(guest, { uploadId })).toMatchObject({ ok: true })
    expect(await t.db.guestFile.count({ where: { sendingId: sending.id } })).toBe(1)
    expect(await t.db.auditFact.count({ where: { houseId, type: 'guest-file.received' } })).toBe(1)
    // What has arrived is the house's: its sender takes nothing back.
    await cancelUpload(guest, uploadId)
    expect((await t.db.upload.findUniqueOrThrow({ where: { id: uploadId } })).state).toBe('STORED')
  })
})

describe('a link that ends in the middle', () => {
  test('takes no byte more of a file whose request is still running', async () => {
    const { linkId, link } = await aLink()
    const { guest } = await aVisit(link)
    const uploadId = await begun(guest, 4_000_000)
    async function* slowly() {
      yield jpeg(1000)
      await revokeGuestLink(desk(), linkId)
      // Longer than a writer is silent before it is asked whether it may go on.
      await sleep(3200)
      yield randomBytes(1000)
    }
    const held = await addToGuestUpload(guest, { uploadId, at: 0, source: Readable.from(slowly()), stillWriting })
    expect(held).toBe(1010)
    await expect(add(guest, uploadId, jpeg(), held)).rejects.toMatchObject({ code: 'gone' })
  }, 15_000)

  test('takes no paper that was on its way, nor does a visit that was closed meanwhile', async () => {
    const { linkId, link } = await aLink()
    const { guest, sending } = await aVisit(link)
    const closing = await aVisit(link)
    const during = (act: () => Promise<unknown>) =>
      Readable.from(
        (async function* () {
          yield pdf()
          await act()
          yield randomBytes(10)
        })(),
        { objectMode: false },
      )
    const paper = (source: Readable) => ({ fileName: 'release.pdf', source })
    expect(await attachPaper(closing.guest, link, closing.sending, paper(during(() => closeSending(ctx, closing.sending))))).toMatchObject({
      error: 'sending-closed',
    })
    expect(await attachPaper(guest, link, sending, paper(during(() => revokeGuestLink(desk(), linkId))))).toMatchObject({
      error: 'link-revoked',
    })
    expect(await t.db.guestPaper.count({ where: { houseId } })).toBe(0)
  })

  test('papers beyond the last are refused before their bytes are kept', async () => {
    const { link } = await aLink()
    const { guest, sending } = await aVisit(link)
    for (let n = 0; n < mostPapers; n++)
      expect(await attachPaper(guest, link, sending, { fileName: `${n}.pdf`, source: Readable.from([pdf()]) })).toMatchObject({ ok: true })
    let read = 0
    async function* bytes() {
      yield pdf()
      read++
      yield pdf()
    }
    const more = { fileName: 'x.pdf', source: Readable.from(bytes()) }
    expect(await attachPaper(guest, link, sending, more)).toMatchObject({ error: 'too-many-papers' })
    expect(read).toBe(0)
  })
})

describe('a password', () => {
  test('guessed all at once from one place gets eight tries', async () => {
    const { link } = await aLink({ password: 'snow on the bridge' })
    const tries = await Promise.all(Array.from({ length: 14 }, () => unlockGuestLink(ctx, link, 'wrong', ip)))
    expect(words(tries)).toEqual([...Array<string>(6).fill('too-many-tries'), ...Array<string>(8).fill('wrong-password')])
  })

  test('guessed from everywhere shuts the link’s lock, and no other link’s', async () => {
    const { link } = await aLink({ password: 'snow on the bridge' })
    const other = await aLink({ password: 'snow on the bridge' })
    // The turns that sixty guesses take, without the minutes of hashing.
    for (let n = 0; n < 60; n++)
      await t.db
        .$executeRaw`INSERT INTO rate_limits (key, arrival_at) VALUES (${`guest-unlock:${link.id}`}, ${new Date(ctx.clock.now().getTime() + 900_000)})
        ON CONFLICT (key) DO NOTHING`
    expect(await unlockGuestLink(ctx, link, 'snow on the bridge', '2001:db8::9')).toMatchObject({
      error: 'too-many-tries',
      detail: { seconds: expect.any(Number) as number },
    })
    expect(await unlockGuestLink(ctx, other.link, 'snow on the bridge', '2001:db8::9')).toMatchObject({ ok: true })
  })

  test('counts a whole line of IPv6 as one place', async () => {
    const { link } = await aLink({ password: 'snow on the bridge' })
    const tries = []
    for (let n = 0; n < 9; n++) tries.push(await unlockGuestLink(ctx, link, 'wrong', `2001:db8:1:2::${n + 1}`))
    expect(words(tries).filter((word) => word === 'too-many-tries')).toHaveLength(1)
  })
})

describe('room', () => {
  test('by pieces and by form at once: no file and no byte more than the link takes', async () => {
    const { link } = await aLink({ mostFiles: 2 })
    const visits = await Promise.all([1, 2, 3].map(() => aVisit(link)))
    const form = (guest: TestContext) => receiveGuestFile(guest, { fileName: 'f.jpg', source: Readable.from([jpeg()]) })
    const pieces = (guest: TestContext) => beginGuestUpload(guest, { fileName: 'p.jpg', size: 74 })
    const outcomes = await Promise.all(visits.flatMap(({ guest }) => [form(guest), pieces(guest)]))
    expect(words(outcomes).filter((word) => word === 'ok')).toHaveLength(2)
    const bytes = await aLink({ mostGigabytes: 0.001 })
    const { guest } = await aVisit(bytes.link)
    const half = 600_000
    const sent = await Promise.all([1, 2, 3].map(() => receiveGuestFile(guest, { fileName: 'f.jpg', source: Readable.from([jpeg(half)]) })))
    expect(words(sent)).toEqual(['link-full', 'link-full', 'ok'])
    // Less room than is taken takes nothing more, and nothing back.
    await changeGuestLink(desk(), bytes.linkId, { mostFiles: 1 })
    expect(await beginGuestUpload(guest, { fileName: 'p.jpg', size: 1 })).toMatchObject({ error: 'link-full' })
  })
})

describe('what a stranger learns', () => {
  test('of addresses that were never one: the same word for all, and soon no word', async () => {
    const { secret } = await aLink()
    const other = asActor(ctx, { kind: 'guest', houseId: (await aHouse(ctx)).id })
    const tried = [
      '0'.repeat(32),
      'z'.repeat(32),
      secret.slice(0, 31) + (secret.endsWith('0') ? '1' : '0'),
      'short',
      `${secret}0`,
      secret.toUpperCase(),
    ]
    const heard = await Promise.all(
      tried.map((each) => followGuestLink(ctx, each, '198.51.100.1').catch((error: unknown) => String((error as Error).message))),
    )
    expect(new Set(heard)).toEqual(new Set(['no such guest link']))
    await expect(followGuestLink(other, secret, '198.51.100.1')).rejects.toThrow('no such guest link')
    for (let n = 0; n < 130; n++) await followGuestLink(ctx, randomBytes(16).toString('hex'), '203.0.113.5').catch(() => undefined)
    await expect(followGuestLink(ctx, 'f'.repeat(32), '203.0.113.5')).rejects.toMatchObject({ code: 'too-many' })
    // Whoever holds the real one is never kept out by it.
    expect(await followGuestLink(ctx, secret, '203.0.113.5')).toMatchObject({ standing: 'OPEN' })
  })

  test('another house’s librarian reads no paper of ours', async () => {
    const { link } = await aLink()
    const { guest, sending } = await aVisit(link)
    const kept = await attachPaper(guest, link, sending, { fileName: 'r.pdf', source: Readable.from([pdf()]) })
    if (!kept.ok) throw new Error(kept.error)
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] }))
    const caller = { ip: null, userAgent: null }
    await expect(openGuestPaper(stranger, kept.value.paperId, caller)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openGuestPaper(guest, kept.value.paperId, caller)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('words of a guest', () => {
  const formula = '=HYPERLINK("https://evil.example","x")'
  const script = '<script>alert(1)</script><b>Ada</b>'

  test('run in no spreadsheet, turn no other words around, and are text in every letter', async () => {
    const { link } = await aLink()
    const senderEmail = `ada-${randomBytes(4).toString('hex')}@photo.test`
    const { guest, sending } = await aVisit(link, {
      senderName: `${script}\u202e`,
      senderEmail,
      source: formula,
      licence: 'OTHER',
      licenceWords: `${script}\n=1+1`,
    })
    for (const fileName of ['=1+1.jpg', '\u202egpj.exe', '../../etc/passwd', 'a\r\nBcc: x@evil.example.jpg', '\uff1d1+1.jpg'])
      expect(await receiveGuestFile(guest, { fileName, source: Readable.from([jpeg()]) })).toMatchObject({ ok: true })
    await closeSending(ctx, sending)
    await followFacts(asActor(ctx, { kind: 'system', houseId, name: 'test' }))
    const files = await t.db.guestFile.findMany({ where: { sendingId: sending.id } })
    expect(files.map(({ fileName }) => fileName).join(' ')).not.toMatch(/[\u202e\r\n/]/)
    for (const letter of ctx.mail.sent) {
      expect(letter.html).not.toMatch(/<script>|<b>Ada/)
      expect(letter.subject).not.toMatch(/[\r\n\u202e]/)
    }
    expect(ctx.mail.sent.map(({ to }) => to).sort()).toEqual([senderEmail, librarian.email].sort())

    for (const file of files) await takeInGuestFile(desk(), file)
    let csv = ''
    for await (const part of recordsAsCsv(desk(), { ids: files.map(({ assetId }) => assetId) })) csv += part
    expect(csv).toContain(`'=1+1.jpg`)
    expect(csv).not.toMatch(/(^|[,"])\s*[=\uff1d]/m)
  })

  test('an address that would add a line to a letter’s head is none', () => {
    for (const senderEmail of ['a@b.test\nBcc: c@d.test', 'a@b.test, c@d.test', '<a@b.test>', 'a b@c.test'])
      expect(declarationForm.safeParse({ senderName: 'Ada', senderEmail }).success).toBe(false)
  })
})
