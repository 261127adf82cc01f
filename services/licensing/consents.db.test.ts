import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { anOrganisation, aPerson } from '#services/testing/world.ts'
import { addRelease } from '../rights/releases.ts'
import type { AddRelease } from '../rights/schema.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { requestDeskPage } from './desk-views.ts'
import { quoteUse } from './quotes.ts'
import { askForGrant, grantRequest } from './requests.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
})
afterAll(async () => t[Symbol.asyncDispose]())

const always = someUse({ media: ['ALL'], territory: { include: ['WORLD'] }, from: '2020-01-01', until: null, exclusive: false })
/** A picture of a person who has consented to everything ordinary, and to what `consent` adds. */
async function portrait(consent: Partial<AddRelease> = {}, audience: 'STORE' | 'PORTAL' = 'STORE') {
  const { id } = await shop.asset({ showsPeople: true, audience })
  const desk = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
  const given = await addRelease(desk, { assetId: id, kind: 'MODEL', status: 'UNLIMITED', reference: 'MR-1', terms: always, ...consent })
  if (!given.ok) throw new Error(given.error)
  return id
}
async function quoted(assetId: string, terms?: ScopeTerms) {
  const model = terms ? ('RIGHTS_MANAGED' as const) : ('ROYALTY_FREE_STANDARD' as const)
  const quote = await quoteUse(shop.ctx, { assetId, model, ...(terms ? { terms } : {}) })
  if (!quote.ok) throw new Error(quote.error)
  return quote.value
}

describe('a picture of a person who has not spoken of sensitive subjects', () => {
  test('is sold royalty-free without them; the licence says so, and its claim does', async () => {
    const assetId = await portrait()
    expect(await quoted(assetId)).toMatchObject({
      sellable: true,
      terms: { industry: ['not-sensitive'] },
      withheld: 'Without Sensitive industries: the people and owners shown have not consented to that.',
    })
    const order = await anOpenOrder(shop, await shop.buyer(), [{ assetId, model: 'ROYALTY_FREE_STANDARD' }])
    const licence = await t.db.licence.findFirstOrThrow({ where: { assetId } })
    expect(licence.terms).toMatchObject({ industry: ['not-sensitive'] })
    const [claim] = await t.db.$queryRaw<
      { industry: string }[]
    >`SELECT industry_set::text AS industry FROM claims WHERE licence_no = ${licence.no}`
    expect(claim?.industry).toBe(industries.resolve(['not-sensitive']).toPostgres())
    expect(order.orderId).toBeTruthy()
  })

  test('is sold for a stated use in every other industry, and refused for a sensitive one asked for by name', async () => {
    const assetId = await portrait()
    expect(await quoted(assetId, someUse({ exclusive: false }))).toMatchObject({ sellable: true, terms: { industry: ['not-sensitive'] } })
    expect(await quoted(assetId, someUse({ industry: ['alcohol'] }))).toMatchObject({
      sellable: false,
      withheld: null,
      terms: { industry: ['alcohol'] },
      why: ['Outside what a person consented to: Alcohol.'],
    })
  })

  test('is granted to a partner without them', async () => {
    const assetId = await portrait({}, 'PORTAL')
    const org = await anOrganisation(shop.ctx, { houseId: shop.houseId, kind: 'PARTNER' })
    const partner = asActor(shop.ctx, await aPerson(shop.ctx, { houseId: shop.houseId, orgId: org.id, roles: ['PARTNER'] }))
    const desk = asActor(shop.ctx, await shop.staff('RIGHTS_MANAGER'))
    const terms = someUse({ exclusive: false, from: '2026-11-01' })
    const asked = await askForGrant(partner, { assetId, purpose: 'A leaflet', terms })
    if (!asked.ok) throw new Error(asked.error)
    expect(await requestDeskPage(desk, asked.value.requestId)).toMatchObject({
      against: [],
      withheld: expect.stringContaining('Sensitive') as string,
    })
    const granted = await grantRequest(desk, { requestId: asked.value.requestId })
    if (!granted.ok) throw new Error(granted.error)
    const licence = await t.db.licence.findUniqueOrThrow({ where: { id: granted.value.licenceId } })
    expect(licence.terms).toMatchObject({ industry: ['not-sensitive'] })
  })
})

describe('a picture of a person who has', () => {
  test('is sold with the subjects that were named, and whole where all were', async () => {
    const some = await quoted(await portrait({ sensitive: ['alcohol'] }))
    expect(some.terms.industry).toEqual(['not-sensitive', 'alcohol'])
    const every = industries.leaves.filter(({ no }) => industries.setOf('sensitive')?.has(no)).map(({ code }) => code)
    const all = await quoted(await portrait({ sensitive: every }))
    expect(boxOf(all.terms).industry.covers(industries.resolve(every))).toBe(true)
    expect(all.sellable).toBe(true)
  })

  test('or shows nobody, is sold as the price book says', async () => {
    const { id } = await shop.asset()
    expect(await quoted(id)).toMatchObject({ terms: { industry: 'ALL' }, withheld: null, sellable: true })
  })
})
