import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import type { Posting } from './rules/postings.ts'

export interface LedgerPost {
  houseId: string
  /** What happened, e.g. `sale`; together with its source it makes the posting happen once. */
  kind: string
  source: { type: string; id: string }
  memo: string
  currency: string
  postings: readonly Posting[]
}

/** Write a double entry, once for its kind and source: false when it was written before. The database refuses one that does not balance. */
export async function post(tx: Ctx<'db' | 'clock'>, { houseId, kind, source, memo, currency, postings }: LedgerPost): Promise<boolean> {
  if (postings.length === 0) return false
  const at = tx.clock.now()
  const id = newId('ltx', at)
  const { count } = await tx.db.ledgerTransaction.createMany({
    data: { id, houseId, kind, sourceType: source.type, sourceId: source.id, memo, occurredAt: at },
    skipDuplicates: true,
  })
  if (count === 0) return false
  await tx.db.ledgerEntry.createMany({
    data: postings.map(({ account, amountMinor }) => ({ transactionId: id, account, currency, amountMinor })),
  })
  return true
}

/** Whether a posting of this kind was made for the source: the ledger remembers what a doorbell that rings late must not undo. */
export const wasPosted = async (tx: Ctx<'db'>, kind: string, source: LedgerPost['source']): Promise<boolean> =>
  (await tx.db.ledgerTransaction.count({ where: { kind, sourceType: source.type, sourceId: source.id } })) > 0
