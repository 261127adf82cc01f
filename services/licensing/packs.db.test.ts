import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { installDefaults } from './defaults.ts'
import { defaultPacks } from './defaults/packs.ts'
import { packInput } from './pack-schema.ts'
import { installPacks, mostPacks, movePack, savePack, showPack } from './packs.ts'
import { packPage, packsOffered, packsPage } from './pack-views.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const answers = { nameEn: 'Social media', nameDe: 'Social Media', media: ['social'], territory: ['DE'], months: '12' }
const asked = packInput.parse(answers)

async function desk({ prices = true } = {}) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const manager = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  if (prices) await installDefaults(manager)
  const save = async (fields: Partial<typeof asked> = {}) => {
    const outcome = await savePack(manager, { ...asked, ...fields })
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value.packId
  }
  const facts = (type: string) => t.db.auditFact.count({ where: { houseId: house.id, type } })
  return { base, house, manager, save, facts }
}

describe('a pack', () => {
  test('is made, changed and offered in the order of the house', async () => {
    const { manager, save, facts } = await desk()
    const [first, second] = [await save(), await save({ nameEn: 'Another' })]
    expect((await packsOffered(manager)).map(({ id }) => id)).toEqual([first, second])
    expect(await movePack(manager, { packId: second, by: 'up' })).toBe(true)
    expect(await movePack(manager, { packId: second, by: 'up' })).toBe(false)
    expect((await packsOffered(manager)).map(({ id }) => id)).toEqual([second, first])
    expect(await showPack(manager, { packId: first, active: false })).toBe(true)
    expect(await showPack(manager, { packId: first, active: false })).toBe(false)
    expect((await packsOffered(manager)).map(({ id }) => id)).toEqual([second])
    expect(await showPack(manager, { packId: first, active: true })).toBe(true)
    expect([await facts('licence-pack.saved'), await facts('licence-pack.moved'), await facts('licence-pack.withdrawn')]).toEqual([2, 1, 1])
    expect(await packPage(manager, first)).toMatchObject({ nameEn: 'Social media', price: { currency: 'EUR' } })
  })
  test('changed by two at once keeps what the first one said, and the second is told', async () => {
    const { manager, save } = await desk()
    const packId = await save()
    const outcomes = await Promise.all(['One', 'Two'].map((nameEn) => savePack(manager, { ...asked, nameEn, packId })))
    expect(outcomes.map((outcome) => outcome.ok || outcome.error).sort()).toEqual(['changed-meanwhile', true])
    expect(await savePack(manager, { ...asked, packId, revision: 1 })).toMatchObject({ ok: true })
  })
  test('cannot be made without prices, nor beyond what a page can show', async () => {
    const bare = await desk({ prices: false })
    expect(await savePack(bare.manager, asked)).toMatchObject({ ok: false, error: 'no-prices' })
    const { manager, save } = await desk()
    for (let n = 0; n < mostPacks; n++) await save()
    expect(await savePack(manager, asked)).toMatchObject({ ok: false, error: 'too-many-packs' })
  })
  test('belongs to its house, and to the rights desk', async () => {
    const [one, other] = [await desk(), await desk()]
    const packId = await one.save()
    await expect(savePack(other.manager, { ...asked, packId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(showPack(other.manager, { packId, active: false })).rejects.toMatchObject({ code: 'not-found' })
    await expect(movePack(other.manager, { packId, by: 'up' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(packPage(other.manager, packId)).rejects.toMatchObject({ code: 'not-found' })
    const librarian = asActor(one.base, await aPerson(one.base, { houseId: one.house.id, roles: ['LIBRARIAN'] }))
    await expect(savePack(librarian, asked)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(packsPage(librarian)).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('the usual ones come once, at once or in turn', async () => {
    const { manager } = await desk()
    const outcomes = await Promise.all([installPacks(manager), installPacks(manager)])
    expect(outcomes.map((outcome) => outcome.ok && outcome.value).sort()).toEqual([0, defaultPacks.length])
    const { packs } = await packsPage(manager)
    expect(packs).toHaveLength(defaultPacks.length)
    expect(packs.every(({ price }) => price && price.minor > 0n)).toBe(true)
  })
  test('that says nothing is refused by the database too', async () => {
    const { house } = await desk()
    const at = new Date('2026-11-21')
    const row = {
      houseId: house.id,
      position: 0,
      nameEn: 'X',
      nameDe: 'X',
      media: [],
      territory: ['DE'],
      months: 12,
      createdAt: at,
      changedAt: at,
    }
    await expect(t.db.licencePack.create({ data: { id: 'pck_x', ...row } })).rejects.toThrow('licence_pack_says_something')
  })
})

test('the form refuses what is no scope', () => {
  const messages = (fields: object) => packInput.safeParse({ ...answers, ...fields }).error?.issues.map(({ message }) => message) ?? []
  expect(messages({ media: ['piracy'] })).toEqual(['Choose from the list.'])
  expect(messages({ except: ['DE'] })).toEqual(['Nothing is left of the places.'])
  expect(messages({ printRun: '500' })).toEqual(['Copies count only where all of the uses are printed.'])
  expect(messages({ months: '7' })).toEqual(['Choose from the list.'])
  expect(messages({ media: ['leaflet'], printRun: '500' })).toEqual([])
})
