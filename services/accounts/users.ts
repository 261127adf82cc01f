import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { Profile } from './schema.ts'

/** Change the name that others see. Papers already issued keep the old one. */
export async function changeProfile(ctx: Ctx<'db' | 'clock' | 'actor'>, { name }: Profile): Promise<Result<{ userId: string }>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'change profile')
  return inTransaction(ctx, async (tx) => {
    await tx.db.user.update({ where: { id: actor.userId }, data: { name }, select: { id: true } })
    await record(tx, { type: 'user.renamed', subject: { kind: 'user', id: actor.userId }, data: { from: actor.name, to: name } })
    return ok({ userId: actor.userId })
  })
}
