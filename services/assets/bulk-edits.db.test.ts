import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson, type AssetFields } from '#services/testing/world.ts'
import { carryBulkEdit, carryPart, resumeBulkEdits } from './bulk-carrying.ts'
import { applyBulkEdit, dropBulkEdit, previewBulkEdit, undoBulkEdit } from './bulk-edits.ts'
import type { BulkChange } from './rules/bulk-changes.ts'

let t: TestDb
let ctx: TestContext
let house: { id: string }
let librarian: Person
beforeAll(async () => {
  t = await testDb()
  const bare = testContext(t.db)
  house = await aHouse(bare)
  librarian = await aPerson(bare, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena' })
  ctx = asActor(bare, librarian)
})
afterAll(() => t[Symbol.asyncDispose]())

const draft = (fields: Partial<AssetFields> = {}) => anAsset(ctx, { houseId: house.id, state: 'DRAFT', ...fields })
const row = (id: string) => t.db.asset.findUniqueOrThrow({ where: { id } })
const lines = (editId: string) => t.db.bulkEditItem.findMany({ where: { editId }, orderBy: { no: 'asc' } })
async function previewed(ids: string[], changes: BulkChange[]): Promise<string> {
  const outcome = await previewBulkEdit(ctx, { ids, changes })
  if (!outcome.ok) throw new Error(`${outcome.error} ${JSON.stringify(outcome.detail)}`)
  return outcome.value.editId
}
const title = (value: string): BulkChange => ({ field: 'title', op: 'set', value })

describe('a bulk edit', () => {
  test('is foreseen, done and undone, with a fact for itself and for each asset', async () => {
    const [one, two, same] = [await draft(), await draft({ keywords: ['sea'] }), await draft({ keywords: ['harbour', 'winter'] })]
    const changes: BulkChange[] = [
      { field: 'keywords', op: 'add', value: ['winter'] },
      { field: 'keywords', op: 'find', find: 'HARBOUR', put: 'port', exact: false },
    ]
    const editId = await previewed([one.id, two.id, same.id], changes)
    expect((await row(one.id)).keywords).toEqual(['harbour', 'boats'])
    expect(await lines(editId)).toMatchObject([
      { verdict: 'CHANGES', before: { keywords: ['harbour', 'boats'] }, after: { keywords: ['port', 'boats', 'winter'] }, over: true },
      { verdict: 'CHANGES', after: { keywords: ['sea', 'winter'] }, over: false },
      { verdict: 'CHANGES', after: { keywords: ['port', 'winter'] } },
    ])
    expect(await applyBulkEdit(ctx, { editId })).toEqual({ ok: true, value: { awaited: true } })
    expect((await row(one.id)).keywords).toEqual(['port', 'boats', 'winter'])
    expect(await t.db.bulkEdit.findUniqueOrThrow({ where: { id: editId } })).toMatchObject({ state: 'APPLIED' })
    expect(await t.db.auditFact.count({ where: { subjectId: { in: [one.id, two.id, same.id] }, type: 'asset.edited' } })).toBe(3)
    expect(await t.db.auditFact.count({ where: { subjectId: editId } })).toBe(2)
    expect(await applyBulkEdit(ctx, { editId })).toMatchObject({ error: 'not-a-draft' })

    // Somebody adds a word to one of them: it stays, and is listed.
    await t.db.asset.update({ where: { id: two.id }, data: { keywords: ['sea', 'winter', 'ice'] } })
    expect(await undoBulkEdit(ctx, { editId })).toMatchObject({ ok: true })
    expect((await row(one.id)).keywords).toEqual(['harbour', 'boats'])
    expect((await row(two.id)).keywords).toEqual(['sea', 'winter', 'ice'])
    expect((await lines(editId)).map(({ undone }) => undone)).toEqual(['RESTORED', 'KEPT', 'RESTORED'])
    expect(await undoBulkEdit(ctx, { editId })).toMatchObject({ error: 'not-applied' })
  })

  test('refuses what may not be touched, line by line, and says why', async () => {
    const live = await anAsset(ctx, { houseId: house.id })
    const archived = await draft({ state: 'ARCHIVED' })
    const held = await draft()
    await t.db
      .$executeRaw`INSERT INTO legal_holds (id, house_id, asset_id, matter, reason, set_by_id, set_at) VALUES (${newId('hld', ctx.clock.now())}, ${house.id}, ${held.id}, '12 O 34/26', 'A dispute', ${librarian.userId}, ${ctx.clock.now()})`
    const editId = await previewed([live.id, archived.id, held.id], [{ field: 'altText', op: 'clear' }])
    const problems = (await lines(editId)).map(({ verdict, problem }) => `${verdict} ${problem}`)
    expect(problems[0]).toMatch(/REFUSED It is published.*alternative text/)
    expect(problems[1]).toMatch(/REFUSED It is archived/)
    expect(problems[2]).toMatch(/REFUSED It is under a legal hold/)
    await applyBulkEdit(ctx, { editId })
    expect((await row(live.id)).altText).not.toBe('')
  })

  test('does not touch what changed since it was foreseen', async () => {
    const [one, two] = [await draft(), await draft()]
    const editId = await previewed([one.id, two.id], [title('Quay')])
    await t.db.asset.update({ where: { id: one.id }, data: { title: 'Mine' } })
    await t.db.asset.update({ where: { id: two.id }, data: { description: 'Elsewhere' } })
    await applyBulkEdit(ctx, { editId })
    expect([(await row(one.id)).title, (await row(two.id)).title]).toEqual(['Mine', 'Quay'])
    expect(await lines(editId)).toMatchObject([{ outcome: 'REFUSED', problem: expect.stringContaining('Title') }, { outcome: 'DONE' }])
  })

  test('is applied once by two who press at once, and two edits of the same assets are in order', async () => {
    const assets = await Promise.all([draft(), draft(), draft()])
    const ids = assets.map(({ id }) => id)
    const [a, b] = [await previewed(ids, [title('A')]), await previewed([...ids].reverse(), [title('B')])]
    const twice = await Promise.all([applyBulkEdit(ctx, { editId: a }), applyBulkEdit(ctx, { editId: a })])
    expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true])
    await applyBulkEdit(ctx, { editId: b })
    // B had seen the titles from before A: it overwrites nothing of it.
    expect((await Promise.all(ids.map(row))).map((one) => one.title)).toEqual(['A', 'A', 'A'])
    const [c, d] = [
      await previewed(ids, [title('C')]),
      await previewed([...ids].reverse(), [{ field: 'creator', op: 'set', value: 'Dora' }]),
    ]
    await Promise.all([applyBulkEdit(ctx, { editId: c }), applyBulkEdit(ctx, { editId: d })])
    expect((await Promise.all(ids.map(row))).map((one) => `${one.title} ${one.creator}`)).toEqual(['C Dora', 'C Dora', 'C Dora'])
  })

  test('is undone once, and an edit that races the undo is never lost', async () => {
    const asset = await draft()
    const editId = await previewed([asset.id], [title('Bulk')])
    await applyBulkEdit(ctx, { editId })
    const [undone, again] = await Promise.all([
      undoBulkEdit(ctx, { editId }),
      undoBulkEdit(ctx, { editId }),
      t.db.asset.update({ where: { id: asset.id }, data: { title: 'By hand' } }),
    ])
    expect([undone.ok, again.ok].sort()).toEqual([false, true])
    expect((await row(asset.id)).title).toBe('By hand')
  })

  test('is undone by what each asset has become: what was published before goes back whatever is asked of it now, what was published since does not', async () => {
    const bare = { altText: '' }
    const nameless = async (state: 'PUBLISHED' | 'APPROVED' | 'DRAFT') => {
      const asset = await anAsset(ctx, { houseId: house.id, state })
      await t.db.asset.update({ where: { id: asset.id }, data: bare })
      return asset
    }
    const [before, since, again, draftStill] = [
      await nameless('PUBLISHED'),
      await nameless('APPROVED'),
      await nameless('PUBLISHED'),
      await nameless('DRAFT'),
    ]
    const all = [before, since, again, draftStill]
    const editId = await previewed(
      all.map(({ id }) => id),
      [{ field: 'altText', op: 'set', value: 'Boats at a quay' }],
    )
    await applyBulkEdit(ctx, { editId })
    expect((await lines(editId)).map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE', 'DONE', 'DONE'])

    // One goes on sale for the first time, one leaves it and comes back: both with the text that the edit gave them.
    const later = new Date(ctx.clock.now().getTime() + 60_000)
    const live = (asset: { id: string; currentVersionId: string | null }) =>
      t.db.asset.update({
        where: { id: asset.id },
        data: { state: 'PUBLISHED', publishedAt: later, publishedVersionId: asset.currentVersionId },
      })
    await live(since)
    await t.db.asset.update({ where: { id: again.id }, data: { state: 'WITHDRAWN', withdrawnAt: later } })
    await live(again)

    expect(await undoBulkEdit(ctx, { editId })).toMatchObject({ ok: true })
    const texts = await Promise.all(all.map(async ({ id }) => (await row(id)).altText))
    expect(texts).toEqual(['', 'Boats at a quay', 'Boats at a quay', ''])
    const ends = await lines(editId)
    expect(ends.map(({ undone }) => undone)).toEqual(['RESTORED', 'KEPT', 'KEPT', 'RESTORED'])
    expect(ends[1]?.kept).toMatchObject({ fields: ['altText'], why: expect.stringMatching(/alternative text/i) })
    expect(await Promise.all(all.map(async ({ id }) => (await row(id)).state))).toEqual(['PUBLISHED', 'PUBLISHED', 'PUBLISHED', 'DRAFT'])
  })

  test('goes on where a killed worker stopped, and the timetable asks for that', async () => {
    const assets = await Promise.all([draft(), draft()])
    const editId = await previewed(
      assets.map(({ id }) => id),
      [title('Later')],
    )
    await t.db.bulkEdit.update({ where: { id: editId }, data: { state: 'APPLYING', appliedAt: ctx.clock.now() } })
    ctx.clock.advance(5 * 60_000)
    expect(await resumeBulkEdits(ctx)).toBe(1)
    await carryBulkEdit(ctx, { houseId: house.id, editId })
    expect(await t.db.bulkEdit.findUniqueOrThrow({ where: { id: editId } })).toMatchObject({ state: 'APPLIED' })
    expect(await carryPart(ctx, editId)).toBe(false)
    expect((await row(assets[0].id)).title).toBe('Later')
  })

  test('stops at the hands of somebody who lost the role', async () => {
    const leaver = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    const asset = await draft()
    const outcome = await previewBulkEdit(asActor(ctx, leaver), { ids: [asset.id], changes: [title('Gone')] })
    const editId = outcome.ok ? outcome.value.editId : ''
    await t.db.member.update({ where: { id: leaver.memberId }, data: { roles: ['AUDITOR'] } })
    await applyBulkEdit(asActor(ctx, leaver), { editId })
    expect(await lines(editId)).toMatchObject([{ outcome: 'REFUSED', problem: expect.stringContaining('may not edit') }])
  })

  test('is for librarians of the house, and about assets of the house', async () => {
    const auditor = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['AUDITOR'] }))
    await expect(previewBulkEdit(auditor, { ids: [], changes: [title('x')] })).rejects.toMatchObject({ code: 'forbidden' })
    const elsewhere = await aHouse(ctx)
    const theirs = await anAsset(ctx, { houseId: elsewhere.id, state: 'DRAFT' })
    expect(await previewBulkEdit(ctx, { ids: [theirs.id], changes: [title('x')] })).toMatchObject({ error: 'nothing-selected' })
    const stranger = asActor(ctx, await aPerson(ctx, { houseId: elsewhere.id, roles: ['LIBRARIAN'] }))
    const editId = await previewed([(await draft()).id], [title('x')])
    await expect(applyBulkEdit(stranger, { editId })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('refuses changes that make no sense, and is dropped without a trace', async () => {
    const asset = await draft()
    expect(await previewBulkEdit(ctx, { ids: [asset.id], changes: [] })).toMatchObject({ error: 'nothing-to-do' })
    expect(await previewBulkEdit(ctx, { ids: [asset.id], changes: [{ field: 'title', op: 'clear' }] })).toMatchObject({
      error: 'bad-change',
    })
    expect(await previewBulkEdit(ctx, { ids: [asset.id], changes: [{ field: 'own.fld_x', op: 'clear' }] })).toMatchObject({
      error: 'bad-change',
    })
    const many = Array.from({ length: 20_001 }, () => asset.id)
    expect(await previewBulkEdit(ctx, { ids: many, changes: [title('x')] })).toMatchObject({ ok: true })
    const editId = await previewed([asset.id], [title('x')])
    expect(await dropBulkEdit(ctx, { editId })).toMatchObject({ ok: true })
    expect(await dropBulkEdit(ctx, { editId })).toMatchObject({ error: 'not-a-draft' })
  })

  test('changes the kind of previews when an audience changes, and fills from files', async () => {
    const asset = await draft({ title: 'Placeholder' })
    await t.db.assetVersion.update({
      where: { id: asset.currentVersionId ?? '' },
      data: { embedded: { description: 'From the camera', headline: 'Ignored', keywords: ['tide'] } },
    })
    const editId = await previewed(
      [asset.id],
      [
        { field: 'description', op: 'from-file', over: false },
        { field: 'keywords', op: 'from-file', over: false },
        { field: 'audience', op: 'set', value: 'INTERNAL' },
        { field: 'iptc.headline', op: 'set', value: 'News' },
        { field: 'showsPeople', op: 'clear' },
      ],
    )
    await applyBulkEdit(ctx, { editId })
    expect(await row(asset.id)).toMatchObject({
      description: 'From the camera',
      keywords: ['harbour', 'boats'],
      audience: 'INTERNAL',
      iptc: { headline: 'News' },
      showsPeople: null,
    })
  })
})
