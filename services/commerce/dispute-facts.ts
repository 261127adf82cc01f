import type { Ctx } from '../platform/context.ts'

/** How the disputes about the orders of some lines stand, by the trail: a dispute has no row of its own. */
export async function disputesOf(tx: Ctx<'db' | 'actor'>, orderLineIds: readonly string[]): Promise<{ open: string[]; lost: string[] }> {
  const rows = await tx.db.$queryRaw<{ dispute: string; won: boolean; lost: boolean }[]>`
    SELECT f.body::jsonb->'data'->>'dispute' AS dispute, bool_or(f.type = 'dispute.won') AS won, bool_or(f.type = 'dispute.lost') AS lost
    FROM audit_facts f
    WHERE f.house_id = ${tx.actor.houseId} AND f.subject_kind = 'order' AND f.type IN ('dispute.opened', 'dispute.won', 'dispute.lost')
      AND f.subject_id IN (SELECT order_id FROM order_lines WHERE id = ANY(${[...orderLineIds]}::text[]))
    GROUP BY 1 ORDER BY 1`
  return {
    open: rows.flatMap(({ dispute, won, lost }) => (won || lost ? [] : [dispute])),
    lost: rows.flatMap(({ dispute, lost }) => (lost ? [dispute] : [])),
  }
}
