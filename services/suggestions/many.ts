import { selectedIds } from '../assets/selections.ts'
import { Refusal } from '../kernel/errors.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { decideSuggestions } from './deciding.ts'
import { enqueueLook } from './jobs.ts'
import { mayGoThrough } from './policy.ts'
import type { DecideForMany } from './schema.ts'

type Deciding = Ctx<'db' | 'clock' | 'actor'>
/** More than this at once is a bulk edit. */
export const mostForMany = 2_000

/** The same answer about one word for every picture of a selection for which it is suggested; each for itself, so that one that cannot does not keep the others. */
export async function decideForMany(
  ctx: Deciding,
  { selectionId, field, plain, verdict }: DecideForMany,
): Promise<Result<{ decided: number; refused: number }, 'too-many-selected'>> {
  if (!mayGoThrough(ctx.actor)) throw new Refusal('forbidden', 'decide suggestions')
  const selected = await selectedIds(ctx, { selectionId }, mostForMany)
  if (!selected.ok) return selected
  const rows = await ctx.db.suggestion.findMany({
    where: { houseId: ctx.actor.houseId, state: 'OPEN', field, plain, assetId: { in: selected.value } },
    select: { id: true, assetId: true },
  })
  let decided = 0
  for (const { id, assetId } of rows)
    if ((await decideSuggestions(ctx, { assetId, verdict, ids: [id], all: false, least: 0 })).ok) decided++
  return ok({ decided, refused: rows.length - decided })
}

/** Look at every picture of a selection again: what has come since, neighbours and words of the house, may say more now. */
export async function lookAgain(
  ctx: Deciding,
  { selectionId }: { selectionId: string },
): Promise<Result<{ asked: number }, 'too-many-selected'>> {
  if (!mayGoThrough(ctx.actor)) throw new Refusal('forbidden', 'look again')
  const { houseId } = ctx.actor
  const selected = await selectedIds(ctx, { selectionId }, mostForMany)
  if (!selected.ok) return selected
  const versions = await ctx.db.assetVersion.findMany({
    where: { houseId, processing: 'READY', currentOf: { id: { in: selected.value } } },
    select: { id: true },
  })
  for (const { id } of versions) await enqueueLook(ctx, { houseId, versionId: id }, 'again')
  return ok({ asked: versions.length })
}
