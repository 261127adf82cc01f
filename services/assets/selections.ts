import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { may } from './policy.ts'

type Selecting = Ctx<'db' | 'clock' | 'actor'>

/** More than this at once is a migration, not a selection. */
export const mostSelected = 100_000
/** So many are read, and worked on, in one go. */
const partSize = 500
const keptFor = 7 * 24 * 3_600_000

/** What an act is about: ids that a form names, or a selection that was kept under its id (`sel_…`). */
export type Selected = { ids: readonly string[] } | { selectionId: string }

export interface KeptSelection {
  id: string
  total: number
  /** What it was found by, for people; empty where it was picked by hand. */
  says: string
}

const pickerOf = ({ actor }: Ctx<'actor'>): string => {
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'select assets')
  return actor.userId
}

/**
 * Keeps assets as a selection of this person. It is fixed now: whatever is edited, found or uploaded later, an act on it means what was seen.
 * Ids of nobody or of another house are left out.
 */
export async function keepSelection(
  ctx: Selecting,
  { ids, says = '' }: { ids: readonly string[]; says?: string },
): Promise<Result<KeptSelection, 'nothing-selected' | 'too-many-selected'>> {
  const userId = pickerOf(ctx)
  const { houseId } = ctx.actor
  if (ids.length > mostSelected) return fail('too-many-selected', { most: mostSelected, asked: ids.length })
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const id = newId('sel', at)
    const [row] = await tx.db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM assets WHERE house_id = ${houseId} AND id = ANY(${[...ids]}::text[])`
    const total = row?.total ?? 0
    if (total === 0) return fail('nothing-selected')
    await tx.db.librarySelection.create({
      data: { id, houseId, userId, says: says.slice(0, 500), total, madeAt: at, expiresAt: new Date(at.getTime() + keptFor) },
    })
    await tx.db.$executeRaw`
      INSERT INTO library_selection_parts (selection_id, part, asset_ids)
      SELECT ${id}, (nth - 1) / ${partSize}::int, array_agg(id ORDER BY nth) FROM (
        SELECT a.id, row_number() OVER (ORDER BY u.i) AS nth
        FROM (SELECT id, min(i) AS i FROM unnest(${[...ids]}::text[]) WITH ORDINALITY AS t (id, i) GROUP BY id) u JOIN assets a ON a.id = u.id AND a.house_id = ${houseId}) z
      GROUP BY 2`
    return ok({ id, total, says: says.slice(0, 500) })
  })
}

/** A selection of this person's that still stands. */
export async function selectionOf(ctx: Selecting, selectionId: string): Promise<KeptSelection> {
  const userId = pickerOf(ctx)
  const row = await ctx.db.librarySelection.findFirst({
    where: { id: selectionId, userId, houseId: ctx.actor.houseId, expiresAt: { gt: ctx.clock.now() } },
    select: { id: true, total: true, says: true },
  })
  if (!row) throw new Refusal('not-found', `no selection ${selectionId}`)
  return row
}

/** The ids of what is selected, in the order in which it was picked, some hundred at a time. What was deleted since is among them: whoever acts looks again. */
export async function* resolveSelection(ctx: Selecting, selected: Selected): AsyncGenerator<string[]> {
  if ('ids' in selected) {
    pickerOf(ctx)
    const rows = await ctx.db.asset.findMany({
      where: { houseId: ctx.actor.houseId, id: { in: [...selected.ids] } },
      select: { id: true },
    })
    const there = new Set(rows.map(({ id }) => id))
    const ids = [...new Set(selected.ids)].filter((id) => there.has(id))
    for (let from = 0; from < ids.length; from += partSize) yield ids.slice(from, from + partSize)
    return
  }
  const { id } = await selectionOf(ctx, selected.selectionId)
  for (let part = 0; ; part++) {
    const row = await ctx.db.librarySelectionPart.findUnique({ where: { selectionId_part: { selectionId: id, part } } })
    if (!row) return
    yield row.assetIds
  }
}

/** All ids of a selection at once, up to `most`; more than that is refused rather than cut. */
export async function selectedIds(ctx: Selecting, selected: Selected, most: number): Promise<Result<string[], 'too-many-selected'>> {
  const ids: string[] = []
  for await (const part of resolveSelection(ctx, selected)) {
    ids.push(...part)
    if (ids.length > most) return fail('too-many-selected', { most })
  }
  return ok(ids)
}

/** By night: selections whose week is over, unless an act on them is remembered. */
export async function sweepSelections(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const { count } = await ctx.db.librarySelection.deleteMany({ where: { expiresAt: { lt: ctx.clock.now() }, runs: { none: {} } } })
  return count
}
