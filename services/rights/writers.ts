import type { Ctx } from '../platform/context.ts'

interface Written {
  id: string
  what: 'added' | 'ended' | 'changed'
  at: Date | null
}

/** What people do to many rows in one step is one fact about the step, not one a row. */
const steps = ['acquisitions.recorded', 'rights.imported', 'import.applied', 'change.applied', 'change.rows-rewritten']

/**
 * Who wrote rows down, or ended them. A row says who recorded it; who ended it is in the trail, at the very instant at
 * which it was ended. Two statements, however many rows.
 */
export async function writersOf<W extends Written>(ctx: Ctx<'db' | 'actor'>, rows: readonly W[]): Promise<Map<W, string>> {
  const { houseId } = ctx.actor
  const recorded = rows.filter(({ what }) => what !== 'ended').map(({ id }) => id)
  const instants = rows.flatMap(({ what, at }) => (what === 'ended' && at ? [at] : []))
  const [writers, facts] = await Promise.all([
    recorded.length === 0
      ? []
      : ctx.db.$queryRaw<{ id: string; name: string }[]>`
          SELECT r.id, u.name FROM (
            SELECT id, recorded_by_id FROM acquisitions WHERE house_id = ${houseId} AND id = ANY(${recorded}::text[])
            UNION ALL SELECT id, recorded_by_id FROM releases WHERE house_id = ${houseId} AND id = ANY(${recorded}::text[])
            UNION ALL SELECT id, recorded_by_id FROM restrictions WHERE house_id = ${houseId} AND id = ANY(${recorded}::text[])
          ) r JOIN users u ON u.id = r.recorded_by_id`,
    instants.length === 0
      ? []
      : ctx.db.$queryRaw<{ at: Date; name: string }[]>`
          SELECT DISTINCT ON (at) at, actor_name AS name FROM audit_facts
          WHERE house_id = ${houseId} AND at = ANY(${instants}::timestamptz[]) AND (subject_kind = 'asset' OR type = ANY(${steps}::text[]))
          ORDER BY at, actor_kind = 'person' DESC, id`,
  ])
  const byId = new Map(writers.map(({ id, name }) => [id, name]))
  const byInstant = new Map(facts.map(({ at, name }) => [at.getTime(), name]))
  const found = new Map<W, string>()
  for (const row of rows) {
    const name = row.what === 'ended' ? byInstant.get(row.at?.getTime() ?? NaN) : byId.get(row.id)
    if (name) found.set(row, name)
  }
  return found
}
