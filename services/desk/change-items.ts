import type { Ctx } from '../platform/context.ts'
import type { Line } from './rules/change-summary.ts'

/** A decision that stays with its line when a plan is drawn up anew. */
export interface KeptDecision {
  decision: string
  note: string
  decidedById: string | null
  decidedAt: Date | null
}

const atOnce = 500

/** The lines of a plan, in their order; hundreds a statement. */
export async function insertItems(
  tx: Ctx<'db' | 'clock'>,
  planId: string,
  lines: readonly Line[],
  kept: ReadonlyMap<string, KeptDecision>,
): Promise<void> {
  for (let from = 0; from < lines.length; from += atOnce) {
    const rows = lines.slice(from, from + atOnce).map((line, index) => {
      const old = kept.get(`${line.kind} ${line.subjectId}`)
      return {
        no: from + index + 1,
        kind: line.kind,
        subject_id: line.subjectId,
        asset_id: line.assetId,
        holder_org_id: line.holderOrgId,
        title: line.title,
        lost: line.facts,
        currency: line.currency,
        paid_minor: line.paidMinor?.toString() ?? null,
        suggestion: line.suggestion,
        decision: old?.decision ?? line.decision,
        note: old?.note ?? '',
        decided_by_id: old?.decidedById ?? null,
        decided_at: old?.decidedAt ?? null,
      }
    })
    await tx.db.$executeRaw`
      INSERT INTO change_items (plan_id, no, kind, subject_id, asset_id, holder_org_id, title, lost, currency, paid_minor, suggestion, decision, note, decided_by_id, decided_at)
      SELECT ${planId}, no, kind::change_subject, subject_id, asset_id, holder_org_id, title, lost, currency, paid_minor::bigint, suggestion, decision, note, decided_by_id, decided_at
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS line (no int, kind text, subject_id text, asset_id text, holder_org_id text, title text, lost jsonb, currency text,
        paid_minor text, suggestion text, decision text, note text, decided_by_id text, decided_at timestamptz)`
  }
}
