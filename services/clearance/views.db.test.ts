import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { ClearanceState, Light } from '../platform/generated/prisma/enums.ts'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aShop, anOpenOrder, type Shop } from '#services/testing/shop.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { settleOrder } from '../commerce/settle.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { assetsCalled, assetsLike } from './finding.ts'
import { receiveList } from './lists.ts'
import { clearanceStates } from './rules/clearance-states.ts'
import { columnNames } from './rules/columns.ts'
import { lights } from './rules/lights.ts'
import { runList } from './runs.ts'
import { askPage, listPage, listResult, listsPage } from './views.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

const as = (person: Person) => asActor(shop.ctx, person)
const terms: ScopeTerms = {
  media: ['web-banner'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: false,
}
const question = (asset: string, fields: Partial<Parameters<typeof askPage>[1]> = {}) => ({ asset, find: '', terms, by: null, ...fields })

async function aList(person: Person, lines: string[]) {
  const text = `asset,media,territory,from,reference\n${lines.join('\n')}\n`
  const sent = await receiveList(as(person), { fileName: 'Plan 2027.csv', source: Readable.from([Buffer.from(text)]) })
  if (!sent.ok) throw new Error(JSON.stringify(sent))
  await runList(asActor(shop.ctx, { kind: 'system', houseId: shop.houseId, name: 'test' }), {
    houseId: shop.houseId,
    clearanceId: sent.value.clearanceId,
  })
  return sent.value.clearanceId
}
const textOf = async (chunks: AsyncIterable<string>) => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

test('words of rules and of the database are the same', () => {
  expect([...lights]).toEqual(Object.values(Light))
  expect(clearanceStates.states).toEqual(Object.values(ClearanceState))
})

describe('pictures by what people call them', () => {
  test('an id and a number win over the name of a file, and that over a title', async () => {
    const [one, two] = [await shop.asset({ title: 'First' }), await shop.asset({ title: 'harbour-7.JPG' })]
    await t.db.assetVersion.updateMany({ where: { assetId: one.id }, data: { fileName: 'harbour-7.jpg' } })
    const three = await shop.asset({ title: one.id })
    const found = await assetsCalled(as(await shop.staff('LIBRARIAN')), [
      one.id,
      String(two.no),
      'Harbour-7.jpg',
      'FIRST',
      'nothing',
      '99999999999999999999',
    ])
    const ids = Object.fromEntries([...found].map(([name, all]) => [name, all.map(({ id }) => id)]))
    expect(ids).toEqual({ [one.id]: [one.id], [String(two.no)]: [two.id], 'Harbour-7.jpg': [one.id], FIRST: [one.id] })
    expect(three.id).not.toBe(one.id)
  })

  test('strangers find what the store shows; who holds a licence also what was sold to them and then withdrawn', async () => {
    const buyer = await shop.buyer()
    const sold = await shop.asset({ title: 'Sold once' })
    const { orderId, sessionId } = await anOpenOrder(shop, buyer, [{ assetId: sold.id, model: 'ROYALTY_FREE_STANDARD' }])
    shop.ctx.payments.pay(sessionId)
    await settleOrder(shop.ctx, orderId)
    await t.db.asset.update({ where: { id: sold.id }, data: { state: 'WITHDRAWN' } })
    const hidden = [
      await shop.asset({ audience: 'INTERNAL' }),
      await shop.asset({ audience: 'PORTAL' }),
      await shop.asset({ state: 'DRAFT' }),
      await shop.asset({ state: 'WITHDRAWN' }),
    ]
    const names = [sold.id, ...hidden.map(({ id }) => id)]
    const seen = async (person: Person) => [...(await assetsCalled(as(person), names)).keys()]
    expect(await seen(buyer)).toEqual([sold.id])
    expect(await seen(await shop.buyer())).toEqual([])
    expect((await seen(await shop.staff('AUDITOR'))).sort()).toEqual([...names].sort())
    expect((await assetsLike(as(buyer), 'sold on')).map(({ id }) => id)).toEqual([sold.id])
    expect(await assetsLike(as(await shop.buyer()), 'sold on')).toEqual([])
    expect(await askPage(as(buyer), question(sold.id))).toMatchObject({ answer: { light: 'GREEN', kind: 'licensed' } })
  })

  test('another house’s pictures are nowhere', async () => {
    const asset = await shop.asset({ title: 'Only here' })
    const other = await aHouse(shop.ctx)
    const stranger = await aPerson(shop.ctx, { houseId: other.id, roles: ['ADMINISTRATOR'] })
    expect((await assetsCalled(as(stranger), [asset.id, 'Only here', String(asset.no)])).size).toBe(0)
    expect(await assetsLike(as(stranger), 'only here')).toEqual([])
  })

  test('a search is total', async () => {
    const staff = as(await shop.staff('LIBRARIAN'))
    for (const text of ['', '%', '_', '\\', "'", '100%', 'x'.repeat(400)]) expect(Array.isArray(await assetsLike(staff, text))).toBe(true)
  })
})

describe('one question', () => {
  test('is answered for the house, and for whom it asks', async () => {
    const asset = await shop.asset()
    const maren = await shop.staff('RIGHTS_MANAGER')
    const buyer = await shop.buyer()
    const page = await askPage(as(maren), question(asset.id))
    expect(page).toMatchObject({ picture: { id: asset.id }, answer: { light: 'GREEN', kind: 'own-use' } })
    expect(page.organisations.map(({ id }) => id)).toContain(buyer.orgId)
    expect(await askPage(as(maren), question(asset.id, { by: buyer.orgId }))).toMatchObject({
      answer: { light: 'AMBER', kind: 'licence-needed', price: { currency: 'EUR' } },
    })
    expect(await askPage(as(buyer), question(asset.id))).toMatchObject({ answer: { kind: 'licence-needed' }, organisations: [] })
  })
  test('is refused where the picture is not there or the organisation is not one’s own', async () => {
    const [buyer, other] = [await shop.buyer(), await shop.buyer()]
    const asset = await shop.asset()
    await expect(askPage(as(buyer), question('ast_nothing'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(askPage(as(buyer), question(asset.id, { by: other.orgId }))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(askPage(asActor(shop.ctx, { kind: 'guest', houseId: shop.houseId }), question(asset.id))).rejects.toMatchObject({
      code: 'signed-out',
    })
  })
  test('without terms shows the picture only; without a picture what a search found', async () => {
    const asset = await shop.asset({ title: 'Zugspitze' })
    const buyer = as(await shop.buyer())
    expect(await askPage(buyer, question(asset.id, { terms: null }))).toMatchObject({
      picture: { title: 'Zugspitze' },
      answer: null,
      found: null,
    })
    expect(await askPage(buyer, { asset: null, find: 'zugsp', terms, by: null })).toMatchObject({
      picture: null,
      answer: null,
      found: [{ id: asset.id }],
    })
  })
})

describe('lists', () => {
  test('are seen by their organisation only', async () => {
    const asset = await shop.asset()
    const buyer = await shop.buyer()
    const colleague = await aPerson(shop.ctx, { houseId: shop.houseId, orgId: buyer.orgId, roles: ['CUSTOMER'] })
    const id = await aList(buyer, [`${asset.id},social,DE,2027-01-01,`])
    expect((await listsPage(as(colleague))).items.map((list) => list.id)).toEqual([id])
    expect((await listPage(as(colleague), id, {})).list.by).toBe(buyer.name)
    for (const stranger of [await shop.buyer(), await shop.staff('ADMINISTRATOR')]) {
      expect((await listsPage(as(stranger))).items.map((list) => list.id)).not.toContain(id)
      await expect(listPage(as(stranger), id, {})).rejects.toMatchObject({ code: 'not-found' })
      await expect(listResult(as(stranger), id)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('show their rows by light, page by page', async () => {
    const asset = await shop.asset()
    const buyer = await shop.buyer()
    const id = await aList(
      buyer,
      Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? `Nothing,social,DE,2027-01-01,` : `${asset.id},social,DE,2027-01-01,`)),
    )
    const all: number[] = []
    let after = 0
    for (;;) {
      const { rows, next } = await listPage(as(buyer), id, { after })
      all.push(...rows.map(({ rowNo }) => rowNo))
      if (!next) break
      after = Number(next)
    }
    expect(all).toEqual(Array.from({ length: 120 }, (_, i) => i + 2))
    const { rows, next, list } = await listPage(as(buyer), id, { light: 'ERROR' })
    expect([rows.length, next, list.errors, list.amber]).toEqual([40, null, 40, 80])
  })

  test('come back as CSV with what was written, and nothing that a spreadsheet would run', async () => {
    const asset = await shop.asset()
    const buyer = await shop.buyer()
    const lines = Array.from({ length: 700 }, (_, i) => `${asset.id},social,DE|AT,2027-01-01,"Use ${i + 1}, ""quoted"""`)
    const id = await aList(buyer, [...lines, `"'=HYPERLINK(""x"")",social,DE,2027-01-01,`, `x,bilboard,DE,2027-01-01,`])
    const { name, chunks } = await listResult(as(buyer), id)
    expect(name).toBe('Plan-2027-cleared.csv')
    const rows = parse(await textOf(chunks), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(702)
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...columnNames,
      'light',
      'answer',
      'reasons',
      'nearest',
      'licences',
      'price',
      'currency',
      'errors',
    ])
    expect(rows[699]).toMatchObject({
      reference: 'Use 700, "quoted"',
      territory: 'DE|AT',
      light: 'amber',
      currency: 'EUR',
      price: expect.stringMatching(/^\d+\.\d\d$/) as string,
      errors: '',
    })
    expect(rows[701]).toMatchObject({ light: 'error', errors: expect.stringContaining('media: There is no medium “bilboard”') as string })
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  })
})
