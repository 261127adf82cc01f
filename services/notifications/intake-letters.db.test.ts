import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askForAsset, assignBrief, deliverBrief, moveBrief } from '#services/briefs/briefs.ts'
import { addDelivery } from '#services/briefs/deliveries.ts'
import { noteOnBrief } from '#services/briefs/notes.ts'
import { askBriefForm } from '#services/briefs/schema.ts'
import { followGuestLink } from '#services/intake/guest-doors.ts'
import { makeGuestLink } from '#services/intake/guest-links.ts'
import { receiveGuestFile } from '#services/intake/guest-uploads.ts'
import { guestLinkForm } from '#services/intake/schema.ts'
import { asSender, beginSending, closeSending, sendingOf } from '#services/intake/sendings.ts'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { remindOfBriefs } from './brief-letters.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let lena: Person
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())
beforeEach(async () => {
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  ctx = asActor(ctx, { kind: 'system', houseId, name: 'test' })
  lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
})
const as = (person: Person) => asActor(ctx, person)
const subjects = (to: string) => ctx.mail.sent.filter((letter) => letter.to === to).map(({ subject }) => subject)

test('a sender gets one receipt with every hash, and who is told one letter, however often the visit is closed', async () => {
  const made = await makeGuestLink(as(lena), guestLinkForm.parse({ name: 'Kyoto', withoutPassword: 'on' }))
  if (!made.ok) throw new Error(made.error)
  const guest = asActor(ctx, { kind: 'guest', houseId })
  const link = await followGuestLink(guest, made.value.secret, '::1')
  const begun = await beginSending(
    guest,
    link,
    { senderName: 'Ada', senderEmail: `ada@${houseId}.test`, source: '', licenceWords: '' },
    { ip: '::1', language: 'de' },
  )
  const sending = begun.ok ? await sendingOf(guest, link.id, begun.value.token) : null
  if (!sending) throw new Error('no visit')
  const sender = asSender(guest, sending)
  for (const name of ['a.jpg', 'b.jpg'])
    await receiveGuestFile(sender, {
      fileName: name,
      source: Readable.from([Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), randomBytes(40)])]),
    })
  await followFacts(ctx)
  expect(ctx.mail.sent).toEqual([])
  await closeSending(guest, sending)
  await closeSending(guest, sending)
  await followFacts(ctx)
  await followFacts(ctx)
  expect(subjects(`ada@${houseId}.test`)).toEqual(['Quittung: 2 Dateien für Northlight Studio'])
  expect(subjects(lena.email)).toEqual(['Ada sent 2 files for “Kyoto”'])
  const files = await t.db.guestFile.findMany({ where: { sendingId: sending.id } })
  for (const { sha256 } of files) expect(ctx.mail.sent.find(({ to }) => to.startsWith('ada@'))?.text).toContain(sha256)
})

test('each step of a brief is told once, to the other side, and notes for the house stay there', async () => {
  const org = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
  const nora = await aPerson(ctx, { houseId, orgId: org.id, roles: ['PARTNER'] })
  const colin = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
  const asked = await askForAsset(as(nora), askBriefForm.parse({ title: 'Portrait', outcome: 'Three.', dueOn: '2026-11-25' }))
  if (!asked.ok) throw new Error(asked.error)
  const { briefId } = asked.value
  await moveBrief(as(lena), briefId, { verb: 'accept' })
  await assignBrief(as(lena), briefId, { to: colin.userId, words: 'By Friday, please' })
  await addDelivery(as(colin), briefId, { assetId: (await anAsset(ctx, { houseId })).id })
  await deliverBrief(as(colin), briefId, {})
  await moveBrief(as(nora), briefId, { verb: 'askChanges', words: 'Warmer' })
  await noteOnBrief(as(lena), briefId, { body: 'The budget is tight', desk: true })
  await followFacts(ctx)
  await followFacts(ctx)
  expect(subjects(lena.email)).toEqual([expect.stringContaining('asks for “Portrait”')])
  expect(subjects(nora.email).sort()).toEqual([
    'Somebody has “Portrait” on the table',
    '“Portrait” has been delivered',
    '“Portrait” will be made',
  ])
  expect(subjects(colin.email).sort()).toEqual(['A word about “Portrait”', 'Changes to “Portrait”', 'For you to make: “Portrait”'])
  expect(ctx.mail.sent.filter(({ to }) => to === nora.email).some(({ text }) => /budget|By Friday/.test(text))).toBe(false)
})

test('a due date is reminded of once a week before, on the eve, on the day and after it; and no more', async () => {
  const colin = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
  const asked = await askForAsset(as(lena), askBriefForm.parse({ title: 'Portrait', outcome: 'Three.', dueOn: '2026-11-30' }))
  if (!asked.ok) throw new Error(asked.error)
  await moveBrief(as(lena), asked.value.briefId, { verb: 'accept' })
  await assignBrief(as(lena), asked.value.briefId, { to: colin.userId })
  await followFacts(ctx)
  const before = subjects(colin.email).length
  for (let hour = 0; hour < 24 * 15; hour += 8) {
    ctx.clock.set(new Date(Date.UTC(2026, 10, 21, 9 + hour)))
    await remindOfBriefs(ctx)
  }
  await followFacts(ctx)
  expect(subjects(colin.email).slice(before)).toEqual([
    '“Portrait” is due within a week',
    '“Portrait” is due tomorrow',
    '“Portrait” is due today',
    '“Portrait” is late',
  ])
})
