import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { Profile } from './schema.ts'

/** Change the name that others see, and the language in which the house speaks to one. Papers already issued keep the old ones. */
export async function changeProfile(ctx: Ctx<'db' | 'clock' | 'actor'>, { name, language }: Profile): Promise<Result<{ userId: string }>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'change profile')
  return inTransaction(ctx, async (tx) => {
    await tx.db.user.update({ where: { id: actor.userId }, data: { name, ...(language && { language }) }, select: { id: true } })
    await record(tx, { type: 'user.renamed', subject: { kind: 'user', id: actor.userId }, data: { from: actor.name, to: name } })
    if (language && language !== actor.language)
      await record(tx, { type: 'user.language-chosen', subject: { kind: 'user', id: actor.userId }, data: { from: actor.language ?? null, to: language } })
    return ok({ userId: actor.userId })
  })
}
