import { newId } from '../kernel/ids.ts'
import { isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { violates } from '../platform/db.ts'
import { mustMay } from './policy.ts'
import { filterOf, searchOf } from './rules/filter.ts'
import type { KeepViewError, SaveViewError } from './worklist-errors.ts'
import type { SaveView } from './worklist-schema.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>
const page = 'worklist'
/** More than anybody finds again. */
export const mostViews = 40

export interface SavedView {
  id: string
  name: string
  query: string
  shared: boolean
  mine: boolean
  owner: string
  isDefault: boolean
}

function me(ctx: Keeping): Person {
  mustMay(ctx.actor, 'see-worklist')
  if (!isPerson(ctx.actor)) throw new Refusal('forbidden', 'a view is somebody’s')
  return ctx.actor
}
const nameIsTaken = (error: unknown): boolean =>
  violates(error, 'saved_views_house_id_user_id_page_name_key') || (error as { code?: string }).code === 'P2002'

/** One's own views and those that the desk shares, by name. */
export async function viewsOf(ctx: Keeping): Promise<SavedView[]> {
  const { houseId, userId } = me(ctx)
  const [views, preferred] = await Promise.all([
    ctx.db.savedView.findMany({
      where: { houseId, page, OR: [{ userId }, { shared: true }] },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: 200,
    }),
    ctx.db.defaultView.findUnique({ where: { houseId_userId_page: { houseId, userId, page } }, select: { viewId: true } }),
  ])
  const owners = await ctx.db.user.findMany({ where: { id: { in: views.map((view) => view.userId) } }, select: { id: true, name: true } })
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  return views.map((view) => ({
    id: view.id,
    name: view.name,
    query: view.query,
    shared: view.shared,
    mine: view.userId === userId,
    owner: names.get(view.userId) ?? '',
    isDefault: view.id === preferred?.viewId,
  }))
}

/** Keep a set of filters under a name, for oneself or for the desk. */
export async function saveView(ctx: Keeping, { name, query, shared }: SaveView): Promise<Result<{ id: string }, SaveViewError>> {
  const { houseId, userId } = me(ctx)
  if (shared) mustMay(ctx.actor, 'mark-lines')
  if ((await ctx.db.savedView.count({ where: { houseId, userId, page } })) >= mostViews) return fail('too-many-views', { most: mostViews })
  const at = ctx.clock.now()
  try {
    const view = await ctx.db.savedView.create({
      data: {
        id: newId('viw', at),
        houseId,
        userId,
        page,
        name,
        query: searchOf(filterOf(new URLSearchParams(query))),
        shared,
        createdAt: at,
      },
      select: { id: true },
    })
    return ok(view)
  } catch (error) {
    if (nameIsTaken(error)) return fail('name-taken')
    throw error
  }
}

/** Another name for one's own view, and whether the desk sees it. */
export async function keepView(
  ctx: Keeping,
  viewId: string,
  change: { name: string; shared: boolean },
): Promise<Result<{ id: string }, KeepViewError>> {
  const { houseId, userId } = me(ctx)
  if (change.shared) mustMay(ctx.actor, 'mark-lines')
  try {
    const { count } = await ctx.db.savedView.updateMany({ where: { id: viewId, houseId, userId, page }, data: change })
    if (count === 0) throw new Refusal('not-found', `no view ${viewId}`)
    // A view that is no longer shared opens nobody else's list.
    if (!change.shared) await ctx.db.defaultView.deleteMany({ where: { viewId, userId: { not: userId } } })
    return ok({ id: viewId })
  } catch (error) {
    if (nameIsTaken(error)) return fail('name-taken')
    throw error
  }
}

/** Forget one's own view; whoever opened with it opens with the usual one. */
export async function deleteView(ctx: Keeping, viewId: string): Promise<void> {
  const { houseId, userId } = me(ctx)
  const { count } = await ctx.db.savedView.deleteMany({ where: { id: viewId, houseId, userId, page } })
  if (count === 0) throw new Refusal('not-found', `no view ${viewId}`)
}

/** Open the list with this view from now on; with none, with the usual one. */
export async function preferView(ctx: Keeping, viewId: string | null): Promise<void> {
  const { houseId, userId } = me(ctx)
  if (viewId === null) return void (await ctx.db.defaultView.deleteMany({ where: { houseId, userId, page } }))
  const view = await ctx.db.savedView.findFirst({
    where: { id: viewId, houseId, page, OR: [{ userId }, { shared: true }] },
    select: { id: true },
  })
  if (!view) throw new Refusal('not-found', `no view ${viewId}`)
  const key = { houseId, userId, page }
  await ctx.db.defaultView.upsert({ where: { houseId_userId_page: key }, create: { ...key, viewId }, update: { viewId } })
}
