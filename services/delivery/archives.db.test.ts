import { execFileSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonical, sha256 } from '#services/kernel/canonical.ts'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aKit } from '#services/testing/held-licences.ts'
import { unzip } from '#services/testing/unzip.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { openKitArchive } from './archives.ts'
import type { OpenFile } from './files.ts'

const caller = { ip: null, userAgent: null }
const folder = mkdtempSync(path.join(tmpdir(), 'archives-'))
let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await t[Symbol.asyncDispose]()
})

/** A partner with a kit of three files in two sections; titles repeat. */
async function granted() {
  const org = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
  const partner = await aPerson(ctx, { houseId, orgId: org.id, roles: ['PARTNER'] })
  const assets = [
    await anAsset(ctx, { houseId, title: 'Primary: mark' }),
    await anAsset(ctx, { houseId, title: 'Primary: mark' }),
    await anAsset(ctx, { houseId }),
  ]
  const kit = await aKit(ctx, { houseId, assets, sections: ['Logos', 'Logos', 'Übersicht'] })
  const { grant, licences } = await aGrantedKit(ctx, { kit, orgId: org.id, assets })
  const ask = (actor: Person = partner) => openKitArchive(asActor(ctx, actor), { kitId: kit.id, rendition: 'original', caller })
  return { org, partner, assets, kit, grant, licences, ask }
}

const opened = async (asked: ReturnType<typeof openKitArchive>): Promise<OpenFile> => {
  const result = await asked
  if (!result.ok) throw new Error(result.error)
  return result.value
}

const ended = async (where: object, count: number) => {
  for (let i = 0; i < 200; i++) {
    const rows = await t.db.delivery.findMany({ where: { ...where, outcome: 'SERVED', end: { isNot: null } }, include: { end: true } })
    if (rows.length === count) return rows
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('no end rows')
}

test('a kit leaves as one archive: files, certificates and a signed manifest whose hashes are those of the files', async () => {
  const { ask, kit, licences, org } = await granted()
  const [first] = licences
  await ctx.storage.put('document/certificate/c1', Buffer.from('%PDF certificate'))
  await t.db.licence.update({ where: { id: first?.id as string }, data: { certificateKey: 'document/certificate/c1' } })
  const file = await opened(ask())
  const zip = await buffer(await file.open(null))
  expect(zip.length).toBe(file.size)
  expect(file.fileName).toBe('Autumn campaign v1.zip')

  const files = unzip(zip)
  const names = ['Logos/Primary mark.jpg', 'Logos/Primary mark (2).jpg', 'Übersicht/Harbour at dawn.jpg']
  expect([...files.keys()]).toEqual([...names, `Licences/${first?.number}.pdf`, 'manifest.json'])
  const { manifest, signature } = JSON.parse((files.get('manifest.json') as Buffer).toString())
  expect(manifest.files.map((each: { path: string; sha256: string }) => [each.path, each.sha256])).toEqual(
    names.map((name) => [name, sha256(files.get(name) as Buffer)]),
  )
  expect(manifest).toMatchObject({ kit: { id: kit.id, version: 1 }, holder: { id: org.id }, leftOut: [] })
  expect(
    verify(null, Buffer.from(canonical(manifest)), createPublicKey(ctx.signer.publicKeyPem), Buffer.from(signature, 'base64url')),
  ).toBe(true)

  const rows = await ended({ kitId: kit.id }, 3)
  expect(new Set(rows.map(({ archiveId }) => archiveId)).size).toBe(1)
  expect(rows.map(({ end }) => end?.sentSha256).sort()).toEqual(names.map((name) => sha256(files.get(name) as Buffer)).sort())
})

test('an interrupted archive goes on where it stopped; each part registers the files that it touches', async () => {
  const { ask, kit } = await granted()
  const file = await opened(ask())
  const whole = await buffer(await file.open(null))
  await ended({ kitId: kit.id }, 3)
  const cut = Math.floor(file.size / 2)
  const again = await opened(ask())
  expect(again.etag).toBe(file.etag)
  const parts = [
    await buffer(await file.open({ start: 0, end: cut - 1 })),
    await buffer(await again.open({ start: cut, end: file.size - 1 })),
  ]
  expect(Buffer.concat(parts).equals(whole)).toBe(true)
  const rows = await ended({ kitId: kit.id }, 7)
  const sent = (part: boolean) => rows.filter(({ byteFrom }) => (byteFrom !== null) === part)
  expect(sent(true)).toHaveLength(2)
  expect(sent(true).every(({ end }) => end?.complete && end.sentSha256 === null)).toBe(true)
  expect(sent(false).every(({ end }) => end?.sentSha256 !== null)).toBe(true)
})

test('what may not leave is left out, named in the manifest and registered as refused', async () => {
  const { ask, licences, assets, kit } = await granted()
  await t.db.licence.update({ where: { id: licences[0]?.id as string }, data: { state: 'SUSPENDED' } })
  await t.db.asset.update({ where: { id: assets[1]?.id as string }, data: { state: 'WITHDRAWN' } })
  const files = unzip(await buffer(await (await opened(ask())).open(null)))
  expect([...files.keys()]).toEqual(['Übersicht/Harbour at dawn.jpg', 'manifest.json'])
  const { manifest } = JSON.parse((files.get('manifest.json') as Buffer).toString())
  expect(manifest.leftOut.map(({ reason }: { reason: string }) => reason)).toEqual(['suspended', 'not-published'])
  const refused = await t.db.delivery.findMany({ where: { kitId: kit.id, outcome: 'REFUSED' } })
  expect(refused.map(({ reason }) => reason).sort()).toEqual(['not-published', 'suspended'])
})

test('a kit of which nothing may leave is refused, and so is one that is no longer granted', async () => {
  const nothing = await granted()
  await t.db.licence.updateMany({ where: { id: { in: nothing.licences.map(({ id }) => id) } }, data: { state: 'SUSPENDED' } })
  expect(await nothing.ask()).toMatchObject({ ok: false, error: 'suspended' })
  const revoked = await granted()
  await t.db.kitGrant.update({ where: { id: revoked.grant.id }, data: { revokedAt: ctx.clock.now() } })
  expect(await revoked.ask()).toMatchObject({ ok: false, error: 'kit-revoked' })
})

test('strangers are told that there is no such kit', async () => {
  const { ask, kit } = await granted()
  const { partner: rival } = await granted()
  await expect(ask(rival)).rejects.toMatchObject({ code: 'not-found' })
  await expect(openKitArchive(asActor(ctx, aGuest(houseId)), { kitId: kit.id, rendition: 'web', caller })).rejects.toMatchObject({
    code: 'not-found',
  })
})

const unzipIsThere = (() => {
  try {
    execFileSync('unzip', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!unzipIsThere)('unzip finds no fault', async () => {
  const target = path.join(folder, 'kit.zip')
  writeFileSync(target, await buffer(await (await opened((await granted()).ask())).open(null)))
  expect(execFileSync('unzip', ['-tq', target], { encoding: 'utf8' })).toContain('No errors')
})
