import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aBarePicture, aDesk, underContract } from '#services/testing/desk.ts'
import { exportLines, paperOf, withdrawLines } from './bulk.ts'
import { markLines, preview, undoStroke } from './marks.ts'
import { usualFilter, type WorkFilter } from './rules/filter.ts'
import { deleteView, keepView, mostViews, preferView, saveView, viewsOf } from './saved-views.ts'
import { worklistPage } from './worklist.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const list = async (ctx: TestContext, filter: Partial<WorkFilter> = {}) =>
  (await worklistPage(ctx, { ...usualFilter, ...filter }, null)).page.items
const everything = { filter: usualFilter }

/** A desk with three contracts that end. */
async function world() {
  const desk = await aDesk(t.db)
  const { ctx } = desk
  const assets = [await aBarePicture(ctx), await aBarePicture(ctx), await aBarePicture(ctx)]
  for (const [n, { id }] of assets.entries()) await underContract(ctx, id, `C-${n}`, `2026-12-0${n + 1}`)
  const items = (await list(ctx, { sort: 'day' })).map(({ item }) => item)
  return { ...desk, assets, items }
}

describe('marks', () => {
  test('a line that is dealt with leaves the list, keeps its note, and comes back with an undo', async () => {
    const { ctx, items } = await world()
    const done = await markLines(ctx, { items: [items[0] ?? ''] }, { verb: 'done', note: 'Renewal is signed.' })
    expect(done).toMatchObject({ ok: true, value: { lines: 1, gone: 0 } })
    expect((await list(ctx)).map(({ item }) => item)).not.toContain(items[0])
    expect(await list(ctx, { mark: 'done' })).toMatchObject([{ marked: { mark: 'DONE', note: 'Renewal is signed.', by: 'Maren Holt' } }])
    if (!done.ok) return
    expect(await undoStroke(ctx, done.value)).toEqual({ ok: true, value: { lines: 1, left: 0 } })
    expect(await list(ctx)).toHaveLength(3)
    expect(await undoStroke(ctx, done.value)).toMatchObject({ ok: false, error: 'already-undone' })
    expect(await ctx.db.worklistMark.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
  })

  test('a line that was put off is back on its day, by the clock alone', async () => {
    const { ctx, items } = await world()
    await markLines(ctx, { items }, { verb: 'snooze', until: '2026-11-25', note: '' })
    expect(await list(ctx)).toEqual([])
    expect(await list(ctx, { mark: 'snoozed' })).toHaveLength(3)
    ctx.clock.set('2026-11-24T22:59:59Z')
    expect(await list(ctx)).toEqual([])
    ctx.clock.set('2026-11-24T23:00:00Z') // midnight in Berlin
    expect(await list(ctx)).toHaveLength(3)
    expect(await markLines(ctx, { items }, { verb: 'snooze', until: '2026-11-24', note: '' })).toMatchObject({
      ok: false,
      error: 'day-past',
    })
  })

  test('all that match a filter are marked in one stroke, and an undo leaves alone what was marked since', async () => {
    const { ctx, items, colleague, manager } = await world()
    expect(await preview(ctx, everything)).toEqual({ lines: 3, pictures: 3, onSale: 3 })
    const first = await markLines(ctx, everything, { verb: 'assign', assigneeId: colleague.userId })
    expect(first).toMatchObject({ ok: true, value: { lines: 3 } })
    expect(await list(asActor(ctx, colleague), { assignee: 'me' })).toHaveLength(3)
    expect(await list(ctx, { assignee: 'me' })).toEqual([])
    expect(await list(ctx, { assignee: colleague.userId })).toHaveLength(3)
    await markLines(ctx, { items: [items[1] ?? ''] }, { verb: 'assign', assigneeId: manager.userId })
    if (!first.ok) return
    expect(await undoStroke(ctx, first.value)).toEqual({ ok: true, value: { lines: 2, left: 1 } })
    expect(await list(ctx, { assignee: 'somebody' })).toMatchObject([{ item: items[1], marked: { assignee: 'Maren Holt' } }])
    expect(await list(ctx, { assignee: 'nobody' })).toHaveLength(2)
  })

  test('an undo brings back what stood there before, not nothing', async () => {
    const { ctx, items, colleague } = await world()
    const one = { items: [items[0] ?? ''] }
    await markLines(ctx, one, { verb: 'assign', assigneeId: colleague.userId })
    const done = await markLines(ctx, one, { verb: 'done', note: 'Done.' })
    const cleared = await markLines(ctx, one, { verb: 'unmark' })
    expect((await list(ctx, { sort: 'day' }))[0]?.marked).toMatchObject({ mark: null, note: '', assignee: 'Jon Vale' })
    if (!cleared.ok || !done.ok) return
    await undoStroke(ctx, cleared.value)
    expect((await list(ctx, { mark: 'done' }))[0]?.marked).toMatchObject({ mark: 'DONE', note: 'Done.', assignee: 'Jon Vale' })
    await undoStroke(ctx, done.value)
    expect((await list(ctx, { sort: 'day' }))[0]?.marked).toMatchObject({ mark: null, assignee: 'Jon Vale' })
  })

  test('of two at once each is one stroke, the later stands, and of two undoes one is done', async () => {
    const { ctx, items, colleague } = await world()
    const one = { items: [items[0] ?? ''] }
    const outcomes = await Promise.all([
      markLines(ctx, one, { verb: 'done', note: 'Mine.' }),
      markLines(asActor(ctx, colleague), one, { verb: 'done', note: 'His.' }),
    ])
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    const strokes = await ctx.db.worklistStroke.findMany({ where: { houseId: ctx.actor.houseId }, include: { befores: true } })
    expect(strokes.map(({ befores }) => befores[0]?.mark ?? null).sort()).toEqual(['DONE', null])
    const later = strokes.find(({ befores }) => befores[0]?.mark === 'DONE')?.id ?? ''
    const undone = await Promise.all([undoStroke(ctx, { strokeId: later }), undoStroke(ctx, { strokeId: later })])
    expect(undone.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await list(ctx, { mark: 'done' }))[0]?.item).toBe(items[0])
  })

  test('refuses what makes no sense, and whoever only looks on', async () => {
    const { ctx, items, auditor, customer } = await world()
    expect(await markLines(ctx, { items: [] }, { verb: 'unmark' })).toMatchObject({ ok: false, error: 'nothing-chosen' })
    expect(await markLines(ctx, { items: ['contract-ends:nothing'] }, { verb: 'unmark' })).toMatchObject({
      ok: false,
      error: 'nothing-chosen',
    })
    expect(await markLines(ctx, { items: [items[0] ?? '', 'gone'] }, { verb: 'unmark' })).toMatchObject({
      ok: true,
      value: { lines: 1, gone: 1 },
    })
    expect(await markLines(ctx, { items }, { verb: 'assign', assigneeId: customer.id })).toMatchObject({
      ok: false,
      error: 'no-such-colleague',
    })
    await expect(markLines(asActor(ctx, auditor), { items }, { verb: 'unmark' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdrawLines(asActor(ctx, auditor), { items }, 'no')).rejects.toMatchObject({ code: 'forbidden' })
    const { ctx: stranger } = await aDesk(t.db)
    expect(await markLines(stranger, { items }, { verb: 'done', note: '' })).toMatchObject({ ok: false, error: 'nothing-chosen' })
    const mine = await markLines(ctx, { items }, { verb: 'done', note: '' })
    if (mine.ok) await expect(undoStroke(stranger, mine.value)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the pictures of many lines', () => {
  test('go off sale in one go; those that cannot are named; each has its fact', async () => {
    const { ctx, items, assets } = await world()
    await ctx.db.asset.update({ where: { id: assets[2]?.id ?? '' }, data: { state: 'WITHDRAWN' } })
    const outcome = await withdrawLines(ctx, everything, 'The contracts end.')
    expect(outcome).toMatchObject({ ok: true, value: { lines: 3, refused: [{ id: assets[2]?.id, state: 'WITHDRAWN' }] } })
    expect(outcome.ok && outcome.value.withdrawn.sort()).toEqual([assets[0]?.id, assets[1]?.id].sort())
    expect(await ctx.db.auditFact.count({ where: { houseId: ctx.actor.houseId, type: 'asset.withdrawn' } })).toBe(2)
    expect(await withdrawLines(ctx, { items }, 'Again.')).toMatchObject({ ok: true, value: { withdrawn: [], refused: { length: 3 } } })
    expect(await withdrawLines(ctx, { items: [] }, 'None.')).toMatchObject({ ok: false, error: 'nothing-chosen' })
  })

  test('leave as CSV, ticked ones or all that match, and the export is a fact', async () => {
    const { ctx, items, auditor } = await world()
    const read = async (chunks: AsyncGenerator<string>) => {
      let text = ''
      for await (const chunk of chunks) text += chunk
      return text.trim().split('\r\n')
    }
    const all = await exportLines(asActor(ctx, auditor), everything)
    expect(all.name).toBe('worklist-2026-11-21.csv')
    expect(await read(all.chunks)).toHaveLength(4)
    const some = await read((await exportLines(ctx, { items: [items[1] ?? ''] })).chunks)
    expect(some[1]).toContain('Contract ends,serious,2026-12-02,11,C-1,Studio Brandt')
    expect(await ctx.db.auditFact.count({ where: { houseId: ctx.actor.houseId, type: 'worklist.exported' } })).toBe(2)
  })

  test('begin a change upstream where they speak of one paper only', async () => {
    const { ctx, items } = await world()
    expect(await paperOf(ctx, { items: [items[0] ?? ''] })).toEqual({ by: 'contract', reference: 'C-0' })
    expect(await paperOf(ctx, { items })).toBeUndefined()
  })
})

describe('saved views', () => {
  test('are one’s own until they are shared; a name is taken once; the list opens with the chosen one', async () => {
    const { ctx, colleague, auditor } = await world()
    const other = asActor(ctx, colleague)
    const made = await saveView(ctx, { name: 'Brandt', query: 'q=Brandt&kind=nonsense&kind=unanswered', shared: false })
    if (!made.ok) throw new Error(made.error)
    expect(await viewsOf(ctx)).toMatchObject([{ name: 'Brandt', query: 'kind=unanswered&q=Brandt', mine: true, isDefault: false }])
    expect(await viewsOf(other)).toEqual([])
    await expect(preferView(other, made.value.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await saveView(ctx, { name: 'Brandt', query: '', shared: false })).toMatchObject({ ok: false, error: 'name-taken' })
    expect(await keepView(ctx, made.value.id, { name: 'Studio Brandt', shared: true })).toMatchObject({ ok: true })
    await preferView(other, made.value.id)
    expect(await viewsOf(other)).toMatchObject([{ name: 'Studio Brandt', mine: false, owner: 'Maren Holt', isDefault: true }])
    await expect(keepView(other, made.value.id, { name: 'Mine now', shared: true })).rejects.toMatchObject({ code: 'not-found' })
    await expect(deleteView(other, made.value.id)).rejects.toMatchObject({ code: 'not-found' })
    await keepView(ctx, made.value.id, { name: 'Studio Brandt', shared: false })
    expect(await viewsOf(other)).toEqual([])
    await preferView(ctx, made.value.id)
    await preferView(ctx, null)
    const second = await saveView(ctx, { name: 'Second', query: '', shared: false })
    if (second.ok)
      expect(await keepView(ctx, second.value.id, { name: 'Studio Brandt', shared: false })).toMatchObject({
        ok: false,
        error: 'name-taken',
      })
    await deleteView(ctx, made.value.id)
    expect((await viewsOf(ctx)).map(({ name }) => name)).toEqual(['Second'])
    await expect(saveView(asActor(ctx, auditor), { name: 'x', query: '', shared: true })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await saveView(asActor(ctx, auditor), { name: 'x', query: '', shared: false })).toMatchObject({ ok: true })
  })

  test('are not more than anybody finds again', async () => {
    const { ctx, manager } = await aDesk(t.db)
    await ctx.db.savedView.createMany({
      data: Array.from({ length: mostViews }, (_, n) => ({
        id: `viw_${manager.userId}${n}`,
        houseId: ctx.actor.houseId,
        userId: manager.userId,
        page: 'worklist',
        name: `V${n}`,
        query: '',
        createdAt: ctx.clock.now(),
      })),
    })
    expect(await saveView(ctx, { name: 'One more', query: '', shared: false })).toMatchObject({ ok: false, error: 'too-many-views' })
  })
})
