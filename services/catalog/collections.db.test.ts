import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import {
  addToCollection,
  archiveCollection,
  createCollection,
  editCollection,
  mostItems,
  moveInCollection,
  removeFromCollection,
} from './collections.ts'
import { curatedCollection, curatorPage } from './curation-views.ts'
import { feedOf, sitemapAssets, sitemapParts } from './machine-views.ts'
import { assetPage } from './asset-views.ts'
import { readWish } from './rules/facets.ts'
import { searchPage } from './search.ts'
import { collectionPage, collectionsOnPage, collectionsPage, homePage } from './views.ts'

let t: TestDb
let ctx: TestContext
let guest: TestContext
let houseId: string

beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())

const as = async (...roles: Role[]) => asActor(ctx, await aPerson(ctx, { houseId, roles }))
beforeEach(async () => {
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  ctx = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'] }))
  guest = asActor(base, aGuest(houseId))
})

const plain = { title: 'High places', description: 'Ridges and passes.', featured: true }
const picture = async (fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
  ctx.clock.advance(1000)
  return (await anAsset(ctx, { houseId, ...fields })).id
}
const order = async (collectionId: string) => (await curatedCollection(ctx, collectionId, '')).items.map(({ id }) => id)

test('a collection is made, edited, shown while it holds something published, and archived; each step is a fact', async () => {
  const { collectionId, slug } = await createCollection(ctx, plain)
  expect(slug).toBe('high-places')
  expect((await collectionsPage(guest)).collections).toEqual([])

  const assetId = await picture()
  expect(await addToCollection(ctx, { collectionId, assetId })).toEqual({ ok: true, value: { position: 0 } })
  await editCollection(ctx, { collectionId, ...plain, title: 'Higher places' })
  expect((await homePage(guest)).collections).toMatchObject([{ slug: 'high-places', title: 'Higher places', count: 1 }])

  await archiveCollection(ctx, { collectionId })
  expect((await collectionsPage(guest)).collections).toEqual([])
  await expect(collectionPage(guest, slug)).rejects.toMatchObject({ code: 'not-found' })
  await expect(archiveCollection(ctx, { collectionId })).rejects.toMatchObject({ code: 'not-found' })

  const facts = await t.db.auditFact.findMany({ where: { houseId }, orderBy: { id: 'asc' }, select: { type: true } })
  expect(facts.map(({ type }) => type).sort()).toEqual([
    'collection.archived',
    'collection.created',
    'collection.edited',
    'collection.item-added',
  ])
})

test('two of one title at once get two addresses', async () => {
  const made = await Promise.all([createCollection(ctx, plain), createCollection(ctx, plain), createCollection(ctx, plain)])
  expect(made.map(({ slug }) => slug).sort()).toEqual(['high-places', 'high-places-2', 'high-places-3'])
})

test('a picture is in a collection once, though two add it at once', async () => {
  const { collectionId } = await createCollection(ctx, plain)
  const assetId = await picture()
  const outcomes = await Promise.all([1, 2, 3].map(() => addToCollection(ctx, { collectionId, assetId })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(outcomes.find((outcome) => !outcome.ok)).toEqual({ ok: false, error: 'already-there' })
})

test('what is not for the store does not go in, and a full collection takes no more', async () => {
  const { collectionId } = await createCollection(ctx, plain)
  expect(await addToCollection(ctx, { collectionId, assetId: await picture({ audience: 'PORTAL' }) })).toMatchObject({
    error: 'not-for-the-store',
  })

  const rows = Array.from({ length: mostItems }, (_, n) => ({
    id: `${collectionId}_${n}`,
    houseId,
    title: `No ${n}`,
    createdAt: ctx.clock.now(),
    changedAt: ctx.clock.now(),
  }))
  await t.db.asset.createMany({ data: rows })
  await t.db.collectionItem.createMany({ data: rows.map(({ id }, position) => ({ collectionId, assetId: id, position })) })
  expect(await addToCollection(ctx, { collectionId, assetId: await picture() })).toEqual({
    ok: false,
    error: 'full',
    detail: { most: mostItems },
  })
})

test('pictures move by one place and come out; the order is what the store shows', async () => {
  const { collectionId, slug } = await createCollection(ctx, plain)
  const [a, b, c] = [await picture(), await picture(), await picture()]
  for (const assetId of [a, b, c]) await addToCollection(ctx, { collectionId, assetId })

  await moveInCollection(ctx, { collectionId, assetId: c, direction: 'earlier' })
  expect(await order(collectionId)).toEqual([a, c, b])
  await moveInCollection(ctx, { collectionId, assetId: a, direction: 'earlier' })
  expect(await order(collectionId)).toEqual([a, c, b])
  await moveInCollection(ctx, { collectionId, assetId: a, direction: 'later' })
  expect((await collectionPage(guest, slug)).tiles.map(({ id }) => id)).toEqual([c, a, b])

  expect(await removeFromCollection(ctx, { collectionId, assetId: c })).toMatchObject({ ok: true })
  expect(await removeFromCollection(ctx, { collectionId, assetId: c })).toEqual({ ok: false, error: 'not-there' })
  expect(await moveInCollection(ctx, { collectionId, assetId: c, direction: 'later' })).toEqual({ ok: false, error: 'not-there' })
  expect(await order(collectionId)).toEqual([a, b])
})

test('two movers at once leave every picture in its own place', async () => {
  const { collectionId } = await createCollection(ctx, plain)
  const all = [await picture(), await picture(), await picture(), await picture()]
  for (const assetId of all) await addToCollection(ctx, { collectionId, assetId })
  await Promise.all(all.map((assetId, n) => moveInCollection(ctx, { collectionId, assetId, direction: n % 2 ? 'earlier' : 'later' })))
  expect((await order(collectionId)).sort()).toEqual([...all].sort())
  const positions = await t.db.collectionItem.findMany({ where: { collectionId }, select: { position: true } })
  expect(new Set(positions.map(({ position }) => position)).size).toBe(4)
})

test('only librarians curate, and only their own house', async () => {
  const { collectionId } = await createCollection(ctx, plain)
  const assetId = await picture()
  for (const who of [guest, await as('REVIEWER'), await as('AUDITOR')]) {
    await expect(createCollection(who, plain)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(addToCollection(who, { collectionId, assetId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(curatorPage(who)).rejects.toMatchObject({ code: 'forbidden' })
  }
  const elsewhere = await aHouse(ctx)
  const stranger = asActor(ctx, await aPerson(ctx, { houseId: elsewhere.id, roles: ['ADMINISTRATOR'] }))
  await expect(addToCollection(stranger, { collectionId, assetId })).rejects.toMatchObject({ code: 'not-found' })
  await expect(editCollection(stranger, { collectionId, ...plain })).rejects.toMatchObject({ code: 'not-found' })
  await expect(curatedCollection(stranger, collectionId, '')).rejects.toMatchObject({ code: 'not-found' })
  expect((await curatorPage(await as('ADMINISTRATOR'))).collections).toHaveLength(1)
})

test('the page of a picture: open, gone, or not there', async () => {
  const assetId = await picture({ keywords: ['boats'] })
  const like = await picture({ keywords: ['boats', 'sea'] })
  await picture({ keywords: ['mountain'] })
  const page = await assetPage(guest, assetId)
  expect(page).toMatchObject({ asset: { id: assetId, title: 'Harbour at dawn' }, preview: { grid: { width: 640 }, page: { width: 640 } } })
  expect(page.more.map(({ id }) => id)).toEqual([like])

  const code = async (fields: Partial<Parameters<typeof anAsset>[1]>, after?: object) => {
    const id = await picture(fields)
    if (after) await t.db.asset.update({ where: { id }, data: after })
    return assetPage(guest, id).then(
      () => 'open',
      (error: { code: string }) => error.code,
    )
  }
  expect(await code({}, { state: 'WITHDRAWN' })).toBe('gone')
  expect(await code({}, { state: 'EXPIRED' })).toBe('gone')
  expect(await code({}, { state: 'ON_HOLD', heldFrom: 'PUBLISHED' })).toBe('not-found')
  expect(await code({ state: 'DRAFT' })).toBe('not-found')
  expect(await code({ state: 'APPROVED' })).toBe('not-found')
  expect(await code({ audience: 'PORTAL' })).toBe('not-found')
  await expect(assetPage(guest, 'ast_nothing')).rejects.toMatchObject({ code: 'not-found' })
  const elsewhere = asActor(ctx, aGuest((await aHouse(ctx)).id))
  await expect(assetPage(elsewhere, assetId)).rejects.toMatchObject({ code: 'not-found' })
})

test('home and sitemap show what is published in this house, and an empty house is no fault', async () => {
  expect(await homePage(guest)).toMatchObject({ houseName: 'Northlight Studio', hero: null, collections: [], newest: [], total: 0 })
  const [first, second] = [await picture(), await picture()]
  await picture({ state: 'DRAFT' })
  const page = await homePage(guest)
  expect(page.total).toBe(2)
  expect(page.hero?.id).toBe(second)
  expect(page.newest.map(({ id }) => id)).toEqual([first])
  const [part] = await sitemapParts(guest)
  expect((await sitemapAssets(guest, part?.no ?? -1)).map(({ id }) => id)).toEqual([first, second])
  expect(await sitemapAssets(guest, 900_000_000)).toEqual([])
  expect((await feedOf(guest, null)).entries.map(({ id }) => id)).toEqual([second, first])
  await expect(feedOf(guest, 'no-such')).rejects.toMatchObject({ code: 'not-found' })
})

/** So many collections, each with one picture. */
async function many(count: number, assetId: string) {
  const rows = Array.from({ length: count }, (_, position) => ({
    ...{ id: `${houseId}_c${position}`, houseId, title: `Shelf ${position}`, slug: `shelf-${position}` },
    ...{ description: '', position, createdAt: ctx.clock.now() },
  }))
  await t.db.collection.createMany({ data: rows })
  await t.db.collectionItem.createMany({ data: rows.map(({ id: collectionId }) => ({ collectionId, assetId, position: 0 })) })
  return rows
}

test('every collection that shows something is on one of the pages, in the house’s order', async () => {
  const rows = await many(collectionsOnPage * 2 + 3, await picture())
  await t.db.collection.update({ where: { id: rows[0]?.id ?? '' }, data: { archivedAt: ctx.clock.now() } })
  await t.db.collectionItem.deleteMany({ where: { collectionId: rows[1]?.id ?? '' } })
  const shown = rows.slice(2).map(({ slug }) => slug)
  const pageOf = async (page: number) => {
    const { collections, ...at } = await collectionsPage(guest, page)
    return { ...at, slugs: collections.map(({ slug }) => slug) }
  }
  expect(await pageOf(1)).toEqual({ page: 1, pages: 3, slugs: shown.slice(0, collectionsOnPage) })
  expect(await pageOf(2)).toEqual({ page: 2, pages: 3, slugs: shown.slice(collectionsOnPage, 2 * collectionsOnPage) })
  expect(await pageOf(3)).toEqual({ page: 3, pages: 3, slugs: shown.slice(-1) })
  expect(await pageOf(1e9)).toEqual(await pageOf(3))
})

test('a search within a collection is within it, however many others stand before it', async () => {
  const inside = await picture()
  await picture()
  await many(201, inside)
  const within = (search: string) => searchPage(guest, readWish(new URLSearchParams(search)))
  expect((await within('')).total).toBe(2)
  const found = await within('collection=shelf-200')
  expect(found).toMatchObject({ total: 1, filtered: true, tiles: [{ id: inside }] })
  expect(found.collections.find(({ slug }) => slug === 'shelf-200')).toMatchObject({ title: 'Shelf 200', count: 1 })
})
