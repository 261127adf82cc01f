import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson, type AssetFields } from '#services/testing/world.ts'
import { reviewPage } from '../review/review-view.ts'
import { assetDetail } from './asset-view.ts'
import { editAsset } from './metadata.ts'
import { submitAsset } from '../review/reviews.ts'
import { editAssetInput } from './schema.ts'
import { queueHead, queueList } from '../review/views.ts'
import { taskFilterOf } from '../review/rules/filter.ts'
import { libraryList } from './views.ts'

let t: TestDb
let ctx: TestContext
let house: { id: string }
let librarian: Person
let reviewer: Person
beforeAll(async () => {
  t = await testDb()
  const bare = testContext(t.db)
  house = await aHouse(bare)
  librarian = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena' })
  reviewer = await aPerson(bare, { houseId: house.id, roles: ['REVIEWER'], name: 'Rui' })
  ctx = asActor(bare, librarian)
})
afterAll(() => t[Symbol.asyncDispose]())

const draft = (fields: Partial<AssetFields> = {}) => anAsset(ctx, { houseId: house.id, state: 'DRAFT', ...fields })
const by = (person: Person) => asActor(ctx, person)
async function submitted() {
  const asset = await draft()
  const outcome = await submitAsset(ctx, { assetId: asset.id, note: 'Please' })
  if (!outcome.ok) throw new Error(outcome.error)
  return { assetId: asset.id, reviewId: outcome.value.reviewId }
}

describe('editing', () => {
  const form = (assetId: string, more: Record<string, unknown> = {}) =>
    editAssetInput.parse({
      assetId,
      title: 'Harbour',
      altText: 'Boats',
      creator: 'Ada',
      keywords: 'sea, sea; dawn',
      kind: 'PHOTOGRAPH',
      audience: 'STORE',
      sellsRoyaltyFree: 'on',
      showsPeople: 'no',
      showsProperty: 'no',
      ...more,
    })

  test('writes what was said and what it was before', async () => {
    const asset = await draft()
    const outcome = await editAsset(
      ctx,
      form(asset.id, { showsPeople: 'yes', showsProperty: 'unknown', priceFactor: '150', dateCreated: '2024-05' }),
    )
    expect(outcome.ok && outcome.value.changed).toContain('title')
    expect(await t.db.asset.findUnique({ where: { id: asset.id } })).toMatchObject({
      title: 'Harbour',
      keywords: ['sea', 'dawn'],
      showsPeople: true,
      showsProperty: null,
      priceFactorBp: 15_000,
      dateCreated: '2024-05',
      sellsRightsManaged: false,
    })
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { subjectId: asset.id, type: 'asset.edited' } })
    expect(JSON.parse(fact.body)).toMatchObject({ data: { changes: { title: { from: 'Harbour at dawn', to: 'Harbour' } } } })
    expect(
      await editAsset(ctx, form(asset.id, { showsPeople: 'yes', showsProperty: 'unknown', priceFactor: '150', dateCreated: '2024-05' })),
    ).toEqual({ ok: true, value: { assetId: asset.id, changed: [] } })
  })

  test('does not overwrite what somebody else wrote meanwhile', async () => {
    const asset = await draft()
    const seenAt = asset.changedAt.toISOString()
    ctx.clock.advance(1000)
    const outcomes = await Promise.all([
      editAsset(ctx, form(asset.id, { seenAt, title: 'One' })),
      editAsset(ctx, form(asset.id, { seenAt, title: 'Two' })),
    ])
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error)).sort()).toEqual(['changed-meanwhile', 'ok'])
  })

  test('leaves a published asset fit to be seen, and the archive alone', async () => {
    const live = await anAsset(ctx, { houseId: house.id })
    expect(await editAsset(ctx, form(live.id, { altText: '' }))).toMatchObject({
      error: 'published-needs',
      detail: [expect.stringContaining('alternative text')],
    })
    const archived = await anAsset(ctx, { houseId: house.id, state: 'ARCHIVED' })
    expect(await editAsset(ctx, form(archived.id))).toMatchObject({ error: 'asset-archived' })
  })

  test('takes unmarked previews away when a logo goes on sale', async () => {
    const logo = await draft({ kind: 'LOGO', audience: 'PORTAL' })
    await t.db.rendition.updateMany({ where: { versionId: logo.currentVersionId ?? '' }, data: { watermarked: false } })
    await editAsset(ctx, form(logo.id, { kind: 'LOGO', audience: 'STORE' }))
    const left = await t.db.rendition.findMany({ where: { versionId: logo.currentVersionId ?? '' }, orderBy: { preset: 'asc' } })
    expect(left.map(({ preset }) => preset)).toEqual(['clean-grid', 'web'])
  })

  test("a contributor's own drafts, and nothing else", async () => {
    const contributor = await aPerson(ctx, { houseId: house.id, roles: ['CONTRIBUTOR'] })
    const own = await draft({ createdById: contributor.userId })
    expect(await editAsset(by(contributor), form(own.id))).toMatchObject({ ok: true })
    const other = await draft()
    await expect(editAsset(by(contributor), form(other.id))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('views', () => {
  test('the list obeys its filters, counts beside them, and pages without a gap', async () => {
    const other = await aHouse(ctx)
    const keeper = by(await aPerson(ctx, { houseId: other.id, roles: ['LIBRARIAN'] }))
    expect(await libraryList(keeper, {})).toMatchObject({ items: [], next: null, counts: { ALL: 0 }, mayUpload: true })
    for (let i = 0; i < 50; i++)
      await t.db.asset.create({
        data: { id: `ast_list${i}`, houseId: other.id, title: `Picture ${i}`, createdAt: ctx.clock.now(), changedAt: ctx.clock.now() },
      })
    await anAsset(ctx, { houseId: other.id, title: 'Lighthouses by night', kind: 'ILLUSTRATION' })
    await anAsset(ctx, { houseId: other.id, state: 'ARCHIVED' })
    const first = await libraryList(keeper, {})
    const second = await libraryList(keeper, { after: first.next ?? '' })
    expect(first.counts).toMatchObject({ ALL: 51, DRAFT: 50, PUBLISHED: 1, ARCHIVED: 1 })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(51)
    expect(second.next).toBeNull()
    expect((await libraryList(keeper, { text: 'lighthouse' })).items).toHaveLength(1)
    expect((await libraryList(keeper, { text: 'harbour.jp', kind: 'ILLUSTRATION' })).items, 'by file name').toHaveLength(1)
    expect((await libraryList(keeper, { text: '100%_' })).items).toEqual([])
    expect((await libraryList(keeper, { state: 'ARCHIVED' })).items).toHaveLength(1)
  })

  test('the queue shows who waits longest first', async () => {
    await submitted()
    ctx.clock.advance(60_000)
    await submitted()
    const { looker, filter } = await queueHead(by(reviewer), taskFilterOf(new URLSearchParams()))
    expect(filter.tab).toBe('mine')
    const queue = await queueList(by(reviewer), looker, filter, null)
    expect(queue.items.map(({ openedAt }) => openedAt.getTime())).toEqual(
      queue.items.map(({ openedAt }) => openedAt.getTime()).sort((a, b) => a - b),
    )
    expect(queue.items[0]?.askedBy).toBe('Lena')
  })

  test('one asset with its checks, its history and its buttons', async () => {
    const { assetId, reviewId } = await submitted()
    const detail = await assetDetail(ctx, assetId)
    expect(detail.may).toMatchObject({ edit: true, submit: false, publish: false, archive: false, replace: true })
    expect(detail.checks.filter(({ ok }) => !ok).map(({ label }) => label)).toEqual(['This version approved'])
    expect(detail.history[0]).toMatchObject({ type: 'asset.submitted', actorName: 'Lena' })
    const page = await reviewPage(by(reviewer), reviewId)
    expect(page).toMatchObject({ mayReview: true, own: false, version: { number: 1 }, review: { note: 'Please', askedBy: 'Lena' } })
    const customer = { ...librarian, orgKind: 'CUSTOMER', roles: ['CUSTOMER'] } as const
    await expect(assetDetail(by(customer), assetId)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
