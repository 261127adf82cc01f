import { canonical, type Json } from '../kernel/canonical.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import { enqueue, enqueueAll } from '../platform/queue.ts'

export interface Fact {
  /** `noun.past`, e.g. `licence.revoked`: a name is data and outlives code. */
  type: string
  subject: { kind: string; id: string }
  /** What a reader of the trail needs to understand the step: reasons, from and to, ids of evidence. No secrets. */
  data?: { readonly [key: string]: Json | undefined }
}

const actorOf = (actor: Actor): { kind: string; id: string | null; name: string } =>
  actor.kind === 'person'
    ? { kind: 'person', id: actor.userId, name: actor.name }
    : actor.kind === 'system'
      ? { kind: 'system', id: null, name: actor.name }
      : { kind: 'guest', id: actor.sending?.id ?? null, name: actor.sending?.name ?? 'guest' }

/** A fact as a row of the trail; its link in the hash chain is made at commit. */
function rowOf({ clock, actor: who }: Ctx<'clock' | 'actor'>, fact: Fact) {
  const at = clock.now()
  const id = newId('fct', at)
  const actor = actorOf(who)
  const { houseId } = who
  const body = canonical({ id, house: houseId, at: at.toISOString(), type: fact.type, actor, subject: fact.subject, data: fact.data ?? {} })
  return {
    id,
    houseId,
    at,
    type: fact.type,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    subjectKind: fact.subject.kind,
    subjectId: fact.subject.id,
    body,
  }
}

/**
 * Write down what happened, in the transaction in which it happens: one fact in the append-only trail (its link in the
 * hash chain is made at commit, see the migration) and one `jobs.react` job, which `services/jobs/reactions.ts` answers.
 */
export async function record(tx: Ctx<'db' | 'clock' | 'actor'>, fact: Fact): Promise<string> {
  const row = rowOf(tx, fact)
  await tx.db.auditFact.create({ data: row })
  await enqueue(tx, 'jobs.react', { factId: row.id })
  return row.id
}

/** Write down many things that happened at once, in two statements. */
export async function recordAll(tx: Ctx<'db' | 'clock' | 'actor'>, facts: readonly Fact[]): Promise<void> {
  const rows = facts.map((fact) => rowOf(tx, fact))
  if (rows.length === 0) return
  await tx.db.auditFact.createMany({ data: rows })
  await enqueueAll(
    tx,
    'jobs.react',
    rows.map(({ id }) => ({ factId: id })),
  )
}
