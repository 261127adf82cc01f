import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { anOrganisation, aPerson } from '#services/testing/world.ts'
import { inTransaction } from '../platform/db.ts'
import { newId } from '../kernel/ids.ts'
import type { Person } from '../kernel/actor.ts'
import { requestDeskPage, requestsDesk, rightsLicencePage, rightsLicences } from './desk-views.ts'
import { grantKit, revokeKitGrant, syncKitGrants } from './kit-grants.ts'
import { askForGrant, grantRequest, refuseRequest, withdrawRequest } from './requests.ts'
import { expireDue, reinstateLicence, revokeLicence, suspendLicence } from './standing.ts'
import { licencePage, myLicences } from './views.ts'

let t: TestDb
let shop: Shop
let manager: Person
let partner: Person
beforeAll(async () => {
  t = await testDb(20)
  shop = await aShop(t.db)
  manager = await shop.staff('RIGHTS_MANAGER')
  partner = await aPartner()
})
afterAll(async () => t[Symbol.asyncDispose]())

async function aPartner() {
  const org = await anOrganisation(shop.ctx, { houseId: shop.houseId, kind: 'PARTNER' })
  return aPerson(shop.ctx, { houseId: shop.houseId, orgId: org.id, roles: ['PARTNER'] })
}
const as = (person: Person) => asActor(shop.ctx, person)
const desk = () => as(manager)
const use = (fields = {}) => someUse({ exclusive: false, from: '2026-11-01', ...fields })
const portalAsset = () => shop.asset({ audience: 'PORTAL' })

async function aWaitingRequest(person = partner, terms = use(), assetId?: string) {
  const asked = await askForGrant(as(person), { assetId: assetId ?? (await portalAsset()).id, purpose: 'A leaflet for spring', terms })
  if (!asked.ok) throw new Error(asked.error)
  return asked.value.requestId
}
async function aLicence(person = partner, terms = use()) {
  const granted = await grantRequest(desk(), { requestId: await aWaitingRequest(person, terms) })
  if (!granted.ok) throw new Error(`${granted.error} ${JSON.stringify(granted.detail)}`)
  return granted.value.licenceId
}
const claimsOf = async (licenceId: string) =>
  (
    await t.db.$queryRaw<
      { state: string }[]
    >`SELECT c.state::text FROM claims c JOIN licences l ON l.no = c.licence_no WHERE l.id = ${licenceId}`
  ).map(({ state }) => state)
const factsOf = async (id: string) =>
  (await t.db.auditFact.findMany({ where: { subjectId: id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)

describe('a request', () => {
  test('granted is a licence without a price, in force at once, with its claim and its document', async () => {
    const requestId = await aWaitingRequest()
    const granted = await grantRequest(desk(), { requestId, reason: 'With the credit line.' })
    if (!granted.ok) throw new Error(granted.error)
    const { licenceId } = granted.value
    const page = await licencePage(as(partner), licenceId)
    expect(page).toMatchObject({ state: 'ACTIVE', standing: 'in-force', order: null, requestId, modelName: 'Partner grant' })
    expect(await claimsOf(licenceId)).toEqual(['ACTIVE'])
    expect(await factsOf(licenceId)).toEqual(['licence.issued'])
    expect(await factsOf(requestId)).toEqual(['request.asked', 'request.granted'])
    const row = await t.db.licence.findUniqueOrThrow({ where: { id: licenceId } })
    expect(JSON.parse(row.document ?? '')).toMatchObject({
      order: null,
      grant: { requestId, purpose: 'A leaflet for spring' },
      terms: { version: 1 },
    })
  })

  test('may be granted in part, never beyond what was asked', async () => {
    const requestId = await aWaitingRequest(partner, use({ territory: { include: ['DE', 'AT'] } }))
    expect(await grantRequest(desk(), { requestId, territory: ['FR'] })).toMatchObject({ ok: false, error: 'wider-than-asked' })
    expect(await grantRequest(desk(), { requestId, until: '2030-01-01' })).toMatchObject({ ok: false, error: 'wider-than-asked' })
    expect(await grantRequest(desk(), { requestId, from: '2027-06-01', until: '2027-01-01' })).toMatchObject({
      ok: false,
      error: 'wider-than-asked',
    })
    const granted = await grantRequest(desk(), { requestId, territory: ['AT'], until: '2027-01-31' })
    if (!granted.ok) throw new Error(granted.error)
    const row = await t.db.licence.findUniqueOrThrow({ where: { id: granted.value.licenceId } })
    expect(row).toMatchObject({ endsAt: new Date('2027-01-31T23:00:00Z'), terms: { territory: { include: ['AT'] } } })
  })

  test('of one’s own people is an internal grant', async () => {
    const librarian = await shop.staff('LIBRARIAN')
    const { id: assetId } = await shop.asset({ audience: 'INTERNAL' })
    const granted = await grantRequest(desk(), { requestId: await aWaitingRequest(librarian, use(), assetId) })
    if (!granted.ok) throw new Error(granted.error)
    expect((await t.db.licence.findUniqueOrThrow({ where: { id: granted.value.licenceId } })).model).toBe('INTERNAL_GRANT')
    expect(await askForGrant(as(partner), { assetId, purpose: 'Ours too', terms: use() })).toMatchObject({
      ok: false,
      error: 'asset-not-available',
    })
  })

  test('is decided once, whoever clicks at once', async () => {
    const requestId = await aWaitingRequest()
    const outcomes = await Promise.all([
      grantRequest(desk(), { requestId }),
      refuseRequest(desk(), { requestId, reason: 'Not this one' }),
      withdrawRequest(as(partner), { requestId }),
      grantRequest(desk(), { requestId }),
    ])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error).toBe('already-decided')
    expect(await t.db.licence.count({ where: { requestId } })).toBe(outcomes[0]?.ok || outcomes[3]?.ok ? 1 : 0)
  })

  test('waits once, and may be taken back and asked again', async () => {
    const { id: assetId } = await portalAsset()
    const wish = { assetId, purpose: 'A poster', terms: use() }
    const outcomes = await Promise.all([askForGrant(as(partner), wish), askForGrant(as(partner), wish)])
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true])
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ error: 'already-asked' })
    const first = outcomes.find((outcome) => outcome.ok)
    await withdrawRequest(as(partner), { requestId: first?.ok ? first.value.requestId : '' })
    expect((await askForGrant(as(partner), wish)).ok).toBe(true)
  })

  test('for what is sold exclusively is refused with the reason, and stays waiting', async () => {
    const { id: assetId } = await shop.asset()
    const requestId = await aWaitingRequest(partner, use(), assetId)
    const sold = await anOpenOrder(shop, await shop.buyer(), [{ assetId, model: 'RIGHTS_MANAGED', terms: someUse() }])
    expect(await grantRequest(desk(), { requestId })).toMatchObject({ ok: false, error: 'rights-taken' })
    expect((await t.db.grantRequest.findUniqueOrThrow({ where: { id: requestId } })).state).toBe('WAITING')
    const page = await requestDeskPage(desk(), requestId)
    expect(page.against).toHaveLength(1)
    expect(page.mayDecide).toBe(true)
    shop.ctx.payments.expire(sold.sessionId)
  })

  test('for what is not held, or barred, is refused with the reason', async () => {
    const { id: unheld } = await shop.asset({ audience: 'PORTAL', held: false })
    expect(await grantRequest(desk(), { requestId: await aWaitingRequest(partner, use(), unheld) })).toMatchObject({
      ok: false,
      error: 'rights-not-held',
    })
    const { id: person } = await shop.asset({ audience: 'PORTAL', showsPeople: true })
    expect(await grantRequest(desk(), { requestId: await aWaitingRequest(partner, use(), person) })).toMatchObject({
      ok: false,
      error: 'rights-barred',
    })
    const asset = await portalAsset()
    const requestId = await aWaitingRequest(partner, use(), asset.id)
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'WITHDRAWN' } })
    expect(await grantRequest(desk(), { requestId })).toMatchObject({ ok: false, error: 'asset-not-available' })
  })

  test('is nobody’s business but the desk’s and the asker’s', async () => {
    const requestId = await aWaitingRequest()
    await expect(grantRequest(as(partner), { requestId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(refuseRequest(as(await shop.staff('LIBRARIAN')), { requestId, reason: 'no' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdrawRequest(as(await aPartner()), { requestId })).rejects.toMatchObject({ code: 'not-found' })
    const elsewhere = await aShop(t.db, shop)
    await expect(
      refuseRequest(asActor(shop.ctx, await elsewhere.staff('RIGHTS_MANAGER')), { requestId, reason: 'no' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(askForGrant(as(await shop.buyer()), { assetId: 'x', purpose: 'buy', terms: use() })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await requestsDesk(desk(), { state: 'WAITING' })).waiting).toBeGreaterThan(0)
  })
})

describe('a licence', () => {
  test('is suspended, reinstated and revoked, with its claim and a fact each', async () => {
    const licenceId = await aLicence()
    const because = { licenceId, reason: 'A credit is missing' }
    expect((await suspendLicence(desk(), because)).ok).toBe(true)
    expect(await claimsOf(licenceId)).toEqual(['SUSPENDED'])
    expect((await licencePage(as(partner), licenceId)).standing).toBe('suspended')
    expect(await suspendLicence(desk(), because)).toMatchObject({ ok: false, error: 'not-active' })
    expect((await reinstateLicence(desk(), because)).ok).toBe(true)
    expect(await reinstateLicence(desk(), because)).toMatchObject({ ok: false, error: 'not-suspended' })
    const revoked = await Promise.all([revokeLicence(desk(), because), revokeLicence(desk(), because), revokeLicence(desk(), because)])
    expect(revoked.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(revoked.find((outcome) => !outcome.ok)).toMatchObject({ error: 'already-ended' })
    expect(await claimsOf(licenceId)).toEqual(['REVOKED'])
    expect(await factsOf(licenceId)).toEqual(['licence.issued', 'licence.suspended', 'licence.reinstated', 'licence.revoked'])
    const page = await rightsLicencePage(desk(), licenceId)
    expect(page.history.at(-1)).toMatchObject({ type: 'licence.revoked', actor: manager.name, reason: 'A credit is missing' })
    await expect(revokeLicence(as(partner), because)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is over at its instant, long before the sweep writes it down', async () => {
    const own = await aShop(t.db)
    const boss = asActor(own.ctx, await own.staff('RIGHTS_MANAGER'))
    const org = await anOrganisation(own.ctx, { houseId: own.houseId, kind: 'PARTNER' })
    const holder = asActor(own.ctx, await aPerson(own.ctx, { houseId: own.houseId, orgId: org.id, roles: ['PARTNER'] }))
    const asked = await askForGrant(holder, { assetId: (await own.asset()).id, purpose: 'Short', terms: use({ until: '2026-11-22' }) })
    const granted = await grantRequest(boss, { requestId: asked.ok ? asked.value.requestId : '' })
    const licenceId = granted.ok ? granted.value.licenceId : ''
    expect((await licencePage(holder, licenceId)).standing).toBe('ending')
    own.ctx.clock.set('2026-11-22T22:59:59.999Z')
    expect(await licencePage(holder, licenceId)).toMatchObject({ standing: 'ending', daysLeft: 1 })
    own.ctx.clock.set('2026-11-22T23:00:00.000Z')
    expect(await licencePage(holder, licenceId)).toMatchObject({ standing: 'expired', state: 'ACTIVE' })
    const { items: ended } = await myLicences(holder, { shelf: 'ended' })
    expect(ended.map(({ zone }) => zone), 'days are read in the contract’s own zone').toEqual(['Europe/Berlin'])
    expect((await myLicences(holder, { shelf: 'in-force' })).items).toHaveLength(0)
    await suspendLicence(boss, { licenceId, reason: 'too late' })
    expect(await reinstateLicence(boss, { licenceId, reason: 'too late' })).toMatchObject({ ok: false, error: 'term-is-over' })
    const swept = await Promise.all([expireDue(own.ctx), expireDue(own.ctx)])
    expect(swept.reduce((sum, { expired }) => sum + expired, 0)).toBeGreaterThan(0)
    expect(await licencePage(holder, licenceId)).toMatchObject({ standing: 'expired', state: 'ENDED' })
    expect(await claimsOf(licenceId)).toEqual(['EXPIRED'])
    expect((await factsOf(licenceId)).filter((type) => type === 'licence.expired')).toHaveLength(1)
  })

  test('whose end cannot be written down does not keep the next one waiting', async () => {
    const own = await aShop(t.db)
    const boss = asActor(own.ctx, await own.staff('RIGHTS_MANAGER'))
    const org = await anOrganisation(own.ctx, { houseId: own.houseId, kind: 'PARTNER' })
    const holder = asActor(own.ctx, await aPerson(own.ctx, { houseId: own.houseId, orgId: org.id, roles: ['PARTNER'] }))
    const ids: string[] = []
    for (const until of ['2026-11-22', '2026-11-23']) {
      const asked = await askForGrant(holder, { assetId: (await own.asset()).id, purpose: 'Short', terms: use({ until }) })
      const granted = await grantRequest(boss, { requestId: asked.ok ? asked.value.requestId : '' })
      ids.push(granted.ok ? granted.value.licenceId : '')
    }
    own.ctx.clock.set('2026-11-25T00:00:00.000Z')
    await t.db.$executeRawUnsafe(`
      CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = '${ids[0]}' THEN RAISE EXCEPTION 'stuck'; END IF; RETURN NEW; END $$`)
    await t.db.$executeRawUnsafe('CREATE TRIGGER stuck BEFORE UPDATE ON licences FOR EACH ROW EXECUTE FUNCTION stuck()')
    try {
      await expect(expireDue(own.ctx)).rejects.toThrow('1 of')
      expect((await licencePage(holder, ids[1] ?? '')).state).toBe('ENDED')
    } finally {
      await t.db.$executeRawUnsafe('DROP TRIGGER stuck ON licences')
    }
    await expireDue(own.ctx)
    expect((await licencePage(holder, ids[0] ?? '')).state).toBe('ENDED')
  })

  test('is seen by its holder and the desks, and found by number, holder and picture', async () => {
    const licenceId = await aLicence()
    const { number } = await licencePage(as(partner), licenceId)
    await expect(licencePage(as(await aPartner()), licenceId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(rightsLicences(as(partner), {})).rejects.toMatchObject({ code: 'forbidden' })
    for (const q of [number.toLowerCase(), partner.orgName, 'harbour'])
      expect((await rightsLicences(desk(), { q })).items.map((item) => item.number)).toContain(number)
    expect((await rightsLicences(desk(), { q: 'nothing of that name' })).items).toEqual([])
  })
})

describe('a kit', () => {
  async function aKit(...assetIds: string[]) {
    const at = shop.ctx.clock.now()
    const id = newId('kit', at)
    await t.db.brandKit.create({ data: { id, houseId: shop.houseId, slug: id, title: 'Spring', createdAt: at, changedAt: at } })
    await t.db.brandKitItem.createMany({ data: assetIds.map((assetId, position) => ({ kitId: id, assetId, position })) })
    return id
  }
  const live = async (kitGrantId: string) =>
    (await t.db.licence.findMany({ where: { kitGrantId, state: 'ACTIVE' } })).map(({ assetId }) => assetId).sort()
  const assets = async (count: number) => (await Promise.all(Array.from({ length: count }, portalAsset))).map(({ id }) => id).sort()

  test('given to a partner is a licence an asset; taken back, all of them end', async () => {
    const ids = await assets(3)
    const kitId = await aKit(...ids)
    const outcomes = await Promise.all([1, 2].map(() => grantKit(desk(), { kitId, orgId: partner.orgId, terms: use() })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    const granted = outcomes.find((outcome) => outcome.ok)
    if (!granted?.ok) throw new Error('not granted')
    expect(granted.value).toMatchObject({ issued: 3, refused: [] })
    const { kitGrantId } = granted.value
    expect(await live(kitGrantId)).toEqual(ids)
    expect(await grantKit(desk(), { kitId, orgId: partner.orgId, terms: use() })).toMatchObject({ ok: false, error: 'already-granted' })
    expect(await revokeKitGrant(desk(), { kitGrantId, reason: 'The campaign is over' })).toMatchObject({ ok: true, value: { ended: 3 } })
    expect(await revokeKitGrant(desk(), { kitGrantId, reason: 'again' })).toMatchObject({ ok: false, error: 'already-revoked' })
    expect(await live(kitGrantId)).toEqual([])
    expect((await grantKit(desk(), { kitId, orgId: partner.orgId, terms: use() })).ok).toBe(true)
  })

  test('whose term is over gives way to a new grant, and the trail says so', async () => {
    const own = await aShop(t.db)
    const boss = asActor(own.ctx, await own.staff('RIGHTS_MANAGER'))
    const org = await anOrganisation(own.ctx, { houseId: own.houseId, kind: 'PARTNER' })
    const asset = await own.asset({ audience: 'PORTAL' })
    const at = own.ctx.clock.now()
    const kitId = newId('kit', at)
    await t.db.brandKit.create({ data: { id: kitId, houseId: own.houseId, slug: kitId, title: 'Spring', createdAt: at, changedAt: at } })
    await t.db.brandKitItem.create({ data: { kitId, assetId: asset.id, position: 0 } })
    const first = await grantKit(boss, { kitId, orgId: org.id, terms: use({ until: '2026-11-22' }) })
    own.ctx.clock.set('2026-11-25T00:00:00.000Z')
    expect((await grantKit(boss, { kitId, orgId: org.id, terms: use() })).ok).toBe(true)
    expect(await factsOf(first.ok ? first.value.kitGrantId : '')).toEqual(['kit.granted', 'kit-grant.ended'])
  })

  test('names what cannot be given, and gives the rest', async () => {
    const [good = ''] = await assets(1)
    const { id: unheld } = await shop.asset({ audience: 'PORTAL', held: false })
    const kitId = await aKit(good, unheld)
    const granted = await grantKit(desk(), { kitId, orgId: partner.orgId, terms: use() })
    expect(granted).toMatchObject({ ok: true, value: { issued: 1, refused: [{ assetId: unheld, error: 'rights-not-held' }] } })
  })

  test('that changes brings licences for what came and ends them for what went', async () => {
    const [a = '', b = '', c = ''] = await assets(3)
    const kitId = await aKit(a, b)
    const granted = await grantKit(desk(), { kitId, orgId: partner.orgId, terms: use() })
    const kitGrantId = granted.ok ? granted.value.kitGrantId : ''
    await t.db.brandKitItem.delete({ where: { kitId_assetId: { kitId, assetId: a } } })
    await t.db.brandKitItem.create({ data: { kitId, assetId: c, position: 9 } })
    expect(await inTransaction(desk(), (tx) => syncKitGrants(tx, kitId))).toEqual({ issued: 1, ended: 1 })
    expect(await live(kitGrantId)).toEqual([b, c].sort())
    expect(await inTransaction(desk(), (tx) => syncKitGrants(tx, kitId))).toEqual({ issued: 0, ended: 0 })
  })

  test('is given by the desk, to partners, with something in it', async () => {
    const kitId = await aKit(...(await assets(1)))
    expect(await grantKit(desk(), { kitId: await aKit(), orgId: partner.orgId, terms: use() })).toMatchObject({
      ok: false,
      error: 'kit-is-empty',
    })
    expect(await grantKit(desk(), { kitId, orgId: (await shop.buyer()).orgId, terms: use() })).toMatchObject({
      ok: false,
      error: 'not-a-partner',
    })
    await expect(grantKit(as(partner), { kitId, orgId: partner.orgId, terms: use() })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(grantKit(desk(), { kitId: 'kit_none', orgId: partner.orgId, terms: use() })).rejects.toMatchObject({ code: 'not-found' })
  })
})
