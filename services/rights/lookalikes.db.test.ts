import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteAsset } from '#services/assets/life.ts'
import { nearDuplicates } from '#services/assets/likeness.ts'
import { keepPrint, printFile, printVersions } from '#services/assets/prints.ts'
import { restoreAsset } from '#services/assets/publishing.ts'
import { similarAssets, similarIds } from '#services/catalog/similar.ts'
import { newId } from '#services/kernel/ids.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import type { Print } from '#services/platform/media/media.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { duplicatesDesk, lookalikesOf, otherVersionsOf } from './likeness-views.ts'
import {
  decideLikeness,
  decideLikenesses,
  flagLookalikes,
  flagRestored,
  printAndFlag,
  reopenLikeness,
  reopenLikenesses,
} from './lookalikes.ts'
import { boxOf } from './rules/scope.ts'
import { takeClaims } from './claims.ts'
import { libraryAlikes } from './shown-picture.ts'
import { groupTwins } from './twins.ts'
import { likenessOfUploads } from './upload-likeness.ts'

let t: TestDb
const folder = mkdtempSync(path.join(tmpdir(), 'likeness-test-'))
const media = childMedia()
const prints: Record<'scene' | 'crop' | 'other', Print> = {} as never

/** A picture with much to recognise: the same for the same seed. */
async function aScene(seed: number): Promise<Sharp> {
  let state = seed
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
  const colour = () => `rgb(${next(255)},${next(255)},${next(255)})`
  const shapes = Array.from({ length: 90 }, () => {
    const [x, y, r] = [next(900), next(600), 12 + next(70)]
    return next(2)
      ? `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour()}"/>`
      : `<polygon points="${x},${y} ${x + r},${y + next(60)} ${x - next(50)},${y + r}" fill="${colour()}"/>`
  })
  const drawn = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="${colour()}"/>${shapes.join('')}</svg>`,
    ),
  )
    .png()
    .toBuffer()
  return sharp(drawn)
}
let made = 0
async function printed(picture: Sharp): Promise<Print> {
  const file = path.join(folder, `${++made}.jpg`)
  await picture.jpeg({ quality: 80 }).toFile(file)
  const print = await printFile({ media }, file, 'image/jpeg')
  if (!print) throw new Error('no print')
  return print
}

beforeAll(async () => {
  t = await testDb(20)
  prints.scene = await printed(await aScene(11))
  prints.crop = await printed((await aScene(11)).extract({ left: 60, top: 40, width: 760, height: 500 }))
  prints.other = await printed(await aScene(99))
})
afterAll(async () => t[Symbol.asyncDispose]())

async function world() {
  const base = testContext(t.db, { media })
  const house = await aHouse(base)
  const as = async (...roles: Parameters<typeof aPerson>[1]['roles'] & object) =>
    asActor(base, await aPerson(base, { houseId: house.id, roles }))
  const manager = await as('RIGHTS_MANAGER', 'LIBRARIAN')
  const librarian = await as('LIBRARIAN')
  const contributor = await as('CONTRIBUTOR')
  const older = await anAsset(base, { houseId: house.id, title: 'Harbour' })
  base.clock.advance(1_000)
  const draft = await anAsset(base, { houseId: house.id, state: 'DRAFT', title: 'Harbour, cut' })
  // Bytes of their own: these pictures are alike, not equal.
  await t.db.assetVersion.update({
    where: { id: draft.currentVersionId ?? '' },
    data: { sha256: newId('x', base.clock.now()).padEnd(64, '0').slice(-64) },
  })
  const give = (asset: { id: string; currentVersionId: string | null }, print: Print) =>
    keepPrint(base, { versionId: asset.currentVersionId ?? '', houseId: house.id, assetId: asset.id }, print)
  const pair = async (one = draft, two = older) => {
    const [assetId, otherId] = one.id > two.id ? [one.id, two.id] : [two.id, one.id]
    const id = newId('lik', base.clock.now())
    await t.db.likeness.create({
      data: {
        id,
        houseId: house.id,
        assetId,
        otherId,
        versionId: one.currentVersionId ?? '',
        otherVersionId: two.currentVersionId ?? '',
        places: 20,
        bits: 5,
        ways: ['cropped'],
        foundAt: base.clock.now(),
      },
    })
    return id
  }
  const members = () => t.db.exclusivityMember.findMany({ where: { houseId: house.id, leftAt: null }, orderBy: { assetNo: 'asc' } })
  const stateOf = async (id: string) => (await t.db.likeness.findUniqueOrThrow({ where: { id } })).state
  const assetState = async (id: string) => (await t.db.asset.findUniqueOrThrow({ where: { id } })).state
  const system = asActor(base, { kind: 'system', houseId: house.id, name: 'test' })
  return { base, house, manager, librarian, contributor, older, draft, give, pair, members, stateOf, assetState, system, as }
}

const shared = {
  media: ['billboard'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
} as const
async function sell(ctx: Awaited<ReturnType<typeof world>>['manager'], asset: Awaited<ReturnType<typeof world>>['older']) {
  const licence = await aLicenceFor(ctx, { asset, exclusive: true })
  await takeClaims(ctx, [
    {
      assetNo: asset.no,
      licenceNo: licence.no,
      box: boxOf({ ...shared, media: [...shared.media], territory: { include: [...shared.territory.include] } }),
      exclusive: true,
      state: 'ACTIVE',
      holdExpiresAt: null,
    },
  ])
}

describe('what comes in', () => {
  test('a crop is asked about once and shares its exclusivity until somebody decides; the trail says by what it was judged', async () => {
    const w = await world()
    await w.give(w.older, prints.scene)
    await w.give(w.draft, prints.crop)
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    const { items, open } = await duplicatesDesk(w.librarian, { show: 'open', after: null })
    expect(open).toBe(1)
    expect(items[0]).toMatchObject({
      words: expect.stringMatching(/^The same picture, cropped \(\d+ places agree/) as string,
      asset: { title: 'Harbour, cut' },
      other: { title: 'Harbour' },
    })
    expect((await w.members()).map(({ state }) => state).sort()).toEqual(['CONFIRMED', 'SUSPECTED'])
    const [fact] = await t.db.auditFact.findMany({ where: { houseId: w.house.id, type: 'twins.suspected' } })
    expect(fact?.body).toContain('places agree')
  })

  test('another picture is none; nor is another house’s, a logo is only asked about, and what was answered is not suspected', async () => {
    const w = await world()
    await w.give(w.older, prints.other)
    await w.give(w.draft, prints.crop)
    const stranger = await world()
    await stranger.give(stranger.older, prints.scene)
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    expect(await t.db.likeness.count({ where: { houseId: w.house.id } })).toBe(0)

    await w.give(w.older, prints.scene)
    await t.db.asset.update({ where: { id: w.draft.id }, data: { kind: 'LOGO' } })
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    expect(await w.members()).toEqual([])
    await t.db.asset.update({ where: { id: w.draft.id }, data: { kind: 'PHOTOGRAPH' } })
    await t.db.likeness.updateMany({ where: { houseId: w.house.id }, data: { state: 'DIFFERENT', decidedAt: w.base.clock.now() } })
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    expect(await w.members()).toEqual([])
  })

  test('equal bytes are found without a print', async () => {
    const w = await world()
    const twin = await anAsset(w.base, { houseId: w.house.id })
    expect(await nearDuplicates(w.librarian, { assetId: twin.id })).toMatchObject([
      { assetId: w.older.id, nearness: 'exact', ways: ['same-bytes'] },
    ])
  })

  test('older versions are printed by the job, once; what cannot be printed is not tried again', async () => {
    const w = await world()
    await t.db.rendition.deleteMany({ where: { versionId: w.draft.currentVersionId ?? '' } })
    for (let round = 0; round < 20 && (await printAndFlag(w.base)) > 0; round++);
    expect(await t.db.picturePrint.count({ where: { houseId: w.house.id } })).toBe(1)
    expect(await t.db.printMiss.count({ where: { versionId: w.draft.currentVersionId ?? '' } })).toBe(1)
    expect(await printAndFlag(w.base)).toBe(0)
  })

  test('a storage that does not answer, or a look-up that fails, leaves the picture to the next round', async () => {
    const w = await world()
    for (let round = 0; round < 20 && (await printAndFlag(w.base)) > 0; round++);
    await t.db.picturePrint.deleteMany({ where: { houseId: w.house.id } })
    await t.db.printMiss.deleteMany({ where: { versionId: { in: [w.older.currentVersionId ?? '', w.draft.currentVersionId ?? ''] } } })
    const away = () => Promise.reject(new Error('the storage is away'))
    await expect(printAndFlag({ ...w.base, storage: { ...w.base.storage, stat: away, localCopy: away } })).rejects.toThrow('away')
    expect(await t.db.printMiss.count({ where: { versionId: w.older.currentVersionId ?? '' } })).toBe(0)
    const dying = () => Promise.reject(new Error('killed here'))
    await expect(printVersions(w.base, dying)).rejects.toThrow('killed here')
    expect(await t.db.picturePrint.count({ where: { houseId: w.house.id } })).toBe(0)
    expect(await printAndFlag(w.base)).toBeGreaterThan(0)
  })

  test('an algorithm that has changed prints anew without asking anew', async () => {
    const w = await world()
    for (let round = 0; round < 20 && (await printAndFlag(w.base)) > 0; round++);
    await t.db.picturePrint.updateMany({ where: { houseId: w.house.id }, data: { algorithm: 0 } })
    expect(await printAndFlag(w.base)).toBe(0)
    expect(await t.db.picturePrint.count({ where: { houseId: w.house.id, algorithm: 0 } })).toBe(0)
  })
})

describe('answers', () => {
  test('a new version: the draft’s file goes over, the draft is put away, its suspicion with it', async () => {
    const w = await world()
    await w.give(w.older, prints.scene)
    await w.give(w.draft, prints.crop)
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    const { id } = await t.db.likeness.findFirstOrThrow({ where: { houseId: w.house.id } })
    expect(await decideLikeness(w.librarian, { likenessId: id, decision: 'newVersion' })).toMatchObject({ ok: true })
    expect(await t.db.assetVersion.count({ where: { assetId: w.older.id } })).toBe(2)
    expect(await w.assetState(w.draft.id)).toBe('ARCHIVED')
    expect(await w.members()).toEqual([])
    expect(await t.db.auditFact.count({ where: { houseId: w.house.id, type: 'likeness.decided' } })).toBe(1)
  })

  test('of two people at once one decides', async () => {
    const w = await world()
    const id = await w.pair()
    const outcomes = await Promise.all([
      decideLikeness(w.librarian, { likenessId: id, decision: 'discard' }),
      decideLikeness(w.manager, { likenessId: id, decision: 'different' }),
      decideLikeness(w.librarian, { likenessId: id, decision: 'newVersion' }),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((one) => !one.ok && one.error === 'already-decided')).toHaveLength(2)
  })

  test('twins: a librarian suspects, a rights manager confirms', async () => {
    const w = await world()
    expect(await decideLikeness(w.librarian, { likenessId: await w.pair(), decision: 'twins' })).toMatchObject({ ok: true })
    expect((await w.members()).map(({ state }) => state).sort()).toEqual(['CONFIRMED', 'SUSPECTED'])
    const other = await world()
    expect(await decideLikeness(other.manager, { likenessId: await other.pair(), decision: 'twins' })).toMatchObject({ ok: true })
    expect((await other.members()).map(({ state }) => state)).toEqual(['CONFIRMED', 'CONFIRMED'])
  })

  test('different: a librarian’s word leaves the suspicion to the rights desk, a rights manager’s ends it', async () => {
    for (const who of ['librarian', 'manager'] as const) {
      const w = await world()
      await w.give(w.older, prints.scene)
      await w.give(w.draft, prints.crop)
      await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
      const { id } = await t.db.likeness.findFirstOrThrow({ where: { houseId: w.house.id } })
      expect(await decideLikeness(w[who], { likenessId: id, decision: 'different' })).toMatchObject({
        ok: true,
        value: { stillSuspected: who === 'librarian' },
      })
      expect(await w.members()).toHaveLength(who === 'librarian' ? 2 : 0)
    }
  })

  test('what stands in the way is named, and nothing is half done', async () => {
    const w = await world()
    const second = await anAsset(w.base, { houseId: w.house.id })
    const published = await w.pair(second, w.older)
    expect(await decideLikeness(w.librarian, { likenessId: published, decision: 'newVersion' })).toMatchObject({ error: 'not-a-draft' })
    expect(await decideLikeness(w.librarian, { likenessId: published, decision: 'discard' })).toMatchObject({ error: 'not-a-draft' })
    expect(await w.stateOf(published)).toBe('OPEN')

    await sell(w.manager, w.older)
    await sell(w.manager, second)
    expect(await decideLikeness(w.manager, { likenessId: published, decision: 'twins' })).toMatchObject({ error: 'sold-to-both' })
    expect(await w.stateOf(published)).toBe('OPEN')

    const id = await w.pair()
    for (const state of ['WITHDRAWN', 'ARCHIVED'] as const) await t.db.asset.update({ where: { id: w.older.id }, data: { state } })
    expect(await decideLikeness(w.librarian, { likenessId: id, decision: 'newVersion' })).toMatchObject({ error: 'asset-archived' })
    await t.db.asset.update({ where: { id: w.older.id }, data: { state: 'DRAFT' } })
    const { sha256 } = await t.db.assetVersion.findUniqueOrThrow({ where: { id: w.older.currentVersionId ?? '' } })
    await t.db.assetVersion.update({ where: { id: w.draft.currentVersionId ?? '' }, data: { sha256 } })
    expect(await decideLikeness(w.librarian, { likenessId: id, decision: 'newVersion' })).toMatchObject({ error: 'same-as-current' })
    expect(await w.stateOf(id)).toBe('OPEN')
  })

  test('pictures of different groups, and those that were said to be no twins, are not grouped', async () => {
    const w = await world()
    const [a, b] = [await anAsset(w.base, { houseId: w.house.id }), await anAsset(w.base, { houseId: w.house.id })]
    await groupTwins(w.manager, { assetIds: [w.older.id, a.id], name: 'One', why: '' })
    await groupTwins(w.manager, { assetIds: [w.draft.id, b.id], name: 'Two', why: '' })
    const id = await w.pair()
    expect(await decideLikeness(w.manager, { likenessId: id, decision: 'twins' })).toMatchObject({ error: 'in-other-groups' })

    const other = await world()
    await other.give(other.older, prints.scene)
    await other.give(other.draft, prints.crop)
    await flagLookalikes(other.system, other.draft.currentVersionId ?? '')
    const { id: asked } = await t.db.likeness.findFirstOrThrow({ where: { houseId: other.house.id } })
    await decideLikeness(other.manager, { likenessId: asked, decision: 'different' })
    await reopenLikeness(other.manager, { likenessId: asked })
    expect(await decideLikeness(other.librarian, { likenessId: asked, decision: 'twins' })).toMatchObject({ error: 'dismissed-before' })
  })

  test('what was put away as a copy and comes back is suspected again, whoever brings it back', async () => {
    const w = await world()
    await w.give(w.older, prints.scene)
    await w.give(w.draft, prints.crop)
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    const { id } = await t.db.likeness.findFirstOrThrow({ where: { houseId: w.house.id } })
    await decideLikeness(w.librarian, { likenessId: id, decision: 'discard' })
    await flagRestored(w.system, w.draft.id)
    expect(await w.members()).toEqual([])
    expect(await restoreAsset(w.librarian, { assetId: w.draft.id })).toMatchObject({ ok: true })
    for (let twice = 0; twice < 2; twice++) await flagRestored(w.system, w.draft.id)
    expect((await w.members()).map(({ state }) => state).sort()).toEqual(['CONFIRMED', 'SUSPECTED'])
    expect(await w.stateOf(id)).toBe('OPEN')
  })

  test('an answer about one file says nothing of the next', async () => {
    const w = await world()
    const id = await w.pair()
    await t.db.likeness.update({ where: { id }, data: { versionId: 'ver_before', state: 'DIFFERENT', decidedAt: w.base.clock.now() } })
    await w.give(w.older, prints.scene)
    await w.give(w.draft, prints.crop)
    await flagLookalikes(w.system, w.draft.currentVersionId ?? '')
    expect(await w.members()).toHaveLength(2)
  })

  test('a contributor does not say that two pictures are twins', async () => {
    const w = await world()
    const { contributor } = w
    await t.db.asset.update({
      where: { id: w.draft.id },
      data: { createdById: contributor.actor.kind === 'person' ? contributor.actor.userId : null },
    })
    const id = await w.pair()
    await expect(decideLikeness(contributor, { likenessId: id, decision: 'twins' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await w.stateOf(id)).toBe('OPEN')
  })

  test('several at once, and back again: what was discarded is a draft again', async () => {
    const w = await world()
    const second = await anAsset(w.base, { houseId: w.house.id, state: 'DRAFT' })
    const ids = [await w.pair(), await w.pair(second, w.older)]
    const published = await w.pair(await anAsset(w.base, { houseId: w.house.id }), w.older)
    expect(await decideLikenesses(w.librarian, { ids: [...ids, published], decision: 'discard' })).toEqual({
      decided: ids,
      refused: [{ id: published, error: 'not-a-draft' }],
    })
    expect(await w.assetState(w.draft.id)).toBe('ARCHIVED')
    expect(await reopenLikenesses(w.librarian, { ids: [...ids, published] })).toEqual({ reopened: ids, refused: [published] })
    expect(await w.assetState(w.draft.id)).toBe('DRAFT')
    const twice = await Promise.all([decideLikeness(w.librarian, { likenessId: published, decision: 'different' }), Promise.resolve()])
    expect(twice[0]).toMatchObject({ ok: true })
    const undone = await Promise.all([
      reopenLikeness(w.librarian, { likenessId: published }),
      reopenLikeness(w.librarian, { likenessId: published }),
    ])
    expect(undone.filter(({ ok }) => ok)).toHaveLength(1)
    expect(undone.find(({ ok }) => !ok)).toMatchObject({ error: 'not-reopenable' })
  })
})

describe('who sees what', () => {
  test('contributors are asked about what is theirs; other houses and outsiders about nothing', async () => {
    const w = await world()
    const id = await w.pair()
    expect((await duplicatesDesk(w.contributor, { show: 'open', after: null })).items).toEqual([])
    await expect(decideLikeness(w.contributor, { likenessId: id, decision: 'different' })).rejects.toMatchObject({ code: 'forbidden' })
    await t.db.asset.update({ where: { id: w.draft.id }, data: { createdById: (w.contributor.actor as { userId: string }).userId } })
    const [own] = (await duplicatesDesk(w.contributor, { show: 'open', after: null })).items
    expect(own?.may).toEqual(['different', 'discard'])
    expect((await duplicatesDesk(w.librarian, { show: 'open', after: null })).items[0]?.may).toEqual([
      'newVersion',
      'twins',
      'different',
      'discard',
    ])
    expect(await lookalikesOf(w.librarian, w.older.id)).toHaveLength(1)
    expect(await otherVersionsOf(w.librarian, w.older.id)).toMatchObject([{ id: w.draft.id }])

    const stranger = await world()
    await expect(decideLikeness(stranger.manager, { likenessId: id, decision: 'different' })).rejects.toMatchObject({ code: 'not-found' })
    expect(await lookalikesOf(stranger.manager, w.older.id)).toEqual([])
    const sent = [w.draft.currentVersionId ?? '']
    expect((await likenessOfUploads(w.librarian, sent)).map(({ pairs }) => pairs.length)).toEqual([1])
    expect(await likenessOfUploads(stranger.librarian, sent)).toEqual([])
    await expect(likenessOfUploads(await w.as('AUDITOR'), sent)).rejects.toMatchObject({ code: 'forbidden' })
    const guest = asActor(w.base, { kind: 'guest', houseId: w.house.id })
    await expect(duplicatesDesk(guest, { show: 'open', after: null })).rejects.toMatchObject({ code: 'not-found' })
    expect(await otherVersionsOf(guest, w.older.id)).toEqual([])
    await expect(libraryAlikes(guest, prints.crop)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('one pair among many is found by the title or file name of either picture; signs of the database’s own mean themselves', async () => {
    const w = await world()
    await w.pair()
    const found = async (name: string) => (await duplicatesDesk(w.librarian, { show: 'open', name, after: null })).items.length
    expect(await found('HARBOUR, cu')).toBe(1)
    expect(await found(w.older.title)).toBe(1)
    const { fileName } = await t.db.assetVersion.findUniqueOrThrow({ where: { id: w.draft.currentVersionId ?? '' } })
    expect(await found(fileName)).toBe(1)
    expect(await found('%')).toBe(0)
    expect(await found('H_rbour')).toBe(0)
    expect((await duplicatesDesk(w.librarian, { show: 'decided', name: 'harbour', after: null })).items).toEqual([])
  })

  test('a pair whose upload lies in the bin asks nothing', async () => {
    const w = await world()
    await w.pair()
    expect(await deleteAsset(w.librarian, { assetId: w.draft.id, reason: 'Brought in twice' })).toMatchObject({ ok: true })
    expect(await duplicatesDesk(w.librarian, { show: 'open', after: null })).toMatchObject({ items: [], open: 0 })
    expect(await lookalikesOf(w.librarian, w.older.id)).toEqual([])
    expect(await otherVersionsOf(w.librarian, w.older.id)).toEqual([])
  })

  test('the rights of both are told apart in plain words', async () => {
    const w = await world()
    await w.pair()
    await sell(w.manager, w.older)
    const [pair] = (await duplicatesDesk(w.librarian, { show: 'open', after: null })).items
    expect(pair?.rights.join(' ')).toContain('“Harbour” is sold exclusively')
  })

  test('similar pictures are the store’s, without the picture itself and its copies; words stand in where there is no print', async () => {
    const w = await world()
    const [copy, alike, internal] = [
      await anAsset(w.base, { houseId: w.house.id }),
      await anAsset(w.base, { houseId: w.house.id }),
      await anAsset(w.base, { houseId: w.house.id, audience: 'INTERNAL' }),
    ]
    const guest = asActor(w.base, { kind: 'guest', houseId: w.house.id })
    expect((await similarAssets(guest, w.older.id, 8)).sort()).toEqual([copy.id, alike.id].sort())
    await w.give(w.older, prints.scene)
    await w.give(copy, prints.crop)
    await w.give(alike, { ...prints.other, look: prints.scene.look.map((value) => Math.max(-127, Math.min(127, value + 3))) })
    await w.give(internal, prints.other)
    expect(await similarAssets(guest, w.older.id, 8)).toEqual([alike.id])
    expect(await similarIds(guest, w.older.id, { limit: 8 })).toEqual([alike.no])
    expect(await similarAssets(guest, w.draft.id, 8)).toEqual([])
    expect((await libraryAlikes(w.librarian, prints.crop)).map(({ id }) => id).sort()).toEqual([w.older.id, copy.id].sort())
  })
})
