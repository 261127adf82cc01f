import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aDiscountShop } from '#services/testing/discount-shop.ts'
import { publishPriceDraft, readPriceDraft, saveDraftDiscounts, startPriceDraft } from './price-drafts.ts'
import { discountFields } from './rules/discount-form.ts'
import { type Discounts } from './rules/discounts.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb(10)))
afterAll(async () => t[Symbol.asyncDispose]())

describe('the discounts of a draft', () => {
  test('a limit is raised by administrators only, also by going back to an older version', async () => {
    const { publish, staff } = await aDiscountShop(t.db, () => ({ limits: { RIGHTS_MANAGER: 9_000, FINANCE: 3_000 } }))
    await publish({ limits: { RIGHTS_MANAGER: 1_000, FINANCE: 3_000 } })
    const [manager, admin] = [await staff('RIGHTS_MANAGER'), await staff('ADMINISTRATOR')]
    const { id: draftId } = await startPriceDraft(manager, { fromVersion: 2 })
    await t.db.priceDraft.update({ where: { id: draftId }, data: { note: 'Back', baseVersion: 3 } })
    expect(await publishPriceDraft(manager, { draftId, revision: 0 })).toMatchObject({ ok: false, error: 'limit-raised' })
    expect((await publishPriceDraft(admin, { draftId, revision: 0 })).ok).toBe(true)
  })

  test('are saved as typed, refused where they cannot stand, and published with the rest', async () => {
    const { shop, buyer, staff } = await aDiscountShop(t.db)
    const manager = await staff('RIGHTS_MANAGER')
    const { id: draftId } = await startPriceDraft(manager, { fromVersion: 2 })
    const { book } = await readPriceDraft(manager, draftId)
    const fields = {
      ...discountFields(book),
      'codes.0.code': 'autumn 26',
      'codes.0.name': 'Autumn',
      'codes.0.bp': '12,5',
      'codes.0.from': '2026-11-01',
      'agreed.0.orgId': buyer.orgId,
      'agreed.0.bp': '7.5',
      'volume.0.lines': '5',
      'volume.0.bp': '10',
      'inCurrency.JPY.roundToMinor': '100',
    }
    const save = (more: object = {}, revision = 0) => saveDraftDiscounts(manager, { draftId, revision, fields: { ...fields, ...more } })
    expect(await save({ 'agreed.0.bp': 'much' })).toMatchObject({
      ok: false,
      error: 'no-price-book',
      detail: { 'agreed.0.bp': 'Write a percentage such as 12.5.' },
    })
    expect(await save({ 'codes.0.bp': '' })).toMatchObject({
      ok: false,
      detail: { 'codes.0.bp': expect.stringContaining('percentage') as string },
    })
    expect(await save({ 'agreed.0.orgId': shop.houseId })).toMatchObject({ ok: false, error: 'no-price-book' })
    expect(await save()).toEqual({ ok: true, value: { revision: 1 } })
    expect(await save()).toMatchObject({ ok: false, error: 'changed-meanwhile' })
    await t.db.priceDraft.update({ where: { id: draftId }, data: { note: 'Autumn' } })
    expect((await publishPriceDraft(manager, { draftId, revision: 1 })).ok).toBe(true)
    const row = await t.db.priceBook.findFirstOrThrow({ where: { houseId: shop.houseId }, orderBy: { version: 'desc' } })
    expect((row.book as unknown as { discounts: Discounts }).discounts).toMatchObject({
      codes: [{ code: 'AUTUMN26', bp: 1_250 }],
      agreed: [{ orgId: buyer.orgId, bp: 750 }],
      volume: [{ lines: 5, bp: 1_000 }],
    })
  })
})
