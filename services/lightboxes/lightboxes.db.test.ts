import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Person } from '#services/kernel/actor.ts'
import { pdfkitPdf } from '#services/platform/pdf/pdfkit.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson, layingAssets } from '#services/testing/world.ts'
import { contactSheet } from './contact-sheets.ts'
import { addToBox, moveItem, noteItem, putBack, removeFromBox } from './items.ts'
import { archiveBox, createBox, duplicateBox, editBox, makeDefault, mergeBoxes, restoreBox, sweepBoxes } from './lightboxes.ts'
import { boxesAtHand, boxItems, boxList, boxPage, waysToLicense } from './views.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let orgId: string
let clara: Person
let assets: Awaited<ReturnType<typeof anAsset>>[]

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  orgId = (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id
  assets = await Promise.all(['A', 'B', 'C', 'D'].map((title) => anAsset(ctx, { houseId, title })))
})
afterAll(() => t[Symbol.asyncDispose]())

const as = (actor: Actor) => asActor(ctx, actor)
const somebody = () => aPerson(ctx, { houseId, orgId, roles: ['CUSTOMER'] })
const ids = () => assets.map(({ id }) => id)
const id = (n: number) => assets[n]?.id ?? ''
const order = async (boxId: string) =>
  (await boxItems(as(clara), boxId, 1, { notesOfGone: true })).items.map(({ assetId }) => ids().indexOf(assetId))

/** A box of Clara's with all four pictures. */
async function aBox(person?: Person): Promise<string> {
  clara = person ?? (await somebody())
  const made = await createBox(as(clara), null, { name: 'Spring', note: '' })
  if (!made.ok) throw new Error(made.error)
  for (const assetId of ids()) await addToBox(as(clara), null, { assetId, boxId: made.value.boxId })
  return made.value.boxId
}

describe('collecting', () => {
  test('the first click makes a box, and every further one fills it; twice at once is once', async () => {
    clara = await somebody()
    const outcomes = await Promise.all([1, 2, 3].map(() => addToBox(as(clara), null, { assetId: id(0) })))
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.before)).toHaveLength(1)
    expect(await t.db.lightbox.count({ where: { ownerUserId: clara.userId } })).toBe(1)
    expect(await boxesAtHand(as(clara), null)).toMatchObject({ boxes: [{ isDefault: true, name: 'My lightbox' }], held: [id(0)] })
  })

  test('what the store does not show cannot be collected', async () => {
    clara = await somebody()
    const hidden = await anAsset(ctx, { houseId, state: 'WITHDRAWN' })
    const foreign = await anAsset(ctx, { houseId: (await aHouse(ctx)).id })
    for (const assetId of [hidden.id, foreign.id, 'ast_none'])
      expect(await addToBox(as(clara), null, { assetId })).toMatchObject({ ok: false, error: 'not-for-you' })
  })

  test('a box holds a thousand, a person two hundred boxes', async () => {
    const boxId = await aBox()
    const { no: _no, ...row } = await t.db.asset.findUniqueOrThrow({
      where: { id: id(0) },
      omit: { currentVersionId: true, publishedVersionId: true },
    })
    const many = Array.from({ length: 996 }, (_, n) => `ast_many${n}`)
    await layingAssets(ctx, (db) =>
      db.asset.createMany({ data: many.map((assetId) => ({ ...(row as object as { houseId: string }), id: assetId })) as never }),
    )
    await t.db.lightboxItem.createMany({
      data: many.map((assetId, n) => ({ lightboxId: boxId, assetId, position: n + 4, addedAt: ctx.clock.now() })),
    })
    const another = await anAsset(ctx, { houseId })
    expect(await addToBox(as(clara), null, { assetId: another.id, boxId })).toMatchObject({
      ok: false,
      error: 'box-is-full',
      detail: { most: 1_000 },
    })
    const pages = await boxItems(as(clara), boxId, 99, { notesOfGone: true })
    expect([pages.total, pages.page, pages.pages, pages.items.length]).toEqual([1_000, 9, 9, 40])
    const at = ctx.clock.now()
    await t.db.lightbox.createMany({
      data: Array.from({ length: 199 }, (_, n) => ({
        id: `lbx_many${n}`,
        houseId,
        ownerUserId: clara.userId,
        ownerOrgId: orgId,
        name: 'x',
        createdAt: at,
        changedAt: at,
      })),
    })
    expect(await createBox(as(clara), null, { name: 'One more', note: '' })).toMatchObject({
      ok: false,
      error: 'too-many-boxes',
      detail: { most: 200 },
    })
    expect(await duplicateBox(as(clara), null, boxId)).toMatchObject({ ok: false, error: 'too-many-boxes' })
  })

  test('removed, put back where it was, and removed twice', async () => {
    const boxId = await aBox()
    const away = await removeFromBox(as(clara), null, boxId, [id(1), id(2)])
    if (!away.ok) throw new Error(away.error)
    expect(await order(boxId)).toEqual([0, 3])
    expect(await removeFromBox(as(clara), null, boxId, [id(1)])).toMatchObject({ ok: false, error: 'not-there' })
    expect(await putBack(as(clara), null, boxId, { removedAt: away.value.at })).toMatchObject({ ok: true, value: { back: 2 } })
    expect(await order(boxId)).toEqual([0, 1, 2, 3])
    expect(await putBack(as(clara), null, boxId, { removedAt: away.value.at })).toMatchObject({ ok: false, error: 'not-there' })
  })

  test('two who move and remove at once lose nothing', async () => {
    const boxId = await aBox()
    await Promise.all([
      moveItem(as(clara), null, boxId, { assetId: id(3), step: 'first' }),
      removeFromBox(as(clara), null, boxId, [id(1)]),
      moveItem(as(clara), null, boxId, { assetId: id(0), end: 'yes' }),
      moveItem(as(clara), null, boxId, { assetId: id(2), before: id(1) }),
    ])
    expect((await order(boxId)).sort()).toEqual([0, 2, 3])
    const rows = await t.db.lightboxItem.findMany({ where: { lightboxId: boxId } })
    expect(new Set(rows.map(({ position }) => position)).size).toBe(4)
    expect(await moveItem(as(clara), null, boxId, { assetId: id(1), step: 'later' })).toMatchObject({ ok: false, error: 'not-there' })
  })

  test('notes stand beside a picture, and only beside one that is there', async () => {
    const boxId = await aBox()
    expect(await noteItem(as(clara), null, boxId, { assetId: id(1), note: 'For the cover' })).toMatchObject({ ok: true })
    expect(await noteItem(as(clara), null, boxId, { assetId: 'ast_none', note: 'x' })).toMatchObject({ ok: false, error: 'not-there' })
  })

  test('what has left the store is a tombstone: a place, one’s own note, and no word of the picture', async () => {
    const boxId = await aBox()
    const gone = await anAsset(ctx, { houseId, title: 'Secret premiere' })
    await addToBox(as(clara), null, { assetId: gone.id, boxId })
    await t.db.asset.update({ where: { id: gone.id }, data: { state: 'WITHDRAWN' } })
    const { items, total } = await boxItems(as(clara), boxId, 1, { notesOfGone: true })
    expect(total).toBe(5)
    expect(items[4]).toMatchObject({ tile: null, sold: false, place: 5 })
    expect(JSON.stringify(items)).not.toContain('Secret')
    expect(await waysToLicense(as(clara), boxId, [id(0), gone.id])).toMatchObject({ asTheyStand: [id(0)], none: 1 })
  })
})

describe('a box as a whole', () => {
  test('is named, made the default, copied, archived and brought back', async () => {
    const boxId = await aBox()
    await editBox(as(clara), null, boxId, { name: 'Summer', note: 'Light' })
    const copy = await duplicateBox(as(clara), null, boxId)
    if (!copy.ok) throw new Error(copy.error)
    expect(await boxPage(as(clara), null, copy.value.boxId, { page: 1, after: null, about: null, undo: null })).toMatchObject({
      box: { name: 'Copy of Summer', note: 'Light', isDefault: false },
      total: 4,
    })
    await makeDefault(as(clara), null, copy.value.boxId)
    expect((await boxesAtHand(as(clara), null)).boxes[0]).toMatchObject({ id: copy.value.boxId, isDefault: true })
    const both = await Promise.all([archiveBox(as(clara), null, boxId), archiveBox(as(clara), null, boxId)])
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ error: 'already-archived' })
    await expect(addToBox(as(clara), null, { assetId: id(0), boxId })).rejects.toMatchObject({ code: 'conflict' })
    expect((await boxList(as(clara), null, { archived: true })).own).toMatchObject([{ id: boxId }])
    expect(await restoreBox(as(clara), null, boxId)).toMatchObject({ ok: true })
    expect(await restoreBox(as(clara), null, boxId)).toMatchObject({ ok: false, error: 'not-archived' })
  })

  test('is not there for others, whatever they ask', async () => {
    const boxId = await aBox()
    const elsewhere = { ...clara, houseId: (await aHouse(ctx)).id }
    for (const actor of [await somebody(), elsewhere, aGuest(houseId)]) {
      const ask = as(actor)
      const asked = { page: 1, after: null, about: null, undo: null }
      for (const attempt of [
        () => boxPage(ask, null, boxId, asked),
        () => editBox(ask, null, boxId, { name: 'Mine', note: '' }),
        () => removeFromBox(ask, null, boxId, [id(0)]),
        () => moveItem(ask, null, boxId, { assetId: id(0), step: 'last' }),
        () => duplicateBox(ask, null, boxId),
        () => archiveBox(ask, null, boxId),
        () => contactSheet({ ...ask, pdf: pdfkitPdf() }, boxId),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('is printed as a contact sheet, page by page', async () => {
    const boxId = await aBox()
    const { name, stream } = await contactSheet({ ...as(clara), pdf: pdfkitPdf() }, boxId)
    const bytes = await buffer(stream)
    expect(name).toBe('Spring.pdf')
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(4)
  })
})

describe('a guest', () => {
  const collected = async (...which: number[]) => {
    let token: string | null = null
    for (const n of which) {
      const outcome = await addToBox(as(aGuest(houseId)), token, { assetId: id(n) })
      if (!outcome.ok) throw new Error(outcome.error)
      token = outcome.value.token ?? token
    }
    return token as unknown as string
  }

  test('keeps boxes by a cookie, whose hash alone is stored', async () => {
    const token = await collected(0, 1)
    expect((await boxList(as(aGuest(houseId)), token)).own).toMatchObject([{ pictures: 2 }])
    expect((await boxList(as(aGuest(houseId)), null)).own).toEqual([])
    expect(await t.db.lightbox.count({ where: { guestHash: token } })).toBe(0)
  })

  test('takes everything along at sign-in, once, into what is there already', async () => {
    const token = await collected(1, 2)
    const second = await createBox(as(aGuest(houseId)), token, { name: 'Second', note: 'Blue' })
    expect(second).toMatchObject({ ok: true })
    clara = await somebody()
    await addToBox(as(clara), null, { assetId: id(0) })
    await addToBox(as(clara), null, { assetId: id(1) })
    await Promise.all([mergeBoxes(as(clara), token), mergeBoxes(as(clara), token)])
    const { own } = await boxList(as(clara), null)
    expect(own.map(({ name, pictures }) => [name, pictures])).toEqual([
      ['My lightbox', 3],
      ['Second', 0],
    ])
    expect(await order(own[0]?.id ?? '')).toEqual([0, 1, 2])
    expect(await t.db.lightbox.count({ where: { guestHash: { not: null }, ownerUserId: clara.userId } })).toBe(0)
  })

  test('becomes the first box of whoever had none', async () => {
    const token = await collected(3)
    clara = await somebody()
    await mergeBoxes(as(clara), token)
    expect((await boxesAtHand(as(clara), null)).held).toEqual([id(3)])
  })

  test('is forgotten when the cookie is gone, and what was taken out after some days', async () => {
    const token = await collected(0)
    const boxId = await aBox()
    await removeFromBox(as(clara), null, boxId, [id(0)])
    const later = { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 181 * 86_400_000) } }
    const swept = await sweepBoxes(later)
    expect(swept.boxes).toBeGreaterThan(0)
    expect(swept.items).toBeGreaterThan(0)
    expect((await boxList(as(aGuest(houseId)), token)).own).toEqual([])
    expect(await order(boxId)).toEqual([1, 2, 3])
  })
})
