import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '#services/kernel/canonical.ts'
import { newId, newNumber } from '#services/kernel/ids.ts'
import { publishKey } from '#services/compliance/keys.ts'
import { pdfkitPdf } from '#services/platform/pdf/pdfkit.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { openCertificate, renderCertificate } from './certificates.ts'
import { sealDocument, type LicenceDocument } from './rules/licence-document.ts'
import { verifyFile, verifyNumber } from './verification.ts'

let t: TestDb
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())

const until = '2027-11-30T23:00:00.000Z'

/** A licence as `issueLicence` leaves it, without the way there. */
async function anIssuedLicence(ctx: TestContext, fields: { holderName?: string; title?: string; audience?: 'STORE' | 'INTERNAL' } = {}) {
  const at = ctx.clock.now()
  const house = await aHouse(ctx)
  const holder = await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER', name: fields.holderName ?? 'Łódź Żółw Sp. z o.o.' })
  const asset = await anAsset(ctx, { houseId: house.id, title: fields.title ?? 'Harbour at dawn', audience: fields.audience ?? 'STORE' })
  const version = await t.db.assetVersion.findFirstOrThrow({ where: { assetId: asset.id } })
  const body = '# Grant\n\nThe licensor grants the holder what the certificate says.'
  const template = await t.db.termsTemplate.create({
    data: {
      id: newId('trm', at),
      houseId: house.id,
      model: 'RIGHTS_MANAGED',
      version: 1,
      title: 'Rights-managed terms',
      body,
      sha256: sha256(body),
      effectiveFrom: at,
      createdAt: at,
    },
  })
  const number = newNumber('CM', at)
  const id = newId('lic', at)
  const party = ({ id: partyId, name, address, country, email }: typeof house) => ({ id: partyId, name, address, country, email })
  const document: LicenceDocument = {
    version: 1,
    kind: 'clearmark.licence',
    number,
    licenceId: id,
    licensor: party(house),
    holder: party(holder),
    licensee: null,
    asset: {
      id: asset.id,
      title: asset.title,
      creator: asset.creator,
      creditLine: asset.creditLine,
      versionId: version.id,
      versionNumber: 1,
      fileName: version.fileName,
      mediaType: version.mediaType,
      sha256: version.sha256,
      width: version.width,
      height: version.height,
    },
    model: 'RIGHTS_MANAGED',
    exclusive: true,
    scope: {
      terms: { zone: 'Europe/Berlin' },
      words: [
        { label: 'Media', words: 'Websites', codes: 'web-site' },
        { label: 'Territory', words: 'Germany', codes: 'DE' },
      ],
    },
    from: at.toISOString(),
    until,
    terms: { templateId: template.id, title: template.title, version: 1, sha256: template.sha256 },
    order: null,
    grant: { requestId: null, kitGrantId: null, purpose: 'campaign' },
    issuedAt: at.toISOString(),
    keyId: ctx.signer.keyId,
  }
  const { text, sha256: documentSha256 } = sealDocument(document)
  const licence = await t.db.licence.create({
    data: {
      id,
      number,
      houseId: house.id,
      holderOrgId: holder.id,
      model: 'RIGHTS_MANAGED',
      state: 'ACTIVE',
      assetId: asset.id,
      versionId: version.id,
      terms: {},
      exclusive: true,
      startsAt: at,
      endsAt: new Date(until),
      termsTemplateId: template.id,
      document: text,
      documentSha256,
      signature: ctx.signer.sign(text),
      keyId: ctx.signer.keyId,
      issuedAt: at,
      createdAt: at,
    },
  })
  await publishKey(ctx)
  const person = await aPerson(ctx, { houseId: house.id, orgId: holder.id, roles: ['CUSTOMER'] })
  return { licence, house, holder, asset, version, person, guest: asActor(ctx, aGuest(house.id)), own: asActor(ctx, person) }
}
const world = () => testContext(t.db, { pdf: pdfkitPdf() })

describe('the certificate', () => {
  test('is read by two independent readers: number, holder, asset and end', async (context) => {
    const ctx = world()
    const { licence, own } = await anIssuedLicence(ctx)
    const file = await openCertificate(own, licence.id)
    const bytes = await buffer(await file.open(null))
    expect(file.size).toBe(bytes.length)
    const wanted = [
      licence.number,
      'Łódź Żółw Sp. z o.o.',
      '30 November 2027',
      'Harbour at dawn',
      'Websites',
      `/verify/${licence.number}`,
      licence.keyId as string,
    ]
    const doc = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
    const first = await (await doc.getPage(1)).getTextContent()
    const text = first.items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join('')
    for (const words of wanted) expect(text).toContain(words)
    const attached = (await doc.getAttachments()) as Record<string, { content: Uint8Array }>
    expect(sha256(Buffer.from(attached['licence.json']?.content ?? []))).toBe(licence.documentSha256)

    const place = path.join(mkdtempSync(path.join(tmpdir(), 'clearmark-certificate-')), 'certificate.pdf')
    writeFileSync(place, bytes)
    const read = spawnSync('pdftotext', [place, '-'], { encoding: 'utf8' })
    if (read.error) return context.skip('pdftotext is not installed here; pdfjs has read the same certificate above')
    for (const words of wanted) expect(read.stdout.replace(/\s+/g, ' ')).toContain(words)
  })

  test('is rendered once, also by five at once, and never anew differently', async () => {
    const ctx = world()
    const { licence, asset } = await anIssuedLicence(ctx)
    const all = await Promise.all(Array.from({ length: 5 }, () => renderCertificate(ctx, { licenceId: licence.id })))
    expect(new Set(all.map(({ sha256: hash }) => hash)).size).toBe(1)
    await t.db.rendition.deleteMany({ where: { versionId: licence.versionId } })
    await t.db.asset.update({ where: { id: asset.id }, data: { title: 'Another title' } })
    const again = await renderCertificate(ctx, { licenceId: licence.id })
    expect(again).toEqual(all[0])
    expect(
      createHash('sha256')
        .update(await buffer(await ctx.storage.open(again.key)))
        .digest('hex'),
    ).toBe(again.sha256)
  })

  test('is for the holder and for the desks of the house; to others there is none', async () => {
    const ctx = world()
    const { licence, house, own } = await anIssuedLicence(ctx)
    const other = await aPerson(ctx, {
      houseId: house.id,
      orgId: (await anOrganisation(ctx, { houseId: house.id, kind: 'CUSTOMER' })).id,
      roles: ['CUSTOMER'],
    })
    const auditor = await aPerson(ctx, { houseId: house.id, roles: ['AUDITOR'] })
    const { own: stranger } = await anIssuedLicence(ctx)
    await expect(openCertificate(asActor(ctx, other), licence.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openCertificate(stranger, licence.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openCertificate(asActor(ctx, aGuest(house.id)), licence.id)).rejects.toMatchObject({ code: 'not-found' })
    expect((await openCertificate(asActor(ctx, auditor), licence.id)).fileName).toBe(`${licence.number}.pdf`)
    expect((await openCertificate(own, licence.id)).inline).toBe(true)
  })
})

let strangers = 0
/** From an address of its own, so that one test does not use up another's turns. */
const ask = (number: string, ip = `stranger ${strangers++}`) => ({ number, ip })

describe('the verification of a number', () => {
  test('says genuine, for what, until when, and no names to strangers', async () => {
    const ctx = world()
    const { licence, guest } = await anIssuedLicence(ctx)
    const found = await verifyNumber(guest, ask(` ${licence.number.toLowerCase()} `))
    expect(found).toMatchObject({
      verdict: 'genuine',
      seal: 'signed',
      exclusive: true,
      until,
      parties: null,
      licenceId: null,
      asset: { title: 'Harbour at dawn' },
    })
    expect(found?.picture).toMatch(/^data:image\/jpeg;base64,/)
    expect(JSON.stringify(found)).not.toContain('Żółw')
  })

  test('names the parties to the holder and to the house', async () => {
    const ctx = world()
    const { licence, own, house } = await anIssuedLicence(ctx)
    const manager = await aPerson(ctx, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })
    for (const asking of [own, asActor(ctx, manager)])
      expect((await verifyNumber(asking, ask(licence.number)))?.parties?.holder).toBe('Łódź Żółw Sp. z o.o.')
  })

  test('knows nothing of an unknown number, of another house, and of what was never issued', async () => {
    const ctx = world()
    const { guest } = await anIssuedLicence(ctx)
    const other = await anIssuedLicence(ctx)
    expect(await verifyNumber(guest, ask('CM-2026-00000000'))).toBeNull()
    expect(await verifyNumber(guest, ask(other.licence.number))).toBeNull()
  })

  test('says suspended, and ended, also where no sweep has been', async () => {
    const ctx = world()
    const { licence, guest } = await anIssuedLicence(ctx)
    await t.db.licence.update({ where: { id: licence.id }, data: { state: 'SUSPENDED' } })
    expect(await verifyNumber(guest, ask(licence.number))).toMatchObject({ verdict: 'suspended' })
    await t.db.licence.update({ where: { id: licence.id }, data: { state: 'ACTIVE' } })
    ctx.clock.set(until)
    expect(await verifyNumber(guest, ask(licence.number))).toMatchObject({ verdict: 'ended', standing: 'expired' })
  })

  test('says not genuine where the text, the signature or the key is not right', async () => {
    const ctx = world()
    const forge = (id: string, data: object) =>
      t.db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`
        await tx.licence.update({ where: { id }, data })
      })
    const text = await anIssuedLicence(ctx)
    await forge(text.licence.id, { document: text.licence.document?.replace('Germany', 'Worldwide') })
    expect(await verifyNumber(text.guest, ask(text.licence.number))).toMatchObject({ verdict: 'not-genuine', seal: 'text-changed' })
    const both = await anIssuedLicence(ctx)
    const changed = (both.licence.document as string).replace('Germany', 'Worldwide')
    await forge(both.licence.id, { document: changed, documentSha256: sha256(changed) })
    expect(await verifyNumber(both.guest, ask(both.licence.number))).toMatchObject({ verdict: 'not-genuine', seal: 'signature-wrong' })
    const key = await anIssuedLicence(ctx)
    await forge(key.licence.id, { keyId: 'unpublished' })
    expect(await verifyNumber(key.guest, ask(key.licence.number))).toMatchObject({ verdict: 'not-genuine', seal: 'key-not-published' })
  })

  test('slows down who walks through numbers', async () => {
    const { guest } = await anIssuedLicence(world())
    const outcomes = await Promise.allSettled(Array.from({ length: 70 }, () => verifyNumber(guest, ask('CM-2026-00000000', '203.0.113.9'))))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { code: 'too-many' } })
  })

  test('shows no picture of an internal asset to strangers', async () => {
    const { licence, guest, own } = await anIssuedLicence(world(), { audience: 'INTERNAL' })
    expect((await verifyNumber(guest, ask(licence.number)))?.picture).toBeNull()
    expect((await verifyNumber(own, ask(licence.number)))?.picture).not.toBeNull()
  })

  test('shows a picture without a mark only to those who hold a right to it now', async () => {
    const { licence, guest, own } = await anIssuedLicence(world())
    await t.db.rendition.updateMany({ where: { versionId: licence.versionId, preset: 'grid' }, data: { watermarked: false } })
    expect((await verifyNumber(guest, ask(licence.number)))?.picture).toBeNull()
    expect((await verifyNumber(own, ask(licence.number)))?.picture).not.toBeNull()
    await t.db.licence.update({ where: { id: licence.id }, data: { state: 'SUSPENDED' } })
    expect((await verifyNumber(own, ask(licence.number)))?.picture).toBeNull()
  })
})

describe('the verification of a file', () => {
  const from = (hash: string) => ({ hash, ip: '203.0.113.2' })

  test('finds the licence under which these very bytes left, and the published original', async () => {
    const ctx = world()
    const { licence, guest, version, asset, house } = await anIssuedLicence(ctx)
    const deliveryId = newId('dlv', ctx.clock.now())
    const hash = sha256(deliveryId)
    await t.db.delivery.create({
      data: {
        id: deliveryId,
        houseId: house.id,
        at: ctx.clock.now(),
        outcome: 'SERVED',
        reason: 'licence',
        assetId: asset.id,
        versionId: version.id,
        rendition: 'original',
        licenceId: licence.id,
        end: { create: { at: ctx.clock.now(), complete: true, bytesSent: 10, sentSha256: hash } },
      },
    })
    expect(await verifyFile(guest, from(hash))).toEqual([
      { how: 'delivered', at: ctx.clock.now(), title: 'Harbour at dawn', licence: { number: licence.number, standing: 'in-force' } },
    ])
    expect(await verifyFile(guest, from(version.sha256))).toEqual([{ how: 'kept', at: null, title: 'Harbour at dawn', licence: null }])
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    expect(await verifyFile(guest, from(version.sha256))).toEqual([])
  })

  test('knows nothing of another file, and refuses what is no hash', async () => {
    const { guest } = await anIssuedLicence(world())
    expect(await verifyFile(guest, from('0'.repeat(64)))).toEqual([])
    await expect(verifyFile(guest, from('x'))).rejects.toMatchObject({ code: 'malformed' })
  })
})
