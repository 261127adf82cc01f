import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { readKept, type KeptSearch, type Pace } from './rules/saved-question.ts'

export interface SavedSearchRow {
  id: string
  name: string
  /** The address of its results. */
  to: string
  pace: Pace
  wish: KeptSearch
  toldAt: Date | null
  createdAt: Date
}

/** The searches that a person keeps, the latest first; a hundred at most, so they are one page. */
export async function savedSearches(ctx: Ctx<'db' | 'actor'>): Promise<SavedSearchRow[]> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('forbidden', 'see saved searches')
  const rows = await ctx.db.savedSearch.findMany({
    where: { houseId: actor.houseId, userId: actor.userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, name: true, search: true, pace: true, toldAt: true, createdAt: true },
  })
  return rows.map(({ search, pace, ...row }) => ({
    ...row,
    pace: pace as Pace,
    to: `/search${search ? `?${search}` : ''}`,
    wish: readKept(search),
  }))
}
