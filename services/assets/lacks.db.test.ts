import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { alikeIn, lacking, lacksByAsset } from './lacks.ts'
import { editAsset } from './metadata.ts'
import { saveField } from './own-field-editing.ts'
import { publishingFactsOf } from './publishing-facts.ts'
import { asSent } from './record-as-sent.ts'
import { countLacks, lacksNow, unmetOf } from './rules/lacks.ts'
import { describedChecks, publishingChecks } from './rules/publishable.ts'
import { sheetWordsOf, type SheetWords } from './rules/sheet-words.ts'
import { recordsAsCsv } from './record-file.ts'
import { editAssetInput, readSheetRow } from './schema.ts'
import { keepSelection } from './selections.ts'
import { fillSheet, sheetPage } from './sheet.ts'
import { saveFieldInput } from './vocabulary-schema.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
beforeAll(async () => {
  t = await testDb()
})
afterAll(async () => t[Symbol.asyncDispose]())
beforeEach(async () => {
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  ctx = asActor(base, await aPerson(base, { houseId, roles: ['LIBRARIAN'], name: 'Lena Brandt' })) as TestContext
})

const states = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'ON_HOLD', 'EXPIRED', 'WITHDRAWN', 'ARCHIVED'] as const
const assetOf = (id: string) => ctx.db.asset.findUniqueOrThrow({ where: { id } })
const selected = async (ids: readonly string[]) => {
  const kept = await keepSelection(ctx, { ids })
  if (!kept.ok) throw new Error(kept.error)
  return kept.value.id
}

/** Drafts of all sorts: each third has no words, each second nothing held, and so on. */
async function drafts(n: number) {
  const ids: string[] = []
  for (let i = 0; i < n; i++) {
    const state = states[i % states.length] as (typeof states)[number]
    const audience = (['STORE', 'PORTAL', 'INTERNAL'] as const)[i % 3] as 'STORE'
    const { id } = await anAsset(ctx, {
      houseId,
      title: `Picture ${i}`,
      state,
      audience,
      held: i % 2 === 0,
      kind: i % 5 === 0 ? 'LOGO' : 'PHOTOGRAPH',
    })
    if (state !== 'PUBLISHED')
      await ctx.db.asset.update({
        where: { id },
        data: {
          ...(i % 3 === 0 && { altText: ' \n' }),
          ...(i % 4 === 0 && { creator: '', creditLine: i % 8 === 0 ? '' : 'Northlight' }),
          ...(i % 5 === 0 && { showsPeople: null }),
          ...(i % 7 === 0 && { sellsRoyaltyFree: false, sellsRightsManaged: false }),
          ...(i % 6 === 0 && { useEndsAt: new Date(ctx.clock.now().getTime() - 1) }),
        },
      })
    ids.push(id)
  }
  return ids
}

test('what is lacking by one statement is what the record’s own rule says of each', async () => {
  const wanted = [
    ['Campaign', 'PUBLISHING', ['PHOTOGRAPH']],
    ['Season', 'REVIEW', ['PHOTOGRAPH', 'LOGO']],
    ['Mood', 'NEVER', ['PHOTOGRAPH']],
  ] as const
  for (const [seenVersion, [label, need, kinds]] of wanted.entries()) {
    const field = saveFieldInput.parse({ seenVersion, code: label.toLowerCase(), label, kinds, type: 'TEXT', need, seen: 'on' })
    expect(await saveField(ctx, field)).toMatchObject({ ok: true })
  }
  const fields = await ctx.db.ownField.findMany({ where: { houseId }, orderBy: { label: 'asc' } })
  const ids = await drafts(24)
  const values = ['Autumn', '  ', '']
  for (const [i, id] of ids.entries()) {
    const { state } = await assetOf(id)
    const value = values[i % 4]
    if (state === 'DRAFT' && value !== undefined)
      await ctx.db.asset.update({ where: { id }, data: { customFields: Object.fromEntries(fields.map((field) => [field.id, value])) } })
  }
  const assets = await ctx.db.asset.findMany({ where: { id: { in: ids } }, omit: { no: true } })
  const facts = await publishingFactsOf(ctx, assets, ctx.clock.now())
  const byAsset = await lacksByAsset(ctx, ids)
  const counted = { review: 0, publishing: 0 }
  for (const asset of assets) {
    const of = facts.get(asset.id)
    if (!of) throw new Error('no facts')
    const forPublishing = unmetOf(publishingChecks(of))
    expect(byAsset.get(asset.id) ?? [], asset.title).toEqual(lacksNow({ state: asset.state, forPublishing }))
    counted.review += unmetOf(describedChecks(of)).length
    counted.publishing += forPublishing.length
  }
  const groups = await alikeIn(ctx, await selected(ids))
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(24)
  expect(groups.reduce((sum, { count, forReview }) => sum + count * forReview.length, 0)).toBe(counted.review)
  expect(groups.reduce((sum, { count, forPublishing }) => sum + count * forPublishing.length, 0)).toBe(counted.publishing)
  expect(counted.review).toBeGreaterThan(10)
})

test('those that lack something are found in the selection’s order, as many as were counted, and nobody else’s', async () => {
  const ids = (await drafts(16)).reverse()
  const selectionId = await selected(ids)
  const counts = countLacks((await alikeIn(ctx, selectionId)).map((group) => ({ count: group.count, lacks: lacksNow(group) })))
  for (const { demand, label, count } of counts) {
    const found = await lacking(ctx, selectionId, [demand])
    expect(found.label).toBe(label)
    expect(found.ids).toHaveLength(count)
    expect(found.ids).toEqual(ids.filter((id) => found.ids.includes(id)))
  }
  expect(counts.map(({ demand }) => demand)).not.toContain('approval')
  expect((await lacking(ctx, selectionId, ['nothing-known'])).ids).toEqual([])
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] }))
  await expect(alikeIn(other, selectionId)).rejects.toThrow()
  await expect(lacking(other, selectionId, ['alt-text'])).rejects.toThrow()
  const stranger = asActor(ctx, await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['LIBRARIAN'] }))
  expect((await lacksByAsset(stranger, ids)).size).toBe(0)
})

const rowOf = async (id: string, change: Partial<SheetWords>, was?: SheetWords) => {
  const words = was ?? sheetWordsOf(await assetOf(id))
  const read = readSheetRow(id, words, { ...words, ...change })
  if (!('row' in read)) throw new Error(JSON.stringify(read.problems))
  return read.row
}

test('a sheet is written line by line, only what was changed, and shortens by what is complete', async () => {
  const [a, b, c] = (await drafts(24)).filter((_, i) => i % 24 === 0 || i % 24 === 8 || i % 24 === 16) as [string, string, string]
  const selectionId = await selected([a, b, c])
  for (const id of [a, b, c])
    await ctx.db.asset.update({ where: { id }, data: { altText: '', creator: '', creditLine: '', showsPeople: null, showsProperty: null } })
  const before = await sheetPage(ctx, selectionId, { every: false, from: 0 })
  expect(before.lines.map(({ id }) => id)).toEqual([a, b, c])
  expect(before).toMatchObject({ total: 3, size: 3, next: null })
  const filled = await fillSheet(ctx, {
    rows: [
      await rowOf(a, { altText: 'A boat', creator: 'Ada', showsPeople: 'no', showsProperty: 'no', keywords: 'sea, boat' }),
      await rowOf(b, {}),
      await rowOf(c, { altText: 'A harbour' }),
    ],
  })
  expect(filled.map(({ ok, changed }) => [ok, changed.length])).toEqual([
    [true, 5],
    [true, 0],
    [true, 1],
  ])
  expect(await assetOf(a)).toMatchObject({ altText: 'A boat', creator: 'Ada', keywords: ['sea', 'boat'], showsPeople: false })
  expect((await sheetPage(ctx, selectionId, { every: false, from: 0 })).lines.map(({ id }) => id)).toEqual([b, c])
  expect((await sheetPage(ctx, selectionId, { every: true, from: 1 })).lines.map(({ id }) => id)).toEqual([b, c])
  const facts = await ctx.db.auditFact.count({ where: { houseId, type: 'asset.edited' } })
  expect(facts).toBe(2)
})

test('a keyword that holds a separator stays one, on a sheet, in the record’s own form and in a file of records', async () => {
  const [a] = (await drafts(1)) as [string]
  const keywords = ['Lyon; Rhône', 'sea', 'rock, paper']
  await ctx.db.asset.update({ where: { id: a }, data: { keywords } })
  const words = sheetWordsOf(await assetOf(a))
  expect(editAssetInput.shape.keywords.parse(words.keywords)).toEqual(keywords)
  expect(await fillSheet(ctx, { rows: [await rowOf(a, { keywords: `${words.keywords}, dawn` })] })).toMatchObject([{ ok: true }])
  expect(await assetOf(a)).toMatchObject({ keywords: [...keywords, 'dawn'] })
  let file = ''
  for await (const part of recordsAsCsv(ctx, { ids: [a] })) file += part
  expect(file).toContain('"""Lyon; Rhône""; sea; ""rock, paper""; dawn"')
})

test('what somebody else wrote meanwhile is kept where it is another field, and never written over', async () => {
  const [a] = (await drafts(1)) as [string]
  const drawn = sheetWordsOf(await assetOf(a))
  expect(await editAsset(ctx, { ...asSent(await assetOf(a)), altText: 'Theirs' })).toMatchObject({ ok: true })
  expect(await fillSheet(ctx, { rows: [await rowOf(a, { creator: 'Ada' }, drawn)] })).toMatchObject([{ ok: true, changed: ['creator'] }])
  expect(await assetOf(a)).toMatchObject({ altText: 'Theirs', creator: 'Ada' })
  expect(await fillSheet(ctx, { rows: [await rowOf(a, { altText: 'Mine' }, drawn)] })).toMatchObject([
    { ok: false, error: 'written-meanwhile', detail: ['altText'] },
  ])
  expect(await assetOf(a)).toMatchObject({ altText: 'Theirs' })
})

test('a line that was saved beside a refused one is written on without being taken for somebody else’s', async () => {
  const [a] = (await drafts(1)) as [string]
  const drawn = sheetWordsOf(await assetOf(a))
  const [first] = await fillSheet(ctx, { rows: [await rowOf(a, { altText: 'A bot', keywords: 'sea;  boat' }, drawn)] })
  expect(first).toMatchObject({ ok: true, was: { ...drawn, altText: 'A bot', keywords: 'sea, boat' } })
  const [second] = await fillSheet(ctx, { rows: [await rowOf(a, { altText: 'A boat', keywords: 'sea' }, first?.was)] })
  expect(second).toMatchObject({ ok: true, changed: ['altText', 'keywords'] })
  const [refused] = await fillSheet(ctx, { rows: [await rowOf(a, { altText: 'Mine' }, drawn)] })
  expect(refused).toMatchObject({ ok: false, was: drawn })
})

test('a line that is refused stops no other, and says why', async () => {
  const gone = await anAsset(ctx, { houseId, state: 'ARCHIVED' })
  const live = await anAsset(ctx, { houseId, state: 'PUBLISHED' })
  const draft = await anAsset(ctx, { houseId, state: 'DRAFT' })
  const filled = await fillSheet(ctx, {
    rows: [await rowOf(gone.id, { altText: 'Late' }), await rowOf(live.id, { altText: '' }), await rowOf(draft.id, { altText: 'In time' })],
  })
  expect(filled).toMatchObject([{ error: 'asset-archived' }, { error: 'published-needs' }, { ok: true, changed: ['altText'] }])
  expect(
    readSheetRow(draft.id, sheetWordsOf(await assetOf(draft.id)), { ...sheetWordsOf(await assetOf(draft.id)), title: ' ' }),
  ).toMatchObject({
    problems: { title: ['Give it a title.'] },
  })
  const reader = asActor(ctx, await aPerson(ctx, { houseId, roles: ['REVIEWER'] }))
  await expect(fillSheet(reader, { rows: [] })).rejects.toThrow()
  await expect(sheetPage(reader, await selected([draft.id]), { every: false, from: 0 })).rejects.toThrow()
})
