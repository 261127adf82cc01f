import { hasStaffRole, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'

/**
 * Whether coordinates, serial numbers and ages stay in what goes to outsiders. They do not, unless the house has said so
 * (`settings.keepsPrivateMetadata`): a picture of somebody's home says where that is.
 */
export async function keepsPrivate({ db, actor }: Ctx<'db' | 'actor'>): Promise<boolean> {
  const house = await db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { settings: true } })
  return (house.settings as { keepsPrivateMetadata?: unknown } | null)?.keepsPrivateMetadata === true
}

/** What the house does with the private words of files, for whoever works there, and whether this person may change it. */
export async function privateMetadata(ctx: Ctx<'db' | 'actor'>): Promise<{ keeps: boolean; mayChange: boolean }> {
  if (!isStaff(ctx.actor)) throw new Refusal('forbidden', 'see what leaves')
  return { keeps: await keepsPrivate(ctx), mayChange: hasStaffRole(ctx.actor) }
}

/** Say whether private words leave with the files: the house's administrators, since it is about people outside. */
export async function setPrivateMetadata(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { keeps }: { keeps: boolean },
): Promise<Result<{ keeps: boolean }, 'already-so'>> {
  const { actor } = ctx
  if (!hasStaffRole(actor)) throw new Refusal('forbidden', 'decide what leaves')
  return inTransaction(ctx, async (tx) => {
    const changed = await tx.db.$executeRaw`
      UPDATE organisations SET settings = settings || jsonb_build_object('keepsPrivateMetadata', ${keeps}::boolean)
      WHERE id = ${actor.houseId} AND coalesce(settings -> 'keepsPrivateMetadata' = 'true'::jsonb, false) <> ${keeps}::boolean`
    if (changed === 0) return fail('already-so')
    await record(tx, { type: 'house.private-metadata-set', subject: { kind: 'house', id: actor.houseId }, data: { keeps } })
    return ok({ keeps })
  })
}
