import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anOpenOrder, aShop, someUse, type Shop } from '#services/testing/shop.ts'
import { anOrganisation, aPerson } from '#services/testing/world.ts'
import { settleOrder } from '../commerce/settle.ts'
import type { Person } from '../kernel/actor.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { exportChangeCsv } from './change-export.ts'
import { licencesResting, newChangePage } from './change-new-view.ts'
import { draftChange, dropChange } from './change-plans.ts'
import { changePlanPage, changePlans } from './change-views.ts'
import { changeForms } from './change-schema.ts'

let t: TestDb
let shop: Shop
let manager: Person
let planId: string
let assetId: string
const terms: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2020-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}
const source = { by: 'contract' as const, reference: 'AG-7', assetIds: null }
const as = (person: Person) => asActor(shop.ctx, person)

beforeAll(async () => {
  t = await testDb(10)
  shop = await aShop(t.db)
  manager = await shop.staff('RIGHTS_MANAGER')
  assetId = (await shop.asset({ held: false })).id
  await addAcquisition(as(manager), { assetId, contract: 'AG-7', licensor: 'Atelier Gruber', terms, subLicensable: true })
  const open = await anOpenOrder(shop, await shop.buyer(), [{ assetId, model: 'RIGHTS_MANAGED', terms: someUse({ exclusive: false }) }])
  shop.ctx.payments.pay(open.sessionId)
  await settleOrder(shop.ctx, open.orderId)
  const change = { kind: 'END_CONTRACT' as const, source, lastDay: '2027-05-31', zone: 'Europe/Berlin' }
  const drafted = await draftChange(as(manager), { change, reason: 'Notice', holderWords: 'No longer permitted.' })
  if (!drafted.ok) throw new Error(drafted.error)
  planId = drafted.value.planId
})
afterAll(async () => t[Symbol.asyncDispose]())

test('auditors read plans and change nothing; nobody else of the house, no partner and no other house sees them', async () => {
  const auditor = as(await shop.staff('AUDITOR'))
  expect((await changePlans(auditor, {})).items).toMatchObject([{ id: planId, state: 'DRAFT', undecided: 1, by: manager.name }])
  const page = await changePlanPage(auditor, planId, {})
  expect(page).toMatchObject({
    mayChange: false,
    plan: { reference: 'AG-7', undecided: 1 },
    kinds: [{ kind: 'LICENCE', lines: 1 }],
    shown: 1,
  })
  expect(page.items).toMatchObject([{ whole: false, paid: { currency: 'EUR' }, suggestion: 'KEEP', holder: expect.any(String) }])
  expect(page.items[0]?.parts[0]).toContain('from 1 June 2027')
  await expect(newChangePage(auditor, source)).rejects.toMatchObject({ code: 'forbidden' })

  const org = await anOrganisation(shop.ctx, { houseId: shop.houseId, kind: 'PARTNER' })
  const partner = as(await aPerson(shop.ctx, { houseId: shop.houseId, orgId: org.id, roles: ['PARTNER'] }))
  for (const ctx of [partner, as(await shop.staff('LIBRARIAN'))]) {
    await expect(changePlans(ctx, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changePlanPage(ctx, planId, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(exportChangeCsv(ctx, planId)).rejects.toMatchObject({ code: 'forbidden' })
  }
  const other = await aShop(t.db, shop)
  const stranger = asActor(other.ctx, await other.staff('RIGHTS_MANAGER'))
  await expect(changePlanPage(stranger, planId, {})).rejects.toMatchObject({ code: 'not-found' })
  await expect(exportChangeCsv(stranger, planId)).rejects.toMatchObject({ code: 'not-found' })
  expect((await changePlans(stranger, {})).items).toEqual([])
  expect(await newChangePage(stranger, source)).toMatchObject({ assets: 0, licences: 0, wordings: [] })
  expect(await licencesResting(stranger, assetId)).toBe(0)
})

test('lines are filtered, and leave as a table with their words and their money', async () => {
  const ctx = as(manager)
  expect((await changePlanPage(ctx, planId, { loses: 'whole' })).shown).toBe(0)
  expect((await changePlanPage(ctx, planId, { kind: 'LICENCE', decision: 'open', loses: 'part' })).shown).toBe(1)
  expect((await changePlanPage(ctx, planId, { decision: 'failed' })).shown).toBe(0)
  const { name, chunks } = await exportChangeCsv(ctx, planId)
  let csv = ''
  for await (const chunk of chunks) csv += chunk
  expect(name).toBe('change-AG-7.csv')
  expect(csv.trim().split('\r\n')).toHaveLength(2)
  expect(csv).toContain('LICENCE,Harbour at dawn,CM-2026-')
})

test('the form knows how the paper reads, what rests on it, and which papers a picture has', async () => {
  const ctx = as(manager)
  expect(await newChangePage(ctx, source)).toMatchObject({
    assets: 1,
    licences: 1,
    wordings: [{ assets: 1 }],
    scope: { media: ['ALL'], from: '2020-01-01' },
  })
  const chosen = await newChangePage(ctx, { by: 'assets', reference: '', assetIds: [assetId] })
  expect(chosen.papers).toEqual([{ by: 'contract', reference: 'AG-7', assets: 1 }])
  expect(await licencesResting(ctx, assetId)).toBe(1)
})

test('a form that says too little is answered with what to do', () => {
  const said = {
    source: { by: 'contract', reference: 'AG-7' },
    zone: 'Europe/Berlin',
    reason: 'Notice',
    holderWords: 'No longer permitted.',
  }
  const messages = (kind: keyof typeof changeForms, sent: object) => {
    const read = changeForms[kind].safeParse(sent)
    return read.success ? [] : read.error.issues.map(({ message }) => message)
  }
  expect(messages('END_CONTRACT', { ...said, when: 'at-once' })).toEqual([])
  expect(messages('END_CONTRACT', { ...said, when: 'day', lastDay: '2027-02-30' })).toEqual([
    'Give a day as year-month-day, e.g. 2026-12-31.',
  ])
  expect(messages('WITHDRAW_CONSENT', { ...said, source: { by: 'release' }, firstDay: '2027-01-01' })).toEqual([
    'Say which contract, release or assets it is about.',
  ])
  const scope = { media: ['no-such'], territory: { include: ['WORLD'] }, from: '2027-01-01', until: '2026-01-01', zone: 'Europe/Berlin' }
  expect(messages('NARROW_CONTRACT', { ...said, terms: scope }).join(' ')).toContain('no-such')
  expect(messages('BAN', { ...said, holderWords: '', terms: { ...scope, media: ['ALL'], until: '' } })).toEqual(
    expect.arrayContaining(['Write the sentence that holders will read.', 'Choose one.']),
  )
})

test('a dropped plan stays in the list, under its state', async () => {
  await dropChange(as(manager), { planId })
  const list = await changePlans(as(manager), { state: 'DROPPED' })
  expect(list).toMatchObject({ counts: { DROPPED: 1 }, items: [{ id: planId }], next: null })
  expect((await changePlans(as(manager), { state: 'DRAFT' })).items).toEqual([])
})
