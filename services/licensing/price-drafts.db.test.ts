import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { isPerson } from '../kernel/actor.ts'
import { installDefaults } from './defaults.ts'
import { currentPriceBook } from './price-books.ts'
import { priceDraftPage } from './price-draft-views.ts'
import {
  dropPriceDraft,
  publishedFrom,
  publishPriceDraft,
  readPriceDraft,
  regroundPriceDraft,
  savePriceDraft,
  startPriceDraft,
} from './price-drafts.ts'
import { fieldsOf } from './rules/price-form.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

async function aDraft() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  await installDefaults(ctx)
  const { id } = await startPriceDraft(ctx, { fromVersion: 1 })
  const fields = fieldsOf((await readPriceDraft(ctx, id)).book)
  const save = (changed: Record<string, string>, revision = 0, note = 'Dearer') =>
    savePriceDraft(ctx, { draftId: id, revision, note, fields: { ...fields, ...changed } })
  return { ctx, house, id, save }
}

describe('a draft of the prices', () => {
  test('is saved, looked at and published; from then on it is the price', async () => {
    const { ctx, id, save } = await aDraft()
    expect(await save({ 'rightsManaged.baseMinor': '100.00', 'media.leaves.billboard': '3.3' })).toEqual({
      ok: true,
      value: { revision: 1 },
    })
    const page = await priceDraftPage(ctx, id)
    expect(page.changes).toEqual([
      { name: 'Rights-managed, base price', before: '90.00', after: '100.00' },
      { name: 'Media: Billboard, printed', before: '3', after: '3.3' },
    ])
    expect(page.examples[0]).toMatchObject({ before: '€90.00', after: '€100.00', same: false })
    expect(await publishPriceDraft(ctx, { draftId: id, revision: 1 })).toEqual({ ok: true, value: { version: 2 } })
    expect((await currentPriceBook(ctx))?.book.rightsManaged.baseMinor).toBe(10_000)
    await expect(readPriceDraft(ctx, id)).rejects.toMatchObject({ code: 'not-found' })
    const fact = await t.db.auditFact.findFirst({
      where: { houseId: ctx.actor.houseId, type: 'price-book.changed' },
      select: { body: true },
    })
    expect(fact?.body).toContain('"figures":2')
  })

  test('takes effect on its day and not before', async () => {
    const { ctx, id, save } = await aDraft()
    await save({ minimumMinor: '20' })
    const effectiveFrom = new Date(ctx.clock.now().getTime() + 86_400_000)
    expect((await publishPriceDraft(ctx, { draftId: id, revision: 1, effectiveFrom })).ok).toBe(true)
    expect((await currentPriceBook(ctx))?.version).toBe(1)
    ctx.clock.advance(86_400_000)
    expect((await currentPriceBook(ctx))?.version).toBe(2)
  })

  test('on prices that are still to come brings those forward only where that is said', async () => {
    const { ctx, id, save } = await aDraft()
    await save({ 'rightsManaged.baseMinor': '100.00' })
    const inAMonth = new Date(ctx.clock.now().getTime() + 30 * 86_400_000)
    expect((await publishPriceDraft(ctx, { draftId: id, revision: 1, effectiveFrom: inAMonth })).ok).toBe(true)

    const { id: draftId } = await startPriceDraft(ctx, { fromVersion: 2 })
    const fields = { ...fieldsOf((await readPriceDraft(ctx, draftId)).book), minimumMinor: '20' }
    expect(await savePriceDraft(ctx, { draftId, revision: 0, note: 'A least amount', fields })).toMatchObject({ ok: true })
    const page = await priceDraftPage(ctx, draftId)
    expect(page.changes.map(({ name }) => name)).toEqual(['Least price'])
    expect(page.coming).toMatchObject({ version: 2, from: '2026-12-21', today: 1 })
    expect(page.coming?.changes.map(({ name, before }) => [name, before])).toEqual([
      ['Rights-managed, base price', '90.00'],
      ['Least price', page.changes[0]?.before],
    ])
    const publish = (more: { effectiveFrom?: Date; bringsForward?: boolean } = {}) =>
      publishPriceDraft(ctx, { draftId, revision: 1, ...more })
    expect(await publish()).toMatchObject({ ok: false, error: 'before-the-coming' })
    expect(await publish({ effectiveFrom: new Date(inAMonth.getTime() - 1) })).toMatchObject({ ok: false, error: 'before-the-coming' })
    expect((await currentPriceBook(ctx))?.version).toBe(1)
    expect(await publish({ bringsForward: true })).toMatchObject({ ok: true, value: { version: 3 } })
    expect((await currentPriceBook(ctx))?.book.rightsManaged.baseMinor).toBe(10_000)
    // On its day, or without anything to come, nothing need be said.
    const { id: next } = await startPriceDraft(ctx, { fromVersion: 3 })
    expect((await priceDraftPage(ctx, next)).coming).toBeNull()
  })

  test('is refused at the field that breaks it, and nothing is saved', async () => {
    const { ctx, id, save } = await aDraft()
    expect(await save({ exclusiveBp: 'much' })).toMatchObject({
      ok: false,
      error: 'no-price-book',
      detail: { exclusiveBp: expect.any(String) },
    })
    expect(await save({ 'duration.points.5.bp': '0.1' })).toMatchObject({
      ok: false,
      error: 'no-price-book',
      detail: { 'duration.points.5.bp': expect.any(String) },
    })
    expect(await readPriceDraft(ctx, id)).toMatchObject({ revision: 0 })
  })

  test('of two who save at once one does, and of two who publish at once one does', async () => {
    const { ctx, id, save } = await aDraft()
    const saved = await Promise.all([save({ minimumMinor: '20' }), save({ minimumMinor: '30' })])
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1)
    expect(saved.filter((one) => !one.ok && one.error === 'changed-meanwhile')).toHaveLength(1)
    const published = await Promise.allSettled([1, 2, 3].map(() => publishPriceDraft(ctx, { draftId: id, revision: 1 })))
    expect(published.filter((one) => one.status === 'fulfilled' && one.value.ok)).toHaveLength(1)
    expect(await t.db.priceBook.count({ where: { houseId: ctx.actor.houseId } })).toBe(2)
    // The others learn what became of it, at once and later.
    const told = published.flatMap((one) => (one.status === 'fulfilled' && !one.value.ok ? [one.value] : []))
    const is = { version: 2, at: expect.any(Date), effectiveFrom: expect.any(Date), by: isPerson(ctx.actor) ? ctx.actor.name : '' }
    expect(told).toEqual(Array.from({ length: 2 }, () => ({ ok: false, error: 'already-published', detail: is })))
    expect(await publishPriceDraft(ctx, { draftId: id, revision: 1 })).toMatchObject({ error: 'already-published', detail: { version: 2 } })
    expect(await publishedFrom(ctx, id)).toEqual(is)
  })

  test('that is published from a day to come says since when it is published and from when it holds; elsewhere it says nothing', async () => {
    const { ctx, id, save } = await aDraft()
    await save({ minimumMinor: '20' })
    const [at, effectiveFrom] = [ctx.clock.now(), new Date(ctx.clock.now().getTime() + 86_400_000)]
    expect(await publishedFrom(ctx, id)).toBeNull()
    expect((await publishPriceDraft(ctx, { draftId: id, revision: 1, effectiveFrom })).ok).toBe(true)
    ctx.clock.advance(3_600_000)
    expect(await publishPriceDraft(ctx, { draftId: id, revision: 1 })).toMatchObject({
      error: 'already-published',
      detail: { at, effectiveFrom },
    })
    const stranger = await aDraft()
    expect(await publishedFrom(stranger.ctx, id)).toBeNull()
    await expect(publishPriceDraft(stranger.ctx, { draftId: id, revision: 1 })).rejects.toMatchObject({ code: 'not-found' })
    // What was thrown away was not published.
    expect(await dropPriceDraft(stranger.ctx, { draftId: stranger.id })).toBe(true)
    await expect(publishPriceDraft(stranger.ctx, { draftId: stranger.id, revision: 0 })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is not published unseen: changed since, on an old ground, without a change or without a note', async () => {
    const { ctx, id, save } = await aDraft()
    const publish = (revision: number, draftId = id) => publishPriceDraft(ctx, { draftId, revision })
    expect(await publish(0)).toEqual({ ok: false, error: 'nothing-changed' })
    await save({ minimumMinor: '20' }, 0, '')
    expect(await publish(0)).toEqual({ ok: false, error: 'changed-meanwhile' })
    expect(await publish(1)).toEqual({ ok: false, error: 'note-needed' })
    expect(await publishPriceDraft(ctx, { draftId: id, revision: 1, effectiveFrom: new Date(0) })).toMatchObject({ ok: false })
    const other = await startPriceDraft(ctx, { fromVersion: 1 })
    await savePriceDraft(ctx, {
      draftId: other.id,
      revision: 0,
      note: 'First',
      fields: { ...fieldsOf((await readPriceDraft(ctx, other.id)).book), minimumMinor: '25' },
    })
    expect(await publishPriceDraft(ctx, { draftId: other.id, revision: 1, effectiveFrom: new Date(0) })).toEqual({
      ok: false,
      error: 'in-the-past',
    })
    expect((await publish(1, other.id)).ok).toBe(true)
    await save({ minimumMinor: '20' }, 1, 'Second')
    expect(await publish(2)).toEqual({ ok: false, error: 'another-version' })
    expect(await regroundPriceDraft(ctx, { draftId: id })).toEqual({ baseVersion: 2 })
    expect((await priceDraftPage(ctx, id)).changes).toEqual([{ name: 'Least price', before: '25.00', after: '20.00' }])
    expect((await publish(3)).ok).toBe(true)
  })

  test('belongs to the rights managers of its house; auditors read', async () => {
    const { ctx, house, id } = await aDraft()
    const librarian = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] }))
    await expect(readPriceDraft(librarian, id)).rejects.toMatchObject({ code: 'forbidden' })
    const auditor = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['AUDITOR'] }))
    expect((await priceDraftPage(auditor, id)).mayEdit).toBe(false)
    await expect(dropPriceDraft(auditor, { draftId: id })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await aDraft()
    await expect(readPriceDraft(stranger.ctx, id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await dropPriceDraft(stranger.ctx, { draftId: id })).toBe(false)
    expect([await dropPriceDraft(ctx, { draftId: id }), await dropPriceDraft(ctx, { draftId: id })]).toEqual([true, false])
  })
})
