import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import exifr from 'exifr'
import { sha256 } from '#services/kernel/canonical.ts'
import type { Actor, Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aHeldLicence, aKit } from '#services/testing/held-licences.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson, aPicture } from '#services/testing/world.ts'
import { openDownload, openPortalFile, openStaffFile } from './downloads.ts'
import type { OpenFile } from './files.ts'

const caller = { ip: '203.0.113.9', userAgent: 'test' }
let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let partner: Person

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  const org = await anOrganisation(ctx, { houseId, kind: 'PARTNER', name: 'Müller & Söhne' })
  partner = await aPerson(ctx, { houseId, orgId: org.id, roles: ['PARTNER'] })
})
afterAll(() => t[Symbol.asyncDispose]())

const as = (actor: Actor) => asActor(ctx, actor)
const read = async (file: OpenFile, range: { start: number; end: number } | null = null) => buffer(await file.open(range))
const outcome = (result: Awaited<ReturnType<typeof openDownload>>) => (result.ok ? 'file' : result.error)
const rows = (where: object) =>
  t.db.delivery.findMany({ where, include: { end: true }, orderBy: { byteFrom: { sort: 'asc', nulls: 'first' } } })
/** The end row is written when the stream has closed, a moment after its last byte. */
const ended = async (where: object) => {
  for (let i = 0; i < 200; i++) {
    const found = await rows(where)
    if (found.length > 0 && found.every(({ end, outcome }) => outcome === 'REFUSED' || end)) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('no end row')
}

describe('the file of a licence', () => {
  test('leaves with the licence in it, and one row says what was sent to whom', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    const result = await openDownload(as(partner), { licenceId: licence.id, rendition: 'original', caller })
    if (!result.ok) throw new Error(result.error)
    const bytes = await read(result.value)
    expect(bytes.length).toBe(result.value.size)
    const fields = await exifr.parse(bytes, { xmp: true })
    expect(fields.LicenseID).toBe(licence.number)
    expect(fields.Licensee.LicenseeName).toBe('Müller &amp; Söhne') // exifr leaves entities as they stand
    expect(result.value.fileName).toBe(`Harbour at dawn ${licence.number}.jpg`)
    expect(await ended({ licenceId: licence.id })).toMatchObject([
      {
        outcome: 'SERVED',
        reason: 'licence',
        rendition: 'original',
        userId: partner.userId,
        orgId: partner.orgId,
        assetId: licence.assetId,
        versionId: licence.versionId,
        ip: caller.ip,
        fileSha256: sha256(await aPicture()),
        byteFrom: null,
        end: { complete: true, bytesSent: BigInt(bytes.length), sentSha256: sha256(bytes) },
      },
    ])
  })

  test('parts are parts: of the same bytes, registered with their place and without a hash', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    const result = await openDownload(as(partner), { licenceId: licence.id, rendition: 'web', caller })
    if (!result.ok) throw new Error(result.error)
    const whole = await read(result.value)
    const pieces = [await read(result.value, { start: 0, end: 99 }), await read(result.value, { start: 100, end: result.value.size - 1 })]
    expect(Buffer.concat(pieces).equals(whole)).toBe(true)
    const found = await ended({ licenceId: licence.id })
    expect(found.map(({ byteFrom, byteTo, end }) => [byteFrom, byteTo, end?.complete, end?.sentSha256 !== null])).toEqual([
      [null, null, true, true],
      [0n, 99n, true, false],
      [100n, BigInt(whole.length - 1), true, false],
    ])
  })

  test('ends at its instant, with nobody sweeping: the millisecond before gives bytes, the instant none', async () => {
    const endsAt = new Date(ctx.clock.now().getTime() + 60_000)
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId, endsAt })
    const at = (instant: number) =>
      openDownload({ ...as(partner), clock: { now: () => new Date(instant) } }, { licenceId: licence.id, rendition: 'original', caller })
    expect(outcome(await at(endsAt.getTime() - 1))).toBe('file')
    expect(outcome(await at(endsAt.getTime()))).toBe('ended')
    expect((await t.db.licence.findUniqueOrThrow({ where: { id: licence.id } })).state).toBe('ACTIVE')
  })

  test.each([
    ['not-yet', { startsAt: new Date('2027-01-01') }, 'original'],
    ['suspended', { state: 'SUSPENDED' }, 'original'],
    ['revoked', { state: 'ENDED', endedBy: 'REVOKED' }, 'original'],
    ['ended', { state: 'ENDED', endedBy: 'EXPIRED' }, 'original'],
    ['not-issued', { state: 'RESERVED' }, 'original'],
    ['rendition-not-included', { model: 'COMP' }, 'original'],
  ] as const)('is refused: %s, with a row and no bytes', async (reason, fields, rendition) => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId, ...fields })
    const result = await openDownload(as(partner), { licenceId: licence.id, rendition, caller })
    expect(outcome(result)).toBe(reason)
    const found = await rows({ licenceId: licence.id })
    expect(found).toMatchObject([{ outcome: 'REFUSED', reason, userId: partner.userId, end: null }])
    expect(result).toMatchObject({ detail: { deliveryId: found[0]?.id } })
  })

  test('is refused where the rendition was never made', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    await t.db.rendition.deleteMany({ where: { versionId: licence.versionId, preset: 'web' } })
    expect(outcome(await openDownload(as(partner), { licenceId: licence.id, rendition: 'web', caller }))).toBe('not-available')
  })

  test('is not there for others, nor for another house, and the attempt is registered', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    const rival = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })
    const stranger = await aPerson(ctx, { houseId, orgId: rival.id, roles: ['CUSTOMER'] })
    const elsewhere = { ...partner, houseId: (await aHouse(ctx)).id }
    for (const actor of [stranger, elsewhere, aGuest(houseId)])
      await expect(openDownload(as(actor), { licenceId: licence.id, rendition: 'original', caller })).rejects.toMatchObject({
        code: 'not-found',
      })
    const found = await rows({ licenceId: licence.id })
    expect(found.map(({ userId }) => userId).sort()).toEqual([stranger.userId, partner.userId, null].sort())
    expect(found.every(({ reason, outcome }) => reason === 'no-right' && outcome === 'REFUSED')).toBe(true)
  })

  test('a client that leaves has the end registered as incomplete, and nothing is hashed', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    const result = await openDownload(as(partner), { licenceId: licence.id, rendition: 'original', caller })
    if (!result.ok) throw new Error(result.error)
    const leaving = new AbortController()
    const stream = await result.value.open(null, leaving.signal)
    stream.on('error', () => undefined)
    leaving.abort()
    expect(await ended({ licenceId: licence.id })).toMatchObject([{ outcome: 'SERVED', end: { complete: false, sentSha256: null } }])
  })

  test('two at once are two deliveries of the same bytes', async () => {
    const licence = await aHeldLicence(ctx, { asset: await anAsset(ctx, { houseId }), orgId: partner.orgId })
    const opened = await Promise.all([1, 2].map(() => openDownload(as(partner), { licenceId: licence.id, rendition: 'original', caller })))
    const [one, two] = await Promise.all(opened.map((result) => (result.ok ? read(result.value) : Buffer.alloc(0))))
    expect(one?.equals(two as Buffer)).toBe(true)
    expect(await ended({ licenceId: licence.id })).toHaveLength(2)
  })
})

describe('a file of a kit', () => {
  const granted = async (endsAt: Date | null = null) => {
    const asset = await anAsset(ctx, { houseId, audience: 'PORTAL' })
    const kit = await aKit(ctx, { houseId, assets: [asset] })
    const { grant, licences } = await aGrantedKit(ctx, { kit, orgId: partner.orgId, assets: [asset], endsAt })
    const ask = (actor: Actor = partner) => openPortalFile(as(actor), { kitId: kit.id, assetId: asset.id, rendition: 'web', caller })
    return { asset, kit, grant, licence: licences[0] as (typeof licences)[number], ask }
  }

  test('leaves under the licence that the grant made', async () => {
    const { ask, licence, kit } = await granted()
    const result = await ask()
    if (!result.ok) throw new Error(result.error)
    await read(result.value)
    expect(await ended({ licenceId: licence.id })).toMatchObject([{ outcome: 'SERVED', reason: 'kit', kitId: kit.id }])
  })

  test('stops with the grant, with its end, and with the asset', async () => {
    const revoked = await granted()
    await t.db.kitGrant.update({ where: { id: revoked.grant.id }, data: { revokedAt: ctx.clock.now() } })
    expect(outcome(await revoked.ask())).toBe('kit-revoked')

    const over = await granted(new Date(ctx.clock.now().getTime() - 1000))
    expect(outcome(await over.ask())).toBe('kit-ended')

    const withdrawn = await granted()
    await t.db.asset.update({ where: { id: withdrawn.asset.id }, data: { state: 'WITHDRAWN' } })
    expect(outcome(await withdrawn.ask())).toBe('not-published')

    const suspended = await granted()
    await t.db.licence.update({ where: { id: suspended.licence.id }, data: { state: 'SUSPENDED' } })
    expect(outcome(await suspended.ask())).toBe('suspended')
  })

  test('is not there without a grant, or outside of the kit', async () => {
    const { ask, kit } = await granted()
    const rival = await aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id, roles: ['PARTNER'] })
    await expect(ask(rival)).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask(aGuest(houseId))).rejects.toMatchObject({ code: 'not-found' })
    const other = await anAsset(ctx, { houseId })
    await expect(openPortalFile(as(partner), { kitId: kit.id, assetId: other.id, rendition: 'web', caller })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a file for staff', () => {
  test('leaves as it is kept, and is registered', async () => {
    const asset = await anAsset(ctx, { houseId, state: 'DRAFT' })
    const librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
    const result = await openStaffFile(as(librarian), { versionId: asset.currentVersionId as string, rendition: 'original', caller })
    if (!result.ok) throw new Error(result.error)
    expect((await read(result.value)).equals(await aPicture())).toBe(true)
    expect(await ended({ assetId: asset.id })).toMatchObject([
      { reason: 'staff', licenceId: null, end: { sentSha256: sha256(await aPicture()) } },
    ])
  })

  test('does not leave for those who only count or check, for outsiders, or to another house', async () => {
    const asset = await anAsset(ctx, { houseId })
    const versionId = asset.currentVersionId as string
    const auditor = await aPerson(ctx, { houseId, roles: ['AUDITOR'] })
    for (const actor of [auditor, partner])
      await expect(openStaffFile(as(actor), { versionId, rendition: 'original', caller })).rejects.toMatchObject({ code: 'forbidden' })
    const foreign = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] })
    await expect(openStaffFile(as(foreign), { versionId, rendition: 'original', caller })).rejects.toMatchObject({ code: 'not-found' })
    expect((await rows({ versionId })).every(({ outcome }) => outcome === 'REFUSED')).toBe(true)
  })
})
