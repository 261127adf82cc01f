import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, anOrganisation, aPerson, type AssetFields } from '#services/testing/world.ts'
import { newId } from '../kernel/ids.ts'
import { violates } from '../platform/db.ts'
import { LicenceModel } from '../platform/generated/prisma/enums.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { installDefaults } from './defaults.ts'
import { defaultPriceBook } from './defaults/price-book.ts'
import { currentPriceBook, publishPriceBook } from './price-books.ts'
import { quoteUse } from './quotes.ts'
import { licenceModels } from './rules/models.ts'
import { publishTerms } from './terms-templates.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const use: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
}

async function world(fields: Partial<AssetFields> = {}, defaults = true) {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const manager = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] }))
  if (defaults) await installDefaults(manager)
  const asset = await anAsset(base, { houseId: house.id, ...fields })
  const guest = asActor(base, aGuest(house.id))
  let licenceNo = asset.no * 100n
  const sell = async (terms: ScopeTerms, orgId?: string) => {
    const box = boxOf(terms)
    const no = ++licenceNo
    await t.db.licence.create({
      data: {
        id: newId('lic', base.clock.now()),
        no,
        number: `CM-T-${no}`,
        houseId: house.id,
        holderOrgId: orgId ?? house.id,
        model: 'RIGHTS_MANAGED',
        state: 'ACTIVE',
        assetId: asset.id,
        versionId: asset.currentVersionId ?? '',
        terms: { ...terms } as object,
        exclusive: terms.exclusive,
        startsAt: box.period.from,
        endsAt: box.period.to,
        document: '{}',
        documentSha256: '0',
        signature: 'x',
        issuedAt: base.clock.now(),
        createdAt: base.clock.now(),
      },
    })
    await t.db.$executeRaw`
      INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
      VALUES (${house.id}, ${asset.no}, ${no}, ${box.media.toPostgres()}::int4multirange, ${box.territory.toPostgres()}::int4multirange, '{[0,)}', tstzrange(${box.period.from}, ${box.period.to}), ${terms.exclusive}, 'ACTIVE', ${base.clock.now()})`
  }
  const quote = (terms?: ScopeTerms, model: Parameters<typeof quoteUse>[1]['model'] = 'RIGHTS_MANAGED', ctx = guest) =>
    quoteUse(ctx, { assetId: asset.id, model, ...(terms ? { terms } : {}) })
  return { house, manager, asset, guest, sell, quote }
}

describe('a quote', () => {
  test('gives price, terms, decision and the versions it rests on', async () => {
    const { quote, asset } = await world()
    const outcome = await quote(use)
    if (!outcome.ok) throw new Error(outcome.error)
    expect(outcome.value).toMatchObject({
      asset: { id: asset.id, no: asset.no, versionId: asset.publishedVersionId },
      sellable: true,
      why: [],
      nearest: [],
      decision: { verdict: 'offer' },
      termsTemplate: { version: 1, title: 'Rights-managed licence' },
    })
    expect(outcome.value.total.minor).toBe(outcome.value.price.parts.at(-1)?.minor)
  })

  test('of a royalty-free licence starts on the house’s day and has no end', async () => {
    const { quote } = await world()
    const outcome = await quote(undefined, 'ROYALTY_FREE_STANDARD')
    if (!outcome.ok) throw new Error(outcome.error)
    expect(outcome.value.terms).toEqual({
      ...defaultPriceBook.royaltyFree.ROYALTY_FREE_STANDARD.scope,
      from: '2026-11-21',
      until: null,
      zone: 'Europe/Berlin',
      exclusive: false,
    })
    expect(outcome.value.total).toEqual({ minor: 4_900n, currency: 'EUR' })
  })

  test('of what is taken says why and offers the rest, priced, and each rest can be had', async () => {
    const { quote, sell } = await world()
    await sell({ ...use, territory: { include: ['JP'] }, until: '2027-02-28' })
    const outcome = await quote(use)
    if (!outcome.ok) throw new Error(outcome.error)
    expect(outcome.value.sellable).toBe(false)
    expect(outcome.value.why).toEqual(['Licensed exclusively to somebody else: Japan; until 28 February 2027.'])
    const offers = outcome.value.nearest
    expect(offers.map(({ axis }) => axis).sort()).toEqual(['period', 'territory'])
    expect(offers.find(({ axis }) => axis === 'territory')?.terms.territory).toEqual({ include: ['WORLD'], except: ['JP'] })
    expect(offers.find(({ axis }) => axis === 'period')?.terms).toMatchObject({ from: '2027-03-01', until: '2027-12-31' })
    for (const offer of offers) {
      const again = await quote(offer.terms)
      expect(again).toMatchObject({ ok: true, value: { sellable: true, total: offer.total } })
    }
  })

  test('of an exclusive wish beside plain sales offers the plain licence', async () => {
    const { quote, sell } = await world()
    await sell({ ...use, exclusive: false })
    const outcome = await quote(use)
    expect(outcome).toMatchObject({ ok: true, value: { sellable: false, nearest: [{ axis: 'exclusivity', terms: { exclusive: false } }] } })
    expect(await quote({ ...use, exclusive: false })).toMatchObject({ ok: true, value: { sellable: true } })
  })

  test('says when the asker holds it already', async () => {
    const { quote, sell, house, guest } = await world()
    const org = await anOrganisation(guest, { houseId: house.id, kind: 'CUSTOMER' })
    await sell({ ...use, exclusive: false }, org.id)
    const customer = asActor(guest, await aPerson(guest, { houseId: house.id, orgId: org.id, roles: ['CUSTOMER'] }))
    const smaller = { ...use, exclusive: false, territory: { include: ['FR'] } }
    expect(await quote(smaller, 'RIGHTS_MANAGED', customer)).toMatchObject({
      ok: true,
      value: { decision: { verdict: 'allow' }, sellable: true },
    })
    expect(await quote(smaller)).toMatchObject({ ok: true, value: { decision: { verdict: 'offer' } } })
  })

  test('is refused with a word: not for sale, model not offered, no use stated, no prices, no terms', async () => {
    expect(await (await world({ state: 'WITHDRAWN' })).quote(use)).toEqual({ ok: false, error: 'not-for-sale' })
    expect(await (await world({ audience: 'PORTAL' })).quote(use)).toEqual({ ok: false, error: 'not-for-sale' })
    expect(await (await world({ sellsRightsManaged: false })).quote(use)).toEqual({ ok: false, error: 'model-not-offered' })
    expect(await (await world()).quote()).toEqual({ ok: false, error: 'terms-needed' })
    const bare = await world({}, false)
    expect(await bare.quote(use)).toEqual({ ok: false, error: 'no-prices' })
    await publishPriceBook(bare.manager, { book: defaultPriceBook, note: '' })
    expect(await bare.quote(use)).toEqual({ ok: false, error: 'no-terms-template' })
    const [ours, theirs] = [await world(), await world()]
    await expect(quoteUse(ours.guest, { assetId: theirs.asset.id, model: 'RIGHTS_MANAGED', terms: use })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('prices and terms', () => {
  test('the mirror of the models is equal to the enum', () => expect([...licenceModels].sort()).toEqual(Object.values(LicenceModel).sort()))

  test('installing the defaults twice changes nothing', async () => {
    const { manager, house } = await world()
    await installDefaults(manager)
    expect(await t.db.priceBook.count({ where: { houseId: house.id } })).toBe(1)
    expect(await t.db.termsTemplate.count({ where: { houseId: house.id } })).toBe(licenceModels.length)
  })

  test('a new version takes effect on its day, and five at once get five numbers', async () => {
    const { manager } = await world()
    const dearer = { ...defaultPriceBook, rightsManaged: { baseMinor: 12_000 } }
    const day = new Date(manager.clock.now().getTime() + 86_400_000)
    const made = await Promise.all(
      Array.from({ length: 5 }, () => publishPriceBook(manager, { book: dearer, note: 'Next year', effectiveFrom: day })),
    )
    expect(made.map((outcome) => outcome.ok && outcome.value.version).sort()).toEqual([2, 3, 4, 5, 6])
    expect((await currentPriceBook(manager))?.version).toBe(1)
    manager.clock.set(day)
    expect(await currentPriceBook(manager)).toMatchObject({ version: 6, book: { rightsManaged: { baseMinor: 12_000 } } })
    expect(await publishPriceBook(manager, { book: dearer, note: '', effectiveFrom: new Date('2026-01-01') })).toEqual({
      ok: false,
      error: 'in-the-past',
    })
  })

  test('only rights managers publish them; nobody changes them', async () => {
    const { guest, house, manager } = await world()
    await expect(publishPriceBook(guest, { book: defaultPriceBook, note: '' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(publishTerms(guest, { model: 'COMP', title: 't', body: 'b' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await publishTerms(manager, { model: 'COMP', title: 'Layout', body: '1. Grant' })).toMatchObject({
      ok: true,
      value: { version: 2 },
    })
    await expect(t.db.priceBook.updateMany({ where: { houseId: house.id }, data: { note: 'x' } })).rejects.toSatisfy((error) =>
      violates(error, 'append-only'),
    )
    await expect(t.db.termsTemplate.deleteMany({ where: { houseId: house.id } })).rejects.toSatisfy((error) =>
      violates(error, 'append-only'),
    )
  })
})
