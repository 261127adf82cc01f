import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aGrantedKit, aKit } from '#services/testing/held-licences.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { addKitItem, archiveKit, arrangeKitItem, createKit, editKit, mostKitItems, removeKitItem } from './brand-kits.ts'
import { kitChanges, kitDesk, kitsList } from './kit-views.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let librarian: Person

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  ctx = asActor(ctx, librarian)
})
afterAll(() => t[Symbol.asyncDispose]())

const word = (result: { ok: boolean; error?: string }) => (result.ok ? 'done' : result.error)
const begun = async (title = 'Spring') => {
  const made = await createKit(ctx, { title, description: '' })
  if (!made.ok) throw new Error('not begun')
  return made.value.kitId
}
const order = async (kitId: string) =>
  (await t.db.brandKitItem.findMany({ where: { kitId }, orderBy: { position: 'asc' } })).map(({ assetId }) => assetId)

describe('a kit', () => {
  test('is begun with an address of its own, also twice at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => createKit(ctx, { title: 'Brand basics', description: '' })))
    expect(made.every(({ ok }) => ok)).toBe(true)
    const slugs = await t.db.brandKit.findMany({ where: { houseId, title: 'Brand basics' }, select: { slug: true } })
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(3)
  })

  test('takes published assets in order, and turns its version with each step', async () => {
    const kitId = await begun()
    const [a, b] = [await anAsset(ctx, { houseId, title: 'One' }), await anAsset(ctx, { houseId, title: 'Two' })]
    expect(word(await addKitItem(ctx, { kitId, assetId: a.id, section: 'Logos' }))).toBe('done')
    expect(word(await addKitItem(ctx, { kitId, assetId: b.id, section: '' }))).toBe('done')
    expect(await order(kitId)).toEqual([a.id, b.id])
    expect(await arrangeKitItem(ctx, { kitId, assetId: b.id, section: 'Marks', move: 'earlier' })).toMatchObject({ ok: true })
    expect(await order(kitId)).toEqual([b.id, a.id])
    expect(await arrangeKitItem(ctx, { kitId, assetId: b.id, section: 'Marks', move: 'earlier' })).toMatchObject({ ok: true })
    expect(await order(kitId)).toEqual([b.id, a.id])
    expect((await t.db.brandKit.findUniqueOrThrow({ where: { id: kitId } })).version).toBe(5)
    expect((await kitChanges(ctx, [kitId], 9)).map(({ type, title, version }) => [type, title, version])).toEqual(
      expect.arrayContaining([
        ['kit.item-added', 'One', 2],
        ['kit.item-added', 'Two', 3],
      ]),
    )
  })

  test('refuses what cannot be handed out, what it has, and what is too much', async () => {
    const kitId = await begun()
    const add = (assetId: string) => addKitItem(ctx, { kitId, assetId, section: '' })
    expect(word(await add((await anAsset(ctx, { houseId, state: 'DRAFT' })).id))).toBe('not-published')
    expect(word(await add((await anAsset(ctx, { houseId, audience: 'INTERNAL' })).id))).toBe('internal-only')
    const asset = await anAsset(ctx, { houseId })
    expect((await Promise.all([add(asset.id), add(asset.id), add(asset.id)])).map(word).sort()).toEqual([
      'already-there',
      'already-there',
      'done',
    ])

    const { id: other } = await aKit(ctx, { houseId, assets: [] })
    const many = await t.db.asset.createManyAndReturn({
      data: Array.from({ length: mostKitItems }, (_, i) => ({
        id: `ast_full_${i}`,
        houseId,
        title: `${i}`,
        createdAt: ctx.clock.now(),
        changedAt: ctx.clock.now(),
      })),
      select: { id: true },
    })
    await t.db.brandKitItem.createMany({ data: many.map(({ id }, position) => ({ kitId: other, assetId: id, position })) })
    expect(word(await addKitItem(ctx, { kitId: other, assetId: asset.id, section: '' }))).toBe('full')
  })

  test('lets an asset go once, and its cover with it', async () => {
    const asset = await anAsset(ctx, { houseId })
    const { id: kitId } = await aKit(ctx, { houseId, assets: [asset] })
    expect(word(await editKit(ctx, { kitId, title: 'New', description: '', guidance: 'Text', coverAssetId: asset.id }))).toBe('done')
    const both = await Promise.all([removeKitItem(ctx, { kitId, assetId: asset.id }), removeKitItem(ctx, { kitId, assetId: asset.id })])
    expect(both.map(word).sort()).toEqual(['done', 'not-there'])
    expect((await t.db.brandKit.findUniqueOrThrow({ where: { id: kitId } })).coverAssetId).toBeNull()
    expect(word(await arrangeKitItem(ctx, { kitId, assetId: asset.id, section: '' }))).toBe('not-there')
    expect(word(await editKit(ctx, { kitId, title: 'New', description: '', guidance: '', coverAssetId: asset.id }))).toBe(
      'cover-not-in-kit',
    )
  })

  test('is put away when nobody holds it, and then is closed to changes', async () => {
    const asset = await anAsset(ctx, { houseId })
    const kit = await aKit(ctx, { houseId, assets: [asset] })
    const partner = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
    const { grant } = await aGrantedKit(ctx, { kit, orgId: partner.id, assets: [] })
    expect(word(await archiveKit(ctx, { kitId: kit.id }))).toBe('still-granted')
    await t.db.kitGrant.update({ where: { id: grant.id }, data: { revokedAt: ctx.clock.now() } })
    expect(word(await archiveKit(ctx, { kitId: kit.id }))).toBe('done')
    await expect(addKitItem(ctx, { kitId: kit.id, assetId: asset.id, section: '' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is kept by librarians of its own house', async () => {
    const kitId = await begun()
    const reviewer = asActor(ctx, await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
    await expect(createKit(reviewer, { title: 'Mine', description: '' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(archiveKit(reviewer, { kitId })).rejects.toMatchObject({ code: 'forbidden' })
    const foreign = asActor(ctx, await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] }))
    await expect(archiveKit(foreign, { kitId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(kitDesk(foreign, kitId, '')).rejects.toMatchObject({ code: 'not-found' })
    expect((await kitsList(foreign)).kits).toEqual([])
    await expect(kitsList(asActor(ctx, await aPerson(ctx, { houseId, roles: ['FINANCE'] })))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('the desk shows files, holders and what could be added', async () => {
  const [asset, other] = [
    await anAsset(ctx, { houseId, title: 'In the kit' }),
    await anAsset(ctx, { houseId, title: 'Lighthouse at noon' }),
  ]
  const kit = await aKit(ctx, { houseId, assets: [asset] })
  const partner = await anOrganisation(ctx, { houseId, kind: 'PARTNER', name: 'Hanse Outdoor' })
  await aGrantedKit(ctx, { kit, orgId: partner.id, assets: [asset] })
  const desk = await kitDesk(ctx, kit.id, 'lighthouse')
  expect(desk.items.map(({ assetId }) => assetId)).toEqual([asset.id])
  expect(desk.grants).toMatchObject([{ orgName: 'Hanse Outdoor', open: true, licences: 1 }])
  expect(desk.found.map(({ id }) => id)).toEqual([other.id])
  expect((await kitsList(ctx)).kits.find(({ id }) => id === kit.id)).toMatchObject({ files: 1, holders: 1, coverAssetId: asset.id })
})
