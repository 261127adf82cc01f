import { record } from '../compliance/record.ts'
import { isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import { briefFor } from './briefs.ts'
import type { NoteBriefError } from './errors.ts'
import { maySeeBrief } from './policy.ts'
import { isEnded } from './rules/brief-states.ts'

/** Say something about a brief: to everybody who follows it, or among the house's own people. */
export async function noteOnBrief(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  briefId: string,
  { body, desk }: { body: string; desk: boolean },
): Promise<Result<{ noteId: string }, NoteBriefError>> {
  const brief = await briefFor(ctx, briefId)
  const { actor } = ctx
  if (!maySeeBrief(actor, brief)) throw new Refusal('not-found', `no brief ${briefId}`)
  if (desk && !isStaff(actor)) throw new Refusal('forbidden', 'write among the house’s people')
  if (isEnded(brief.state)) return fail('brief-ended')
  const turn = await takeTurn(ctx, `brief-note:${actor.userId}`, { turns: 60, seconds: 3600 })
  if (!turn.ok) return fail('wait-a-moment', { seconds: turn.retryAfterSeconds })
  const at = ctx.clock.now()
  const id = newId('bnt', at)
  await inTransaction(ctx, async (tx) => {
    await tx.db.briefNote.create({ data: { id, briefId, authorId: actor.userId, authorName: actor.name, body, desk, createdAt: at } })
    await record(tx, { type: 'brief.noted', subject: { kind: 'brief', id: briefId }, data: { noteId: id, desk } })
  })
  return ok({ noteId: id })
}
