import { z } from 'zod'
import type { Json } from '../kernel/canonical.ts'
import type { Context } from '../platform/context.ts'
import type { RecordedFact } from '../notifications/fact.ts'
import { reactions } from './reactions.ts'

export const reactPayload = z.object({ factId: z.string() })

/** What follows from a fact: each reaction of its type, in order. All of them may run twice, so a retry after the second's failure harms nobody. */
export async function react(ctx: Context, { factId }: z.infer<typeof reactPayload>): Promise<void> {
  const row = await ctx.db.auditFact.findUnique({ where: { id: factId } })
  // The job is written in the fact's own transaction: without the fact there was no job to begin with.
  if (!row) throw new Error(`fact ${factId} is not there`)
  const { data } = JSON.parse(row.body) as { data: Record<string, Json> }
  const fact: RecordedFact = {
    id: row.id,
    type: row.type,
    at: row.at,
    subject: { kind: row.subjectKind, id: row.subjectId },
    actorId: row.actorId,
    data,
  }
  const acting: Context = { ...ctx, actor: { kind: 'system', houseId: row.houseId, name: `reaction to ${row.type}` } }
  for (const reaction of reactions[row.type] ?? []) await reaction(acting, fact)
}
