import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { AddSynonyms } from './schema.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** A longer list is a thesaurus, and wants to be kept elsewhere. */
export const mostSynonyms = 500

const assertLibrarian = ({ actor }: Desk) => {
  if (!hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'keep synonyms')
}

/** Words that are taken for the same in every search from now on. */
export async function addSynonyms(ctx: Desk, { words }: AddSynonyms): Promise<Result<{ synonymId: string }, 'too-many-synonyms'>> {
  assertLibrarian(ctx)
  return inTransaction(ctx, async (tx) => {
    const { houseId } = tx.actor
    // Counted and added under one hand: the house's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${houseId} FOR UPDATE`
    if ((await tx.db.searchSynonym.count({ where: { houseId } })) >= mostSynonyms) return fail('too-many-synonyms')
    const at = tx.clock.now()
    const id = newId('syn', at)
    const createdById = tx.actor.kind === 'person' ? tx.actor.userId : null
    await tx.db.searchSynonym.create({ data: { id, houseId, words, createdAt: at, createdById } })
    await record(tx, { type: 'synonyms.added', subject: { kind: 'synonyms', id }, data: { words } })
    return ok({ synonymId: id })
  })
}

/** They are different words again. Twice is once. */
export async function removeSynonyms(ctx: Desk, { synonymId }: { synonymId: string }): Promise<void> {
  assertLibrarian(ctx)
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ words: string[] }[]>`
      DELETE FROM search_synonyms WHERE id = ${synonymId} AND house_id = ${tx.actor.houseId} RETURNING words`
    if (row) await record(tx, { type: 'synonyms.removed', subject: { kind: 'synonyms', id: synonymId }, data: { words: row.words } })
  })
}
