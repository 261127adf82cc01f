import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrismaClient } from '#services/platform/generated/prisma/client.ts'
import { testDb } from '#services/testing/db.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { worklistPage } from '#services/desk/worklist.ts'
import { filterOf } from '#services/desk/rules/filter.ts'
import { addRelease } from './releases.ts'
import { prefillOf, proposalsOf } from './file-rights-views.ts'
import { proposeFromFile, setAside } from './file-rights.ts'

const holder: { db?: Awaited<ReturnType<typeof testDb>> } = {}
beforeAll(async () => {
  holder.db = await testDb()
})
afterAll(async () => holder.db?.[Symbol.asyncDispose]())
const db = (): PrismaClient => holder.db?.db as PrismaClient

const said = { licensors: [{ name: 'Agency North' }], usageTerms: 'Web only', modelReleaseStatus: 'MR-UMR', modelReleaseIds: ['MR-9'] }
const terms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL' as const,
  from: '2026-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}

async function aHouseWithFiles(count = 1) {
  const base = testContext(db())
  const house = await aHouse(base)
  const maren = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  const system = asActor(base, { kind: 'system', houseId: house.id, name: 'test' })
  const assets: { id: string; versionId: string }[] = []
  for (let n = 0; n < count; n++) {
    const { id } = await anAsset(maren, { houseId: house.id, state: 'DRAFT' })
    const { currentVersionId } = await db().asset.findUniqueOrThrow({ where: { id } })
    await db().assetVersion.update({ where: { id: currentVersionId as string }, data: { embedded: said } })
    assets.push({ id, versionId: currentVersionId as string })
    await proposeFromFile(system, { versionId: currentVersionId as string })
  }
  return { base, house, maren, system, assets, first: assets[0] as { id: string; versionId: string } }
}

describe('what a file says about rights', () => {
  test('is proposed once, and makes nothing held', async () => {
    const { maren, system, first } = await aHouseWithFiles()
    expect(await proposeFromFile(system, { versionId: first.versionId })).toEqual({ proposed: 0 })
    const held = await db().acquisition.count({ where: { assetId: first.id, licensor: 'Agency North' } })
    expect([held, await db().release.count({ where: { assetId: first.id } })]).toEqual([0, 0])
    const proposals = await proposalsOf(maren, first.id)
    expect(proposals.map(({ kind, state }) => [kind, state])).toEqual([
      ['CONTRACT', 'OPEN'],
      ['MODEL_RELEASE', 'OPEN'],
    ])
    expect(proposals[0]?.statements).toContainEqual({ field: 'usageTerms', label: 'Usage terms', words: 'Web only', from: 'File' })
  })

  test('the same words in many files are one line of the worklist, and are set aside together', async () => {
    const { maren, first } = await aHouseWithFiles(3)
    const elsewhere = await aHouseWithFiles()
    const filter = filterOf(new URLSearchParams({ kind: 'file-rights' }))
    const before = (await worklistPage(maren, filter, null)).page.items.filter(({ kind }) => kind === 'file-rights')
    expect(before.map(({ pictures, party }) => [party, pictures]).sort()).toEqual([
      ['CONTRACT', 3],
      ['MODEL_RELEASE', 3],
    ])
    const [contract] = await proposalsOf(maren, first.id)
    expect(contract?.same).toBe(2)
    expect(await setAside(maren, { proposalId: contract?.id ?? '', reason: 'The agency is ours', alsoSame: true })).toMatchObject({
      ok: true,
      value: { count: 3 },
    })
    const after = (await worklistPage(maren, filter, null)).page.items.filter(({ kind }) => kind === 'file-rights')
    expect(after.map(({ party }) => party)).toEqual(['MODEL_RELEASE'])
    const theirs = await proposalsOf(elsewhere.maren, elsewhere.first.id)
    expect(
      theirs.map(({ state }) => state),
      'another house decides for itself',
    ).toEqual(['OPEN', 'OPEN'])
  })

  test('recorded by a person it is accepted, with the row that was written', async () => {
    const { maren, first } = await aHouseWithFiles()
    const release = (await proposalsOf(maren, first.id)).find(({ kind }) => kind === 'MODEL_RELEASE')
    expect(await prefillOf(maren, first.id, release?.id ?? '')).toMatchObject({
      fields: { kind: 'MODEL', status: 'UNLIMITED', reference: 'MR-9' },
    })
    const made = await addRelease(maren, {
      assetId: first.id,
      kind: 'MODEL',
      status: 'UNLIMITED',
      reference: 'MR-9',
      terms,
      proposal: release?.id,
    })
    if (!made.ok) throw new Error(made.error)
    expect(await db().rightsProposal.findUniqueOrThrow({ where: { id: release?.id ?? '' } })).toMatchObject({
      state: 'ACCEPTED',
      recordedAs: made.value.id,
    })
    expect(await prefillOf(maren, first.id, release?.id ?? '')).toBeNull()
    await expect(db().rightsProposal.update({ where: { id: release?.id ?? '' }, data: { state: 'OPEN' } })).rejects.toThrow(
      /stays as it is/,
    )
  })

  test('a newer file asks only what it says differently, and outdates what it no longer says', async () => {
    const { maren, system, first } = await aHouseWithFiles()
    const at = maren.clock.now()
    const old = await db().assetVersion.findUniqueOrThrow({ where: { id: first.versionId } })
    await db().assetVersion.create({
      data: {
        id: `${first.versionId}x`,
        houseId: old.houseId,
        assetId: first.id,
        number: 2,
        fileName: 'b.jpg',
        mediaType: 'image/jpeg',
        byteSize: 1n,
        sha256: 'b'.repeat(64),
        crc32: 1n,
        storageKey: `k${first.versionId}`,
        processing: 'READY',
        embedded: { ...said, usageTerms: 'Print too' },
        createdAt: at,
      },
    })
    await db().asset.update({ where: { id: first.id }, data: { currentVersionId: `${first.versionId}x` } })
    expect(await proposeFromFile(system, { versionId: `${first.versionId}x` })).toEqual({ proposed: 1 })
    const states = (await proposalsOf(maren, first.id)).map(({ kind, state, version }) => `${kind} ${state} ${version.number}`)
    expect(states.sort()).toEqual(['CONTRACT OPEN 2', 'CONTRACT OUTDATED 1', 'MODEL_RELEASE OPEN 1'])
  })

  test('two who set aside at once: one does', async () => {
    const { maren, first } = await aHouseWithFiles()
    const [contract] = await proposalsOf(maren, first.id)
    const both = await Promise.all([1, 2].map(() => setAside(maren, { proposalId: contract?.id ?? '', reason: 'Not so', alsoSame: false })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: 'already-decided' })
  })

  test('only the rights desk of the house decides', async () => {
    const { base, house, maren, first } = await aHouseWithFiles()
    const [contract] = await proposalsOf(maren, first.id)
    const lena = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] }))
    await expect(setAside(lena, { proposalId: contract?.id ?? '', reason: 'Not so', alsoSame: false })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const stranger = asActor(base, await aPerson(base, { houseId: (await aHouse(base)).id, roles: ['RIGHTS_MANAGER'] }))
    await expect(setAside(stranger, { proposalId: contract?.id ?? '', reason: 'Not so', alsoSame: false })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await proposalsOf(stranger, first.id)).toEqual([])
  })
})
