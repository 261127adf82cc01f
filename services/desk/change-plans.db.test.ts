import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { anOrganisation, aPerson } from '#services/testing/world.ts'
import { aKit } from '#services/testing/held-licences.ts'
import { addToCart } from '../commerce/carts.ts'
import { beginCheckout } from '../commerce/checkout.ts'
import { promiseRefund, runRefund } from '../commerce/refunds.ts'
import { settleOrder } from '../commerce/settle.ts'
import type { Person } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { grantKit } from '../licensing/kit-grants.ts'
import { askForGrant, grantRequest } from '../licensing/requests.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { loadRights } from '../rights/loading.ts'
import { addRelease } from '../rights/releases.ts'
import { intersection, remainder, type Box } from '../rights/rules/box.ts'
import { decideKnown } from '../rights/rules/decide.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import { applyChange, retryChange } from './change-applying.ts'
import { carryOutChange, resumeChanges } from './change-carrying.ts'
import { decideItem, decideMany } from './change-deciding.ts'
import { draftChange, dropChange, redrawChange } from './change-plans.ts'
import { boxOfText, type ItemFacts } from './rules/change-item.ts'
import type { UpstreamChange } from './rules/change.ts'

let t: TestDb
let shop: Shop
let manager: Person
let partner: Person
beforeAll(async () => {
  t = await testDb(20)
  shop = await aShop(t.db)
  manager = await shop.staff('RIGHTS_MANAGER')
  const org = await anOrganisation(shop.ctx, { houseId: shop.houseId, kind: 'PARTNER' })
  partner = await aPerson(shop.ctx, { houseId: shop.houseId, orgId: org.id, roles: ['PARTNER'] })
})
afterAll(async () => t[Symbol.asyncDispose]())

const as = (person: Person) => asActor(shop.ctx, person)
const desk = () => as(manager)
const worldwide = (fields: Partial<ScopeTerms> = {}): ScopeTerms => ({
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2020-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
  ...fields,
})
let contracts = 0

/** A contract of its own over so many pictures. */
async function aContract(pictures = 1, fields: Parameters<Shop['asset']>[0] = {}) {
  const contract = `AG-${++contracts}`
  const assets = []
  for (let n = 0; n < pictures; n++) {
    const asset = await shop.asset({ held: false, ...fields })
    const added = await addAcquisition(desk(), {
      assetId: asset.id,
      contract,
      licensor: 'Atelier Gruber',
      terms: worldwide(),
      subLicensable: true,
    })
    if (!added.ok) throw new Error(added.error)
    assets.push(asset)
  }
  return {
    contract,
    assets,
    asset: assets[0] as (typeof assets)[number],
    source: { by: 'contract' as const, reference: contract, assetIds: null },
  }
}
const use = (fields: Partial<ScopeTerms> = {}) => someUse({ exclusive: false, from: '2026-11-01', until: '2027-10-31', ...fields })

async function aSale(assetId: string, terms = use()) {
  const open = await anOpenOrder(shop, await shop.buyer(), [{ assetId, model: 'RIGHTS_MANAGED', terms }])
  shop.ctx.payments.pay(open.sessionId)
  await settleOrder(shop.ctx, open.orderId)
  const line = await t.db.orderLine.findFirstOrThrow({ where: { orderId: open.orderId } })
  return { ...open, line, licence: await t.db.licence.findFirstOrThrow({ where: { orderLineId: line.id } }) }
}
async function aGrant(assetId: string, terms = use()) {
  const asked = await askForGrant(as(partner), { assetId, purpose: 'A leaflet', terms })
  if (!asked.ok) throw new Error(asked.error)
  const granted = await grantRequest(desk(), { requestId: asked.value.requestId })
  if (!granted.ok) throw new Error(granted.error)
  return granted.value.licenceId
}
const words = { reason: 'Gruber gave notice.', holderWords: 'The rights holder no longer permits this use.' }
async function aPlan(change: UpstreamChange) {
  const drafted = await draftChange(desk(), { change, ...words })
  if (!drafted.ok) throw new Error(drafted.error)
  return drafted.value.planId
}
const ends = (source: UpstreamChange['source'], lastDay: string | null = null): UpstreamChange => ({
  kind: 'END_CONTRACT',
  source,
  lastDay,
  zone: 'Europe/Berlin',
})
const narrows = (source: UpstreamChange['source'], terms: Partial<ScopeTerms>): UpstreamChange => ({
  kind: 'NARROW_CONTRACT',
  source,
  terms: worldwide(terms),
  ownUseOnly: false,
})
const items = (planId: string) => t.db.changeItem.findMany({ where: { planId }, orderBy: { no: 'asc' } })
const plan = (planId: string) => t.db.changePlan.findUniqueOrThrow({ where: { id: planId } })
const carry = (planId: string) => carryOutChange(shop.ctx, { houseId: shop.houseId, planId })
const takeAll = (planId: string, verdict = 'SUGGESTED', filter = {}) => decideMany(desk(), { planId, verdict, note: '', ...filter })
const factsOf = async (id: string) =>
  (await t.db.auditFact.findMany({ where: { subjectId: id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type)

describe('a preview', () => {
  test('lists everything that hangs on a contract, with what was paid, handed out and shown', async () => {
    const { asset, source } = await aContract(2)
    const sale = await aSale(asset.id)
    const grantId = await aGrant(asset.id)
    await t.db.delivery.create({
      data: {
        id: newId('dlv', shop.ctx.clock.now()),
        houseId: shop.houseId,
        at: shop.ctx.clock.now(),
        outcome: 'SERVED',
        reason: 'right',
        rendition: 'original',
        licenceId: sale.licence.id,
        personName: 'Clara',
        assetId: asset.id,
      },
    })
    const waiting = await askForGrant(as(partner), {
      assetId: asset.id,
      purpose: 'A poster',
      terms: use({ territory: { include: ['AT'] } }),
    })
    const kit = await aKit(shop.ctx, { houseId: shop.houseId, assets: [asset] })
    const held = await anOpenOrder(shop, await shop.buyer(), [
      { assetId: asset.id, model: 'RIGHTS_MANAGED', terms: use({ territory: { include: ['FR'] } }) },
    ])
    const browsing = await shop.buyer()
    expect((await addToCart(as(browsing), null, { assetId: asset.id, model: 'ROYALTY_FREE_STANDARD' })).ok).toBe(true)

    const planId = await aPlan(ends(source))
    const lines = await items(planId)
    const of = (kind: string) => lines.filter((line) => line.kind === kind)
    expect(
      of('LICENCE')
        .map(({ subjectId }) => subjectId)
        .sort(),
    ).toEqual([sale.licence.id, grantId].sort())
    const sold = of('LICENCE').find(({ subjectId }) => subjectId === sale.licence.id)
    expect(sold).toMatchObject({ suggestion: 'KEEP', decision: null, paidMinor: sale.line.netMinor + sale.line.taxMinor, currency: 'EUR' })
    const facts = sold?.lost as unknown as ItemFacts
    expect(facts).toMatchObject({ whole: true, causes: ['not-held'], deliveries: { count: 1, people: 1 } })
    // Not quite a whole year is left of it.
    expect(BigInt(facts.proRataMinor ?? 0)).toBeLessThan(sale.line.netMinor + sale.line.taxMinor)
    expect(BigInt(facts.proRataMinor ?? 0)).toBeGreaterThan((sale.line.netMinor * 9n) / 10n)
    expect(of('LICENCE').find(({ subjectId }) => subjectId === grantId)?.suggestion).toBe('REVOKE')
    expect(of('KIT')).toMatchObject([{ subjectId: `${kit.id}:${asset.id}`, suggestion: 'REMOVE' }])
    expect(of('ASSET')).toHaveLength(2)
    expect(of('REQUEST')).toMatchObject([{ subjectId: waiting.ok ? waiting.value.requestId : '', suggestion: 'REFUSE' }])
    expect(of('HOLD')).toMatchObject([{ decision: 'WAIT' }])
    expect((await plan(planId)).summary).toMatchObject({
      assets: { total: 2, touched: 2, dead: 2, deadPublished: 2 },
      licences: { whole: 2, part: 0, paid: 1, granted: 1 },
      holds: 1,
      carts: 2,
      requests: 1,
      kits: { kits: 1, placements: 1 },
      deliveries: { count: 1, people: 1 },
      holders: { organisations: 2 },
      months: [{ month: '2026-11', whole: 2, part: 0 }],
    })
    expect(await factsOf(planId)).toEqual(['change.drafted'])
    shop.ctx.payments.expire(held.sessionId)
    await settleOrder(shop.ctx, held.orderId)
  })

  test('says which part is lost, and leaves out what loses nothing', async () => {
    const { asset, source } = await aContract()
    const sale = await aSale(asset.id, use({ territory: { include: ['DE', 'AT'] } }))
    await aSale(asset.id, use({ territory: { include: ['FR'] } }))
    const planId = await aPlan(narrows(source, { territory: { include: ['WORLD'], except: ['AT'] } }))
    const lines = await items(planId)
    expect(lines.map(({ subjectId }) => subjectId)).toEqual([sale.licence.id])
    const facts = lines[0]?.lost as unknown as ItemFacts
    expect(facts.whole).toBe(false)
    const lost = facts.boxes.map(boxOfText)
    expect(lost).toHaveLength(1)
    expect(territories.codesOf((lost[0] as Box).territory)).toEqual(['AT'])
  })

  test('is refused where nothing cites the paper, nothing would change, or holders would read whose it is', async () => {
    const { source, contract } = await aContract()
    const ask = (change: UpstreamChange, holderWords = words.holderWords) =>
      draftChange(desk(), { change, reason: words.reason, holderWords })
    expect(await ask(ends({ ...source, reference: 'AG-none' }))).toMatchObject({ ok: false, error: 'nothing-cites-it' })
    expect(await ask(narrows(source, {}))).toMatchObject({ ok: false, error: 'nothing-changes' })
    expect(await ask(ends(source), `Contract ${contract.toLowerCase()} has ended.`)).toMatchObject({
      ok: false,
      error: 'names-the-contract',
    })
    expect(await ask(ends(source), 'The Atelier Gruber gave notice.')).toMatchObject({ ok: false, error: 'names-the-contract' })
  })

  test('and everything after it is the rights manager’s alone, in their own house', async () => {
    const { source } = await aContract()
    const planId = await aPlan(ends(source))
    const other = await aShop(t.db, shop)
    const auditor = await shop.staff('AUDITOR')
    for (const ctx of [as(auditor), as(await shop.staff('LIBRARIAN')), as(partner)]) {
      await expect(draftChange(ctx, { change: ends(source), ...words })).rejects.toMatchObject({ code: 'forbidden' })
      await expect(applyChange(ctx, { planId })).rejects.toMatchObject({ code: 'forbidden' })
    }
    const stranger = asActor(other.ctx, await other.staff('RIGHTS_MANAGER'))
    expect(await draftChange(stranger, { change: ends(source), ...words })).toMatchObject({ ok: false, error: 'nothing-cites-it' })
    for (const work of [applyChange, dropChange, redrawChange, retryChange])
      await expect(work(stranger, { planId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(decideItem(stranger, { planId, no: 1, decision: 'KEEP', note: '' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(decideMany(stranger, { planId, verdict: 'SUGGESTED', note: '' })).rejects.toMatchObject({ code: 'not-found' })
    expect((await plan(planId)).state).toBe('DRAFT')
  })
})

describe('a decision', () => {
  test('fits its line or is refused, one by one and for many', async () => {
    const { asset, source } = await aContract()
    const sale = await aSale(asset.id)
    const grantId = await aGrant(asset.id)
    const planId = await aPlan(ends(source))
    const noOf = async (subjectId: string) => (await items(planId)).find((line) => line.subjectId === subjectId)?.no ?? 0
    const decide = async (subjectId: string, decision: string) =>
      decideItem(desk(), { planId, no: await noOf(subjectId), decision, note: 'As agreed.' })
    expect(await decide(grantId, 'REVOKE_AND_REFUND')).toMatchObject({ ok: false, error: 'does-not-fit' })
    expect(await decide(grantId, 'REMOVE')).toMatchObject({ ok: false, error: 'does-not-fit' })
    expect(await decide(sale.licence.id, 'REVOKE_AND_REFUND')).toMatchObject({ ok: true })
    expect(await takeAll(planId, 'REVOKE_AND_REFUND_PART', { kind: 'LICENCE' })).toMatchObject({ ok: true, value: { decided: 1, left: 1 } })
    expect(await takeAll(planId, 'NONSENSE')).toMatchObject({ ok: false, error: 'does-not-fit' })
    expect(await takeAll(planId, 'SUGGESTED', { decision: 'open' })).toMatchObject({ ok: true, value: { left: 0 } })
    expect((await items(planId)).filter(({ decision }) => decision === null)).toEqual([])
    expect(await factsOf(planId)).toEqual(['change.drafted', 'change.item-decided', 'change.items-decided', 'change.items-decided'])
    expect(await dropChange(desk(), { planId })).toMatchObject({ ok: true })
    expect(await decide(grantId, 'KEEP')).toMatchObject({ ok: false, error: 'not-a-draft' })
    expect(await takeAll(planId)).toMatchObject({ ok: false, error: 'not-a-draft' })
    expect(await dropChange(desk(), { planId })).toMatchObject({ ok: false, error: 'not-a-draft' })
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: false, error: 'not-a-draft' })
    expect(await redrawChange(desk(), { planId })).toMatchObject({ ok: false, error: 'not-a-draft' })
  })
})

describe('applying', () => {
  test('is refused while lines are undecided, clash, or the ground has moved; drawn up anew it keeps what still fits', async () => {
    const { asset, source } = await aContract()
    const sale = await aSale(asset.id)
    const planId = await aPlan(ends(source))
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: false, error: 'undecided' })
    await takeAll(planId)
    const late = await aSale(asset.id, use({ territory: { include: ['FR'] } }))
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: false, error: 'ground-moved' })
    expect(await redrawChange(desk(), { planId })).toMatchObject({ ok: true, value: { kept: 2, open: 1 } })
    const lines = await items(planId)
    expect(lines.find(({ subjectId }) => subjectId === sale.licence.id)?.decision).toBe('KEEP')
    expect(lines.find(({ subjectId }) => subjectId === late.licence.id)?.decision).toBeNull()
    await takeAll(planId, 'KEEP', { kind: 'LICENCE' })
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: true })

    const kitted = await aContract()
    const kit = await aKit(shop.ctx, { houseId: shop.houseId, assets: [kitted.asset] })
    const granted = await grantKit(desk(), { kitId: kit.id, orgId: partner.orgId, terms: use() })
    expect(granted).toMatchObject({ ok: true, value: { issued: 1 } })
    const clashing = await aPlan(ends(kitted.source))
    await takeAll(clashing)
    await takeAll(clashing, 'KEEP', { kind: 'LICENCE' })
    expect(await applyChange(desk(), { planId: clashing })).toMatchObject({ ok: false, error: 'decisions-clash' })
    await takeAll(clashing, 'REVOKE', { kind: 'LICENCE' })
    expect(await applyChange(desk(), { planId: clashing })).toMatchObject({ ok: true })
    await carry(clashing)
    expect(await plan(clashing)).toMatchObject({ state: 'APPLIED' })
    expect(await t.db.brandKitItem.count({ where: { kitId: kit.id } })).toBe(0)
    expect(await t.db.licence.findMany({ where: { assetId: kitted.asset.id }, select: { endedBy: true } })).toEqual([
      { endedBy: 'REVOKED' },
    ])
  })

  test('twice at once happens once, and from that instant nothing is sold', async () => {
    const { asset, source, assets } = await aContract(3)
    const planId = await aPlan(ends(source))
    await takeAll(planId)
    const both = await Promise.all([applyChange(desk(), { planId }), applyChange(desk(), { planId })])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: 'not-a-draft' })
    expect(await t.db.acquisition.count({ where: { contract: source.reference, supersededAt: null } })).toBe(0)
    const buyer = as(await shop.buyer())
    await addToCart(buyer, null, { assetId: asset.id, model: 'RIGHTS_MANAGED', terms: use() })
    expect(await beginCheckout(buyer, {})).toMatchObject({ ok: false })
    await carry(planId)
    expect(await plan(planId)).toMatchObject({ state: 'APPLIED', itemsDone: 3 })
    expect(await t.db.asset.count({ where: { id: { in: assets.map(({ id }) => id) }, state: 'WITHDRAWN' } })).toBe(3)
    expect(await factsOf(planId)).toEqual([
      'change.drafted',
      'change.items-decided',
      'change.applied',
      'change.rows-rewritten',
      'change.carried-out',
    ])
  })

  test('races a sale: whoever is first, nothing is sold that is not listed or held', async () => {
    for (let round = 0; round < 6; round++) {
      const { asset, source } = await aContract()
      const planId = await aPlan(ends(source))
      await takeAll(planId)
      const buyer = as(await shop.buyer())
      await addToCart(buyer, null, { assetId: asset.id, model: 'RIGHTS_MANAGED', terms: use() })
      const [applied, sold] = await Promise.all([applyChange(desk(), { planId }), beginCheckout(buyer, {})])
      expect([applied.ok, sold.ok].filter(Boolean)).toHaveLength(1)
      if (!applied.ok) {
        expect(applied.error).toBe('ground-moved')
        await redrawChange(desk(), { planId })
        expect((await items(planId)).some(({ kind }) => kind === 'HOLD')).toBe(true)
      }
    }
  })
})

describe('carrying out', () => {
  test('does to each licence what was decided, tells holders without naming the contract, and pays back through the till', async () => {
    const { asset, source, contract } = await aContract()
    const where = ['DE', 'AT', 'CH', 'FR', 'IT']
    const sales: Awaited<ReturnType<typeof aSale>>[] = []
    for (const code of where) sales.push(await aSale(asset.id, use({ territory: { include: [code] } })))
    const planId = await aPlan(ends(source, '2027-01-31'))
    const verdicts = ['KEEP', 'TELL_HOLDER', 'SUSPEND', 'REVOKE_AND_REFUND_PART', 'REVOKE_AND_REFUND']
    const lines = await items(planId)
    for (const [index, decision] of verdicts.entries()) {
      const no = lines.find(({ subjectId }) => subjectId === sales[index]?.licence.id)?.no ?? 0
      expect(await decideItem(desk(), { planId, no, decision, note: 'Honoured.' })).toMatchObject({ ok: true })
    }
    await takeAll(planId, 'SUGGESTED', { decision: 'open' })
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: true })
    const rows = await t.db.acquisition.findMany({
      where: { contract },
      orderBy: { recordedAt: 'asc' },
      select: { terms: true, supersededAt: true },
    })
    expect(rows.find(({ supersededAt }) => supersededAt === null)?.terms).toMatchObject({
      until: '2027-01-31',
      media: ['ALL'],
      territory: { include: ['WORLD'] },
    })
    expect(await carry(planId)).toMatchObject({ failed: 0 })
    const states = []
    for (const { licence } of sales)
      states.push(await t.db.licence.findUniqueOrThrow({ where: { id: licence.id }, select: { state: true, endedBy: true } }))
    expect(states.map(({ state }) => state)).toEqual(['ACTIVE', 'ACTIVE', 'SUSPENDED', 'ENDED', 'ENDED'])
    expect((await items(planId)).map(({ outcome }) => outcome)).toEqual(['kept', 'told', 'suspended', 'refund-promised', 'refund-promised'])
    const refunds = await t.db.refund.findMany({
      where: { orderId: { in: sales.slice(3).map(({ orderId }) => orderId) } },
      orderBy: { amountMinor: 'asc' },
    })
    const price = (sales[4]?.line.netMinor ?? 0n) + (sales[4]?.line.taxMinor ?? 0n)
    expect(refunds).toHaveLength(2)
    expect(refunds.map(({ amountMinor }) => amountMinor)).toContain(price)
    const promised = await t.db.auditFact.findMany({ where: { type: 'refund.promised', subjectId: { in: refunds.map(({ id }) => id) } } })
    expect(promised.map(({ body }) => (JSON.parse(body) as { data: { requestedBy: string } }).data.requestedBy)).toEqual([
      manager.userId,
      manager.userId,
    ])
    const other = await aShop(t.db, shop)
    const theirs = { orderId: sales[0]?.orderId ?? '', lineId: null, reason: 'x', revokesLicence: false, requestedById: null }
    await expect(promiseRefund(asActor(other.ctx, await other.staff('FINANCE')), theirs)).rejects.toMatchObject({ code: 'not-found' })
    for (const { id } of refunds) await runRefund(shop.ctx, id)
    expect(await t.db.refund.count({ where: { id: { in: refunds.map(({ id }) => id) }, state: 'SUCCEEDED' } })).toBe(2)
    expect(await factsOf(sales[0]?.licence.id ?? '')).toContain('licence.honoured')

    shop.ctx.mail.sent.length = 0
    await followFacts(shop.ctx)
    const told = shop.ctx.mail.sent.filter(({ text }) => text.includes(words.holderWords))
    expect(told.length).toBeGreaterThanOrEqual(4)
    for (const letter of shop.ctx.mail.sent)
      expect(`${letter.subject}${letter.text}${letter.html}`).not.toMatch(new RegExp(`${contract}|Gruber`))
    const part = shop.ctx.mail.sent.find(({ subject }) => subject.startsWith('Less may be done'))
    expect(part?.text).toContain('from 1 February 2027 on')
  })

  test('goes on where a killed worker stopped, and does each line once', async () => {
    const { source, assets } = await aContract(5)
    const planId = await aPlan(ends(source))
    await takeAll(planId)
    await applyChange(desk(), { planId })
    // Killed in the middle of a line: its transaction never committed, and another's row is held by nobody.
    const dies = { ...shop.ctx, db: dying(t.db, 3) }
    await expect(carryOutChange(dies, { houseId: shop.houseId, planId })).rejects.toThrow('killed')
    const half = await plan(planId)
    expect(half.state).toBe('APPLYING')
    expect(half.itemsDone).toBeLessThan(5)
    expect(await resumeChanges(shop.ctx)).toEqual({ resumed: 0 })
    const later = { ...shop.ctx, clock: { now: () => new Date(shop.ctx.clock.now().getTime() + 300_000) } }
    expect((await resumeChanges(later)).resumed).toBeGreaterThanOrEqual(1)
    await Promise.all([carry(planId), carry(planId)])
    expect(await plan(planId)).toMatchObject({ state: 'APPLIED', itemsDone: 5 })
    for (const { id } of assets) expect((await factsOf(id)).filter((type) => type === 'asset.withdrawn')).toHaveLength(1)
  })

  test('leaves a line that cannot be done open, with its cause, until somebody decides anew', async () => {
    const { asset, source } = await aContract()
    const sale = await aSale(asset.id)
    const planId = await aPlan(ends(source))
    await takeAll(planId)
    await takeAll(planId, 'REVOKE_AND_REFUND', { kind: 'LICENCE' })
    await applyChange(desk(), { planId })
    await t.db.refund.create({
      data: {
        id: newId('ref', shop.ctx.clock.now()),
        orderId: sale.orderId,
        orderLineId: sale.line.id,
        paymentId: (await t.db.payment.findFirstOrThrow({ where: { orderId: sale.orderId } })).id,
        origin: 'STAFF',
        currency: 'EUR',
        amountMinor: sale.line.netMinor + sale.line.taxMinor,
        reason: 'Before',
        revokesLicence: false,
        createdAt: shop.ctx.clock.now(),
      },
    })
    expect(await carry(planId)).toMatchObject({ failed: 1 })
    expect(await plan(planId)).toMatchObject({ state: 'APPLYING', failure: '1' })
    expect((await items(planId))[0]).toMatchObject({ outcome: 'failed:already-refunded', doneAt: null })
    expect(await retryChange(desk(), { planId })).toMatchObject({ ok: true, value: { lines: 1 } })
    await carry(planId)
    expect(await decideItem(desk(), { planId, no: 1, decision: 'REVOKE', note: '' })).toMatchObject({ ok: true })
    await carry(planId)
    expect(await plan(planId)).toMatchObject({ state: 'APPLIED', failure: null })
    expect(await retryChange(desk(), { planId })).toMatchObject({ ok: false, error: 'nothing-failed' })
    expect(await t.db.licence.findUniqueOrThrow({ where: { id: sale.licence.id } })).toMatchObject({ state: 'ENDED', endedBy: 'REVOKED' })
  })
})

describe('what a preview says is what happens', () => {
  const changes: [string, (source: UpstreamChange['source']) => UpstreamChange][] = [
    ['a contract that ends at once', (source) => ends(source)],
    ['a contract that ends later', (source) => ends(source, '2027-03-15')],
    [
      'a contract with fewer media and places',
      (source) => narrows(source, { media: ['advertising'], territory: { include: ['M49:155'] }, until: '2027-06-30' }),
    ],
    ['a contract for our own use only', (source) => ({ kind: 'NARROW_CONTRACT', source, terms: worldwide(), ownUseOnly: true })],
    [
      'a ban',
      (source) => ({
        kind: 'BAN',
        source,
        ban: 'HOLDBACK',
        reason: 'A film',
        reference: null,
        terms: worldwide({ media: ['social'], from: '2027-01-01' }),
      }),
    ],
    [
      'a consent withdrawn today',
      (source) => ({
        kind: 'WITHDRAW_CONSENT',
        source: { ...source, by: 'release', reference: `MR-${source.reference}` },
        firstDay: '2026-11-21',
        zone: 'Europe/Berlin',
      }),
    ],
    [
      'a consent withdrawn next year',
      (source) => ({
        kind: 'WITHDRAW_CONSENT',
        source: { ...source, by: 'release', reference: `MR-${source.reference}` },
        firstDay: '2027-02-01',
        zone: 'Europe/Berlin',
      }),
    ],
    [
      'a consent that narrows',
      (source) => ({
        kind: 'NARROW_CONSENT',
        source: { ...source, by: 'release', reference: `MR-${source.reference}` },
        terms: worldwide({ media: ['editorial', 'social'] }),
        withoutAi: true,
        withoutSensitive: true,
      }),
    ],
  ]
  test.each(changes)('%s', async (_, changeOf) => {
    const { asset, source } = await aContract(1, { showsPeople: true })
    await addRelease(desk(), {
      assetId: asset.id,
      kind: 'MODEL',
      status: 'UNLIMITED',
      reference: `MR-${source.reference}`,
      terms: worldwide(),
      aiUses: true,
      sensitive: ['sensitive'],
    })
    for (const [media, include] of [
      [['advertising'], ['DE', 'US']],
      [['social', 'editorial'], ['AT']],
      [
        ['advertising', 'social'],
        ['FR', 'CH'],
      ],
    ] as const)
      await aSale(asset.id, use({ media: [...media], territory: { include: [...include] }, industry: ['not-sensitive'] }))
    await aSale(asset.id, use({ territory: { include: ['PL'] }, industry: ['sensitive'] }))
    const now = shop.ctx.clock.now()
    const when = { at: now, knownAt: now }
    const before = (await loadRights(desk(), { assetIds: [asset.id] })).get(asset.id)
    const planId = await aPlan(changeOf(source))
    await takeAll(planId)
    await takeAll(planId, 'KEEP', { kind: 'LICENCE' })
    expect(await applyChange(desk(), { planId })).toMatchObject({ ok: true })
    const after = (await loadRights(desk(), { assetIds: [asset.id] })).get(asset.id)
    if (!before || !after) throw new Error('no rights')
    const lines = await items(planId)
    let losing = 0
    for (const claim of after.claims) {
      const licence = await t.db.licence.findUniqueOrThrow({ where: { no: claim.licenceNo }, select: { id: true } })
      const rest = intersection(claim.box, { ...claim.box, period: { from: when.at, to: null } }) as Box
      const refusedIn = (rights: typeof after) =>
        decideKnown({ ...rights, claims: [] }, { box: rest, exclusive: false, by: 'holder' }, rest).reasons.flatMap(({ parts }) => [
          ...parts,
        ])
      expect(refusedIn(before)).toEqual([])
      const happened = refusedIn(after)
      const line = lines.find(({ subjectId }) => subjectId === licence.id)
      const said = (line?.lost as unknown as ItemFacts | undefined)?.boxes.map(boxOfText) ?? []
      expect(remainder(happened, said)).toEqual([])
      expect(remainder(said, happened)).toEqual([])
      if (line) {
        losing++
        expect((line.lost as unknown as ItemFacts).whole).toBe(remainder([rest], happened).length === 0)
      }
    }
    expect(losing).toBeGreaterThan(0)
  })
})

/** A database whose process is killed at its nth transaction: that one is lost, and nothing comes after it. */
function dying(db: TestDb['db'], at: number): TestDb['db'] {
  let n = 0
  return new Proxy(db, {
    get(target, name, receiver) {
      if (n >= at) throw new Error('killed')
      if (name !== '$transaction') return Reflect.get(target, name, receiver) as unknown
      return (work: (tx: unknown) => Promise<unknown>, options: object) => {
        n++
        return target.$transaction(async (tx) => {
          const outcome = await work(tx)
          if (n >= at) throw new Error('killed')
          return outcome
        }, options)
      }
    },
  })
}
