import { may } from '../assets/policy.ts'
import { keepSelection, resolveSelection, type KeptSelection, type Selected } from '../assets/selections.ts'
import { record } from '../compliance/record.ts'
import { hasStaffRole, isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { libraryColumns, type LibraryColumn } from './rules/library-columns.ts'
import { readLibraryWish, writeLibraryWish } from './rules/library-wish.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>

export const layouts = ['grid', 'list'] as const
export const densities = ['small', 'medium', 'large'] as const
export type Layout = (typeof layouts)[number]
export type Density = (typeof densities)[number]

/** A shelf, not a store. */
export const mostOnTray = 1_000
/** What a full tray says of itself. */
export interface TrayRoom {
  most: number
  room: number
}
type PutOnTray = { ok: true; value: { added: number; total: number } } | { ok: false; error: 'tray-full'; detail: TrayRoom }
export const mostViews = 50
const mostRecent = 8

const personOf = ({ actor }: Ctx<'actor'>): Person => {
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'desk of the library')
  return actor
}
/** Shared views are read by everybody of the house: librarians keep them. */
export const mayShareViews = ({ actor }: Ctx<'actor'>): boolean => hasStaffRole(actor, 'LIBRARIAN')

/** How this person likes the library to lie before them. */
export async function arrangeDesk(
  ctx: Desk,
  wish: { layout?: Layout | undefined; density?: Density | undefined; columns?: readonly LibraryColumn[] | undefined },
): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  const change = {
    ...(wish.layout && { layout: wish.layout }),
    ...(wish.density && { density: wish.density }),
    ...(wish.columns && { columns: libraryColumns.filter((column) => wish.columns?.includes(column)) }),
  }
  await ctx.db.libraryDesk.upsert({
    where: { houseId_userId: { houseId, userId } },
    create: { houseId, userId, ...change },
    update: change,
  })
}

/** Remembers what was looked for, the latest first. */
export async function rememberSearch(ctx: Desk, search: string): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  if (search === '' || search.length > 1_000) return
  await ctx.db.$executeRaw`
    INSERT INTO library_desks AS d (house_id, user_id, columns, recent) VALUES (${houseId}, ${userId}, '{}', ARRAY[${search}])
    ON CONFLICT (house_id, user_id) DO UPDATE SET recent = (ARRAY[${search}] || array_remove(d.recent, ${search}))[1:${mostRecent}::int]
    WHERE d.recent[1] IS DISTINCT FROM ${search}`
}

/** The question itself, always written the same, without place and look. */
const canonical = (search: string): string => writeLibraryWish(readLibraryWish(new URLSearchParams(search)))

/** Keeps a search under a name, for oneself or for the house. */
export async function saveView(
  ctx: Desk,
  { name, search, shared }: { name: string; search: string; shared: boolean },
): Promise<Result<{ viewId: string }, 'too-many-views' | 'too-long-to-save'>> {
  const { houseId, userId } = personOf(ctx)
  if (shared && !mayShareViews(ctx)) throw new Refusal('forbidden', 'share a view')
  const kept = canonical(search)
  if (kept.length > 4_000) return fail('too-long-to-save')
  return inTransaction(ctx, async (tx) => {
    // Counted and added under one hand: the person's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR UPDATE`
    if ((await tx.db.libraryView.count({ where: { houseId, userId } })) >= mostViews) return fail('too-many-views', { most: mostViews })
    const at = tx.clock.now()
    const id = newId('lvw', at)
    await tx.db.libraryView.create({ data: { id, houseId, userId, name, search: kept, shared, createdAt: at, changedAt: at } })
    await record(tx, { type: 'library-view.saved', subject: { kind: 'library-view', id }, data: { name, shared } })
    return ok({ viewId: id })
  })
}

/** Another name, another question, shared or not. Of one's own views only. */
export async function changeView(
  ctx: Desk,
  { viewId, name, shared, search }: { viewId: string; name: string; shared: boolean; search?: string | undefined },
): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  if (shared && !mayShareViews(ctx)) throw new Refusal('forbidden', 'share a view')
  const kept = search === undefined ? {} : { search: canonical(search).slice(0, 4_000) }
  const { count } = await ctx.db.libraryView.updateMany({
    where: { id: viewId, houseId, userId },
    data: { name, shared, changedAt: ctx.clock.now(), ...kept },
  })
  if (count === 0) throw new Refusal('not-found', `no view ${viewId}`)
}

/** Not kept any more. Twice is once. */
export async function dropView(ctx: Desk, { viewId }: { viewId: string }): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.libraryView.deleteMany({ where: { id: viewId, houseId, userId } })
    if (count > 0) await record(tx, { type: 'library-view.dropped', subject: { kind: 'library-view', id: viewId } })
  })
}

/** The view with which the library opens; none: everything. */
export async function preferView(ctx: Desk, { viewId }: { viewId: string | null }): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  if (
    viewId &&
    !(await ctx.db.libraryView.findFirst({ where: { id: viewId, houseId, OR: [{ userId }, { shared: true }] }, select: { id: true } }))
  )
    throw new Refusal('not-found', `no view ${viewId}`)
  const change = { defaultViewId: viewId }
  await ctx.db.libraryDesk.upsert({
    where: { houseId_userId: { houseId, userId } },
    create: { houseId, userId, ...change },
    update: change,
  })
}

/** Puts assets at the end of the tray: all of them, or none where they do not fit. What lies there stays where it lies. */
export async function putOnTray(ctx: Desk, selected: Selected): Promise<PutOnTray> {
  const { houseId, userId } = personOf(ctx)
  return inTransactionOrUndo(ctx, async (tx): Promise<PutOnTray> => {
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR UPDATE`
    const at = tx.clock.now()
    let added = 0
    const lying = await tx.db.libraryTrayItem.count({ where: { houseId, userId } })
    let total = lying
    for await (const ids of resolveSelection(tx, selected)) {
      const put = await tx.db.$executeRaw`
        INSERT INTO library_tray_items (house_id, user_id, asset_id, position, added_at)
        SELECT ${houseId}, ${userId}, u.id, coalesce((SELECT max(position) FROM library_tray_items WHERE user_id = ${userId} AND house_id = ${houseId}), 0) + u.i::int, ${at}::timestamptz
        FROM unnest(${ids}::text[]) WITH ORDINALITY AS u (id, i) WHERE EXISTS (SELECT FROM assets a WHERE a.id = u.id AND a.house_id = ${houseId}) ON CONFLICT DO NOTHING`
      added += put
      total += put
      if (total > mostOnTray) return { ok: false, error: 'tray-full', detail: { most: mostOnTray, room: Math.max(0, mostOnTray - lying) } }
    }
    return ok({ added, total })
  })
}

/** Takes assets off the tray. Twice is once. */
export async function takeOffTray(ctx: Desk, assetIds: readonly string[]): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  await ctx.db.libraryTrayItem.deleteMany({ where: { houseId, userId, assetId: { in: [...assetIds] } } })
}

/** Moves an asset on the tray before another one, or to the end. */
export async function moveOnTray(ctx: Desk, { assetId, before }: { assetId: string; before: string | null }): Promise<void> {
  const { houseId, userId } = personOf(ctx)
  await inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR UPDATE`
    const rows = await tx.db.libraryTrayItem.findMany({
      where: { houseId, userId },
      orderBy: { position: 'asc' },
      select: { assetId: true },
    })
    const ids = rows.map((row) => row.assetId)
    if (!ids.includes(assetId) || before === assetId) return
    const rest = ids.filter((id) => id !== assetId)
    const at = before ? rest.indexOf(before) : -1
    rest.splice(at < 0 ? rest.length : at, 0, assetId)
    await tx.db.$executeRaw`
      UPDATE library_tray_items t SET position = u.i::int FROM unnest(${rest}::text[]) WITH ORDINALITY AS u (id, i)
      WHERE t.asset_id = u.id AND t.user_id = ${userId} AND t.house_id = ${houseId}`
  })
}

/** What lies on the tray as a selection, in its order. */
export async function selectTray(ctx: Desk): Promise<Result<KeptSelection, 'nothing-selected' | 'too-many-selected'>> {
  const { houseId, userId } = personOf(ctx)
  const rows = await ctx.db.libraryTrayItem.findMany({
    where: { houseId, userId },
    orderBy: { position: 'asc' },
    select: { assetId: true },
  })
  return keepSelection(ctx, { ids: rows.map(({ assetId }) => assetId), says: 'the tray' })
}

/** Clears the tray. What lay on it is kept as a selection, by which it can be put back. */
export async function emptyTray(ctx: Desk): Promise<Result<KeptSelection, 'nothing-selected' | 'too-many-selected'>> {
  const { houseId, userId } = personOf(ctx)
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR UPDATE`
    const kept = await selectTray(tx)
    if (kept.ok) await tx.db.libraryTrayItem.deleteMany({ where: { houseId, userId } })
    return kept
  })
}
