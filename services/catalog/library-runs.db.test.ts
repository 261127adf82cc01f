import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { enqueueBulkEdit, enqueueDerive } from '../assets/jobs.ts'
import { keepSelection, resolveSelection, selectedIds, selectionOf, sweepSelections } from '../assets/selections.ts'
import type { Person } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { ok } from '../kernel/result.ts'
import { createCollection } from './collections.ts'
import {
  arrangeDesk,
  changeView,
  dropView,
  emptyTray,
  moveOnTray,
  preferView,
  putOnTray,
  rememberSearch,
  saveView,
  selectTray,
  takeOffTray,
} from './library-desk.ts'
import { carryOutRun, outlooksOf, resumeRuns, runPage, startRun, stopRun, undoRun } from './library-runs.ts'
import { completeLibrary } from './library-completions.ts'
import { libraryDesk, libraryPage, trayPage } from './library-views.ts'
import { readLibraryWish } from './rules/library-wish.ts'
import type { LibraryAct } from './library-acts.ts'

let t: TestDb
let ctx: TestContext
let lena: Person
let houseId: string
beforeAll(async () => {
  t = await testDb()
})
afterAll(async () => t[Symbol.asyncDispose]())
beforeEach(async () => {
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  lena = await aPerson(base, { houseId, roles: ['LIBRARIAN'], name: 'Lena Brandt' })
  ctx = asActor(base, lena) as TestContext
})

const doers = { lightbox: () => Promise.resolve(ok(null)) }
const some = async (n: number, fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
  const ids: string[] = []
  for (let i = 0; i < n; i++) ids.push((await anAsset(ctx, { houseId, title: `Asset ${i}`, ...fields })).id)
  return ids
}
const selected = async (ids: readonly string[]) => {
  const kept = await keepSelection(ctx, { ids })
  if (!kept.ok) throw new Error(kept.error)
  return kept.value.id
}
const run = async (ids: readonly string[], act: LibraryAct) => {
  const { runId } = await startRun(ctx, { selectionId: await selected(ids), act })
  await carryOutRun(ctx, { houseId, runId }, doers)
  return runPage(ctx, runId)
}

test('a selection is its picker’s own, in order, and ends', async () => {
  const ids = await some(3)
  const theirs = await anAsset(ctx, { houseId: (await aHouse(ctx)).id })
  const id = await selected([ids[2] as string, ids[0] as string, 'ast_nobody', theirs.id, ids[2] as string])
  expect((await selectionOf(ctx, id)).total, 'another house’s asset is not counted either').toBe(2)
  const parts: string[] = []
  for await (const part of resolveSelection(ctx, { selectionId: id })) parts.push(...part)
  expect(parts).toEqual([ids[2], ids[0]])
  expect(await selectedIds(ctx, { selectionId: id }, 1)).toMatchObject({ ok: false, error: 'too-many-selected' })
  expect(await keepSelection(ctx, { ids: [] })).toMatchObject({ ok: false, error: 'nothing-selected' })
  expect(await keepSelection(ctx, { ids: Array.from({ length: 100_001 }, String) })).toMatchObject({
    ok: false,
    error: 'too-many-selected',
  })
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] }))
  await expect(selectionOf(other, id)).rejects.toThrow()
  const later = { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 8 * 86_400_000) } }
  await expect(selectionOf(later, id)).rejects.toThrow()
  expect(await sweepSelections(later)).toBeGreaterThan(0)
})

test('an act is done with those that can, each other is named with its reason, and it is taken back', async () => {
  const drafts = await some(2, { state: 'DRAFT' })
  const live = await some(1, { state: 'PUBLISHED' })
  const outlook = await outlooksOf(ctx, await selected([...drafts, ...live]), ['archive', 'withdraw'])
  expect(outlook.by.archive).toEqual({ can: 2, cannot: [{ why: 'published', count: 1 }] })
  expect(outlook.by.withdraw?.can).toBe(1)
  const page = await run([...drafts, ...live], { verb: 'archive', reason: 'Not needed any more.' })
  expect(page).toMatchObject({ state: 'DONE', done: 2, failed: 1, mayUndo: true })
  expect(page.left).toMatchObject([{ why: 'wrong-state', count: 1, assets: [{ id: live[0] }] }])
  const undo = await undoRun(ctx, { runId: page.id })
  expect(undo.ok).toBe(true)
  if (undo.ok) await carryOutRun(ctx, { houseId, runId: undo.value.runId }, doers)
  const states = await ctx.db.asset.findMany({ where: { id: { in: drafts } }, select: { state: true } })
  expect(states.map(({ state }) => state)).toEqual(['DRAFT', 'DRAFT'])
  expect(await undoRun(ctx, { runId: page.id })).toMatchObject({ ok: false, error: 'undone-already' })
})

test('what cannot be undone says so', async () => {
  const waiting = await startRun(ctx, { selectionId: await selected(await some(1)), act: { verb: 'archive', reason: 'Old.' } })
  expect(await undoRun(ctx, waiting)).toMatchObject({ ok: false, error: 'not-ended' })
  const submitted = await run(await some(1, { state: 'DRAFT' }), { verb: 'submit', note: '' })
  expect(await undoRun(ctx, { runId: submitted.id })).toMatchObject({ ok: false, error: 'cannot-be-undone' })
  const inVain = await run(await some(1, { state: 'PUBLISHED' }), { verb: 'archive', reason: 'Old.' })
  expect(await undoRun(ctx, { runId: inVain.id })).toMatchObject({ ok: false, error: 'nothing-done' })
})

test('two workers at once do each asset once', async () => {
  const ids = await some(60, { state: 'DRAFT', held: false })
  const { runId } = await startRun(ctx, { selectionId: await selected(ids), act: { verb: 'archive', reason: 'Old stock.' } })
  await Promise.all([carryOutRun(ctx, { houseId, runId }, doers), carryOutRun(ctx, { houseId, runId }, doers)])
  expect(await runPage(ctx, runId)).toMatchObject({ state: 'DONE', done: 60, failed: 0 })
  expect(await ctx.db.auditFact.count({ where: { houseId, type: 'asset.archived' } })).toBe(60)
})

test('two acts on the same assets at once: each asset goes one way', async () => {
  const ids = await some(5, { state: 'DRAFT', held: false })
  const [a, b] = await Promise.all([
    run(ids, { verb: 'archive', reason: 'Old stock.' }),
    run(ids, { verb: 'archive', reason: 'Old stock.' }),
  ])
  expect(a.done + b.done).toBe(5)
})

test('who has lost the role does nothing more; who is gone stops the run', async () => {
  const ids = await some(2, { state: 'DRAFT' })
  const { runId } = await startRun(ctx, { selectionId: await selected(ids), act: { verb: 'archive', reason: 'Old stock.' } })
  await ctx.db.member.update({ where: { id: lena.memberId }, data: { roles: ['FINANCE'] } })
  await carryOutRun(ctx, { houseId, runId }, doers)
  expect(await runPage(ctx, runId)).toMatchObject({ done: 0, failed: 2 })
  await ctx.db.member.update({ where: { id: lena.memberId }, data: { roles: ['LIBRARIAN'] } })
  const second = await startRun(ctx, { selectionId: await selected(ids), act: { verb: 'archive', reason: 'Old stock.' } })
  await ctx.db.member.update({ where: { id: lena.memberId }, data: { endedAt: ctx.clock.now() } })
  await carryOutRun(ctx, { houseId, runId: second.runId }, doers)
  expect(await runPage(ctx, second.runId)).toMatchObject({ state: 'STOPPED', done: 0 })
})

test('a run is stopped where it stands, and a silent one is taken up again', async () => {
  const ids = await some(1, { state: 'DRAFT' })
  const { runId } = await startRun(ctx, { selectionId: await selected(ids), act: { verb: 'archive', reason: 'Old stock.' } })
  expect(await resumeRuns({ ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 600_000) } })).toBeGreaterThanOrEqual(1)
  expect(await stopRun(ctx, { runId })).toMatchObject({ ok: true })
  expect(await stopRun(ctx, { runId })).toMatchObject({ ok: false, error: 'already-ended' })
  await carryOutRun(ctx, { houseId, runId }, doers)
  expect(await runPage(ctx, runId)).toMatchObject({ state: 'STOPPED', done: 0 })
})

test('an undo whose worker is killed in its middle is taken up again, and brings each asset back once', async () => {
  const at = ctx.clock.now()
  const drafts = Array.from({ length: 120 }, () => newId('ast', at)).map((id) => ({ id, houseId, title: id, createdAt: at, changedAt: at }))
  await ctx.db.asset.createMany({ data: drafts })
  const page = await run(
    drafts.map(({ id }) => id),
    { verb: 'archive', reason: 'Old stock.' },
  )
  expect(page.done).toBe(120)
  const undo = await undoRun(ctx, { runId: page.id })
  if (!undo.ok) throw new Error(undo.error)
  const { runId } = undo.value
  let steps = 0
  const $transaction = (...args: Parameters<typeof t.db.$transaction>) => {
    if (++steps > 1) throw new Error('killed')
    return t.db.$transaction(...args)
  }
  const dying = new Proxy(t.db, { get: (db, name) => (name === '$transaction' ? $transaction : Reflect.get(db, name)) as unknown })
  await expect(carryOutRun({ ...ctx, db: dying }, { houseId, runId }, doers)).rejects.toThrow('killed')
  expect(await runPage(ctx, runId)).toMatchObject({ state: 'RUNNING', done: 50, endedAt: null })
  // Neither is done once more while the other waits: not by hand, and not too early by the clock.
  expect(await undoRun(ctx, { runId: page.id })).toMatchObject({ error: 'undone-already' })
  const jobs = () => ctx.db.$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs WHERE key = ${runId}`
  await ctx.db.$executeRaw`SELECT graphile_worker.remove_job(${runId})`
  await resumeRuns(ctx)
  expect(await jobs()).toEqual([])
  await resumeRuns({ ...ctx, clock: { now: () => new Date(at.getTime() + 600_000) } })
  expect(await jobs()).toEqual([{ key: runId }])
  await Promise.all([carryOutRun(ctx, { houseId, runId }, doers), carryOutRun(ctx, { houseId, runId }, doers)])
  expect(await runPage(ctx, runId)).toMatchObject({ state: 'DONE', done: 120, failed: 0 })
  expect(await ctx.db.asset.count({ where: { houseId, state: 'DRAFT' } })).toBe(120)
  expect(await ctx.db.auditFact.count({ where: { houseId, type: 'asset.restored' } })).toBe(120)
})

test('an undo that was stopped says how far it came and is gone on with, from the page of either', async () => {
  const drafts = await some(60, { state: 'DRAFT', held: false })
  const page = await run(drafts, { verb: 'archive', reason: 'Old stock.' })
  expect(page).toMatchObject({ done: 60, mayUndo: true, takenBack: null })
  const undo = await undoRun(ctx, { runId: page.id })
  if (!undo.ok) throw new Error(undo.error)
  const { runId } = undo.value
  // Its user stops it when the first step is done.
  let steps = 0
  const $transaction = async (...args: Parameters<typeof t.db.$transaction>) => {
    if (++steps === 2) await stopRun(ctx, { runId })
    return t.db.$transaction(...args)
  }
  const watched = new Proxy(t.db, { get: (db, name) => (name === '$transaction' ? $transaction : Reflect.get(db, name)) as unknown })
  await carryOutRun({ ...ctx, db: watched }, { houseId, runId }, doers)
  expect(await runPage(ctx, page.id)).toMatchObject({ mayUndo: true, takenBack: { runId, state: 'STOPPED', done: 50, failed: 0, total: 60 } })
  expect(await runPage(ctx, runId)).toMatchObject({ state: 'STOPPED', mayGoOn: true, mayUndo: false, undoes: page.id })
  // Somebody else's is nobody's business, and of two at once one goes on.
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })) as TestContext
  await expect(undoRun(other, { runId })).rejects.toThrow('no run')
  const both = await Promise.all([undoRun(ctx, { runId: page.id }), undoRun(ctx, { runId })])
  expect(both.filter((one) => one.ok)).toMatchObject([{ value: { runId } }])
  expect(await runPage(ctx, page.id)).toMatchObject({ mayUndo: false, takenBack: { state: 'WAITING' } })
  expect(await ctx.db.$queryRaw`SELECT key FROM graphile_worker.jobs WHERE key = ${runId}`).toEqual([{ key: runId }])
  // What somebody else has brought back meanwhile is not brought back by it, and is counted.
  const rest = await ctx.db.asset.findFirstOrThrow({ where: { houseId, state: 'ARCHIVED' } })
  await ctx.db.asset.update({ where: { id: rest.id }, data: { state: 'DRAFT' } })
  await carryOutRun(ctx, { houseId, runId }, doers)
  expect(await runPage(ctx, page.id)).toMatchObject({ mayUndo: false, takenBack: { state: 'DONE', done: 59, failed: 1, total: 60 } })
  expect(await undoRun(ctx, { runId: page.id })).toMatchObject({ error: 'undone-already' })
  expect(await undoRun(ctx, { runId })).toMatchObject({ error: 'cannot-be-undone' })
  expect(await ctx.db.auditFact.count({ where: { houseId, type: 'asset.restored' } })).toBe(59)
})

test('into a collection and out of it again', async () => {
  const ids = await some(2)
  const { collectionId } = await createCollection(ctx, { title: 'Spring', description: '', featured: false })
  const page = await run(ids, { verb: 'collect', collectionId })
  expect(page).toMatchObject({ done: 2, failed: 0, mayUndo: true })
  expect((await run(ids, { verb: 'collect', collectionId })).left).toMatchObject([{ why: 'already-there', count: 2 }])
  const undo = await undoRun(ctx, { runId: page.id })
  if (undo.ok) await carryOutRun(ctx, { houseId, runId: undo.value.runId }, doers)
  expect(await ctx.db.collectionItem.count({ where: { collectionId } })).toBe(0)
})

test('more than a tray holds is put there wholly or not at all', async () => {
  const at = ctx.clock.now()
  const [kept, ...rest] = Array.from({ length: 1_003 }, () => newId('ast', at))
  const drafts = [kept ?? '', ...rest].map((id) => ({ id, houseId, title: id, createdAt: at, changedAt: at }))
  await ctx.db.asset.createMany({ data: drafts })
  expect(await putOnTray(ctx, { ids: [kept ?? ''] })).toMatchObject({ ok: true })
  const full = { ok: false, error: 'tray-full', detail: { most: 1_000, room: 999 } }
  expect(await putOnTray(ctx, { ids: rest })).toMatchObject(full)
  expect(await putOnTray(ctx, { selectionId: await selected(rest) })).toMatchObject(full)
  expect((await trayPage(ctx)).total).toBe(1)
  expect(await putOnTray(ctx, { ids: rest.slice(0, 999) })).toMatchObject({ ok: true, value: { added: 999, total: 1_000 } })
  expect(await putOnTray(ctx, { ids: rest.slice(0, 999) })).toMatchObject({ ok: true, value: { added: 0, total: 1_000 } })
  expect(await putOnTray(ctx, { ids: rest.slice(998, 1_000) })).toMatchObject({ ok: false, detail: { room: 0 } })
})

test('the tray keeps what was put there, in order, and is put back after it was emptied', async () => {
  const [a, b, c] = (await some(3)) as [string, string, string]
  expect(await putOnTray(ctx, { ids: [a, b] })).toMatchObject({ ok: true, value: { added: 2, total: 2 } })
  expect(await putOnTray(ctx, { ids: [b, c] })).toMatchObject({ ok: true, value: { added: 1, total: 3 } })
  await moveOnTray(ctx, { assetId: c, before: a })
  expect((await trayPage(ctx)).cards.map(({ id }) => id)).toEqual([c, a, b])
  await moveOnTray(ctx, { assetId: c, before: null })
  await takeOffTray(ctx, [a])
  expect((await trayPage(ctx)).cards.map(({ id }) => id)).toEqual([b, c])
  expect(await selectTray(ctx)).toMatchObject({ ok: true, value: { total: 2 } })
  const emptied = await emptyTray(ctx)
  expect(await emptyTray(ctx)).toMatchObject({ ok: false, error: 'nothing-selected' })
  if (emptied.ok) await putOnTray(ctx, { selectionId: emptied.value.id })
  expect((await trayPage(ctx)).cards.map(({ id }) => id)).toEqual([b, c])
  await Promise.all([putOnTray(ctx, { ids: [a] }), putOnTray(ctx, { ids: [a] })])
  expect((await trayPage(ctx)).total).toBe(3)
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] }))
  expect((await trayPage(other)).total).toBe(0)
})

test('kept searches have live counts, are shared by librarians, and one of them opens first', async () => {
  await some(2, { state: 'DRAFT' })
  const saved = await saveView(ctx, { name: 'Drafts', search: 'f=state:DRAFT&after=x&utm=1', shared: true })
  expect(saved.ok).toBe(true)
  const viewId = saved.ok ? saved.value.viewId : ''
  const page = await libraryPage(ctx, readLibraryWish(new URLSearchParams()))
  expect(page.views).toMatchObject([{ name: 'Drafts', search: 'f=state%3ADRAFT', shared: true, mine: true, count: 2, isDefault: false }])
  expect(page.cards).toHaveLength(2)
  expect(page.facets.find(({ name }) => name === 'state')?.choices).toEqual([{ value: 'DRAFT', label: 'Draft', count: 2, on: false }])
  const other = asActor(ctx, await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] }))
  await preferView(other, { viewId })
  expect(await libraryDesk(other)).toMatchObject({ defaultViewId: viewId, views: [{ mine: false, owner: 'Lena Brandt' }] })
  await expect(saveView(other, { name: 'x', search: '', shared: true })).rejects.toThrow()
  await expect(changeView(other, { viewId, name: 'Mine', shared: false })).rejects.toThrow()
  await changeView(ctx, { viewId, name: 'All drafts', shared: false })
  await expect(preferView(other, { viewId: 'lvw_none' })).rejects.toThrow()
  await dropView(ctx, { viewId })
  await dropView(ctx, { viewId })
  expect((await libraryDesk(other)).defaultViewId).toBeNull()
  for (let i = 0; i < 50; i++) await saveView(ctx, { name: `v${i}`, search: `text=w${i}`, shared: false })
  expect(await saveView(ctx, { name: 'one more', search: '', shared: false })).toMatchObject({ ok: false, error: 'too-many-views' })
})

test('the desk remembers its look and what was looked for', async () => {
  await arrangeDesk(ctx, { layout: 'list', columns: ['rights', 'state'] })
  await arrangeDesk(ctx, { density: 'large' })
  for (const search of ['text=a', 'text=b', 'text=a']) await rememberSearch(ctx, search)
  expect(await libraryDesk(ctx)).toMatchObject({
    layout: 'list',
    density: 'large',
    columns: ['state', 'rights'],
    recent: ['text=a', 'text=b'],
  })
})

test('fields, values and words are offered while one types', async () => {
  await some(1)
  await libraryPage(ctx, readLibraryWish(new URLSearchParams()))
  const labels = async (field: string | null, typed: string) => (await completeLibrary(ctx, { field, typed })).map(({ label }) => label)
  expect(await labels(null, 'cre')).toContain('creator:')
  expect(await labels(null, 'harb')).toEqual(['harbour'])
  expect(await labels('state', 'in')).toContain('in-review')
  expect(await labels('creator', 'ada')).toEqual(['Ada Meyer'])
  expect(await labels('by', 'lena')).toEqual(['Lena Brandt'])
  expect(await completeLibrary(ctx, { field: 'creator', typed: 'ada' })).toEqual([{ insert: '"Ada Meyer"', label: 'Ada Meyer', hint: '' }])
})

test('what somebody waits for goes before five hundred previews that were asked for earlier', async () => {
  const ids = await some(1, { state: 'DRAFT' })
  const { currentVersionId } = await ctx.db.asset.findUniqueOrThrow({ where: { id: ids[0] as string } })
  await enqueueDerive(ctx, currentVersionId as string)
  const { runId } = await startRun(ctx, { selectionId: await selected(ids), act: { verb: 'archive', reason: 'Old stock.' } })
  await enqueueBulkEdit(ctx, { houseId, editId: 'blk_awaited' })
  const jobs = await ctx.db.$queryRaw<{ key: string | null }[]>`SELECT key FROM graphile_worker.jobs ORDER BY priority, run_at, id`
  const place = (key: string) => jobs.findIndex((job) => job.key?.includes(key))
  expect(place(currentVersionId as string)).toBeGreaterThan(Math.max(place(runId), place('blk_awaited')))
  expect(Math.min(place(runId), place('blk_awaited'))).toBeGreaterThanOrEqual(0)
})
