import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, aPerson } from '#services/testing/world.ts'
import { installDefaults } from './defaults.ts'
import { defaultPriceBook } from './defaults/price-book.ts'
import { priceBookPage } from './price-book-views.ts'
import { publishPriceBook } from './price-books.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

describe('the page of prices', () => {
  test('says what a price book says, the dearest first, and which versions there are', async () => {
    const base = testContext(t.db)
    const house = await aHouse(base)
    const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
    expect(await priceBookPage(ctx)).toBeNull()
    await installDefaults(ctx)
    await publishPriceBook(ctx, {
      book: { ...defaultPriceBook, rightsManaged: { baseMinor: 12_000 } },
      note: 'Next year',
      effectiveFrom: new Date('2027-01-01'),
    })
    const page = await priceBookPage(ctx)
    expect(page).toMatchObject({
      version: 1,
      current: true,
      versions: [
        { version: 2, state: 'coming' },
        { version: 1, state: 'current' },
      ],
    })
    expect(page?.base.map(({ price }) => price)).toEqual(['€49.00', '€199.00', '€90.00'])
    expect(page?.tables[1]?.factors[0]).toEqual({ code: 'WORLD', name: 'Worldwide', factor: '× 6' })
    expect(page?.examples[0]?.price).toBe('€90.00')
    expect(await priceBookPage(ctx, 2)).toMatchObject({ version: 2, current: false })
    await expect(priceBookPage(ctx, 9)).rejects.toMatchObject({ code: 'not-found' })
    await expect(priceBookPage(asActor(ctx, aGuest(house.id)))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
