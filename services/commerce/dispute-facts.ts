import type { Ctx } from '../platform/context.ts'

export interface DisputesStanding {
  open: string[]
  won: string[]
  lost: string[]
}

/**
 * How the disputes about the money of some lines stand, by the trail: a dispute has no row of its own. One about a payment
 * that came twice is about no line's money (`bears`).
 */
export async function disputesOf(tx: Ctx<'db' | 'actor'>, orderLineIds: readonly string[]): Promise<DisputesStanding> {
  const rows = await tx.db.$queryRaw<{ dispute: string; won: boolean; lost: boolean }[]>`
    SELECT f.body::jsonb->'data'->>'dispute' AS dispute, bool_or(f.type = 'dispute.won') AS won, bool_or(f.type = 'dispute.lost') AS lost
    FROM audit_facts f
    WHERE f.house_id = ${tx.actor.houseId} AND f.subject_kind = 'order' AND f.type IN ('dispute.opened', 'dispute.won', 'dispute.lost')
      AND coalesce(f.body::jsonb->'data'->>'bears', 'true') = 'true'
      AND f.subject_id IN (SELECT order_id FROM order_lines WHERE id = ANY(${[...orderLineIds]}::text[]))
    GROUP BY 1 ORDER BY 1`
  return {
    open: rows.flatMap(({ dispute, won, lost }) => (won || lost ? [] : [dispute])),
    won: rows.flatMap(({ dispute, won }) => (won ? [dispute] : [])),
    lost: rows.flatMap(({ dispute, lost }) => (lost ? [dispute] : [])),
  }
}
