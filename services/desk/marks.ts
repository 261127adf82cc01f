import { newId } from '../kernel/ids.ts'
import { startOfDay } from '../kernel/period.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo, Prisma } from '../platform/db.ts'
import { mustMay } from './policy.ts'
import { colleaguesOf, houseDay } from './worklist.ts'
import type { MarkLinesError, UndoStrokeError } from './worklist-errors.ts'
import { lines, matching } from './worklist-query.ts'
import type { Mark, Selection } from './worklist-schema.ts'

type Marking = Ctx<'db' | 'clock' | 'actor'>

/** The keys of the chosen lines that are there now. */
export const chosen = (ctx: Marking, which: Selection): Prisma.Sql =>
  'items' in which
    ? Prisma.sql`SELECT l.item FROM worklist_lines l WHERE l.house_id = ${ctx.actor.houseId} AND l.item = ANY(${which.items}::text[])`
    : Prisma.sql`SELECT l.item FROM (${lines(ctx)}) l WHERE ${matching(ctx, which.filter)}`

/** What is said about a line is said by one at a time: an undo must find what was there before, whole. */
const inTurn = (tx: Marking) =>
  tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('worklist marks:' || ${tx.actor.houseId}, 0))::text`

/**
 * Say something about lines: who sees to them, not before when, that they are dealt with. All of them in one go, which can
 * be undone as one; lines whose ground is gone meanwhile are left out and counted.
 */
export async function markLines(
  ctx: Marking,
  which: Selection,
  mark: Mark,
): Promise<Result<{ strokeId: string; lines: number; gone: number }, MarkLinesError>> {
  mustMay(ctx.actor, 'mark-lines')
  const { houseId } = ctx.actor
  const now = ctx.clock.now()
  if (mark.verb === 'assign' && mark.assigneeId && !(await colleaguesOf(ctx)).some(({ id }) => id === mark.assigneeId))
    return fail('no-such-colleague')
  const until = mark.verb === 'snooze' ? startOfDay(mark.until, (await houseDay(ctx)).zone) : null
  if (until && until <= now) return fail('day-past')
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ strokeId: string; lines: number; gone: number }, MarkLinesError>> => {
    await inTurn(tx)
    const strokeId = newId('stk', now)
    const by = tx.actor.kind === 'person' ? tx.actor.userId : null
    await tx.db.worklistStroke.create({ data: { id: strokeId, houseId, verb: mark.verb, lines: 0, at: now, byId: by } })
    const marked = await tx.db.$executeRaw`
      INSERT INTO worklist_stroke_lines (stroke_id, item, mark, until, assignee_id, note, marked_by_id, marked_at, previous_stroke_id)
      SELECT ${strokeId}, c.item, m.mark, m.until, m.assignee_id, coalesce(m.note, ''), m.marked_by_id, m.marked_at, m.stroke_id
      FROM (${chosen(tx, which)}) c LEFT JOIN worklist_marks m ON m.house_id = ${houseId} AND m.item = c.item`
    if (marked === 0) return fail('nothing-chosen')
    await tx.db.$executeRaw`
      INSERT INTO worklist_marks (house_id, item, mark, until, assignee_id, note, marked_by_id, marked_at, stroke_id)
      SELECT ${houseId}, s.item, ${said(mark, until)}, ${by}, ${now}, ${strokeId} FROM worklist_stroke_lines s WHERE s.stroke_id = ${strokeId}
      ON CONFLICT (house_id, item) DO UPDATE SET mark = EXCLUDED.mark, until = EXCLUDED.until, assignee_id = EXCLUDED.assignee_id, note = EXCLUDED.note,
        marked_by_id = EXCLUDED.marked_by_id, marked_at = EXCLUDED.marked_at, stroke_id = EXCLUDED.stroke_id`
    await tx.db.worklistStroke.update({ where: { id: strokeId }, data: { lines: marked } })
    const data = {
      verb: mark.verb,
      lines: marked,
      assignee: mark.verb === 'assign' ? mark.assigneeId : null,
      until: until?.toISOString() ?? null,
    }
    await record(tx, { type: 'worklist.marked', subject: { kind: 'worklist-stroke', id: strokeId }, data })
    return ok({ strokeId, lines: marked, gone: 'items' in which ? which.items.length - marked : 0 })
  })
}

/** Mark, until, assignee and note of a line `s` after this was said of it; what it does not speak of stays. */
function said(mark: Mark, until: Date | null): Prisma.Sql {
  const note = 'note' in mark && mark.note ? Prisma.sql`${mark.note}` : Prisma.sql`s.note`
  switch (mark.verb) {
    case 'assign':
      return Prisma.sql`s.mark, s.until, ${mark.assigneeId}::text, s.note`
    case 'snooze':
      return Prisma.sql`'SNOOZED'::work_mark, ${until}::timestamptz, s.assignee_id, ${note}`
    case 'done':
      return Prisma.sql`'DONE'::work_mark, NULL::timestamptz, s.assignee_id, ${note}`
    case 'unmark':
      return Prisma.sql`NULL::work_mark, NULL::timestamptz, s.assignee_id, ''`
  }
}

/** Take a stroke back: each line is as it was before, but those that were marked anew since, which stay and are counted. */
export async function undoStroke(
  ctx: Marking,
  { strokeId }: { strokeId: string },
): Promise<Result<{ lines: number; left: number }, UndoStrokeError>> {
  mustMay(ctx.actor, 'mark-lines')
  const { houseId } = ctx.actor
  const stroke = await ctx.db.worklistStroke.findFirst({ where: { id: strokeId, houseId }, select: { lines: true } })
  if (!stroke) throw new Refusal('not-found', `no stroke ${strokeId}`)
  return inTransaction(ctx, async (tx) => {
    await inTurn(tx)
    const { count } = await tx.db.worklistStroke.updateMany({
      where: { id: strokeId, undoneAt: null },
      data: { undoneAt: tx.clock.now(), undoneById: tx.actor.kind === 'person' ? tx.actor.userId : null },
    })
    if (count === 0) return fail('already-undone')
    const bare = await tx.db.$executeRaw`
      DELETE FROM worklist_marks m USING worklist_stroke_lines s
      WHERE s.stroke_id = ${strokeId} AND s.marked_at IS NULL AND m.house_id = ${houseId} AND m.item = s.item AND m.stroke_id = ${strokeId}`
    const restored = await tx.db.$executeRaw`
      UPDATE worklist_marks m SET mark = s.mark, until = s.until, assignee_id = s.assignee_id, note = s.note, marked_by_id = s.marked_by_id, marked_at = s.marked_at,
        stroke_id = s.previous_stroke_id
      FROM worklist_stroke_lines s WHERE s.stroke_id = ${strokeId} AND s.marked_at IS NOT NULL AND m.house_id = ${houseId} AND m.item = s.item AND m.stroke_id = ${strokeId}`
    const undone = bare + restored
    await record(tx, {
      type: 'worklist.undone',
      subject: { kind: 'worklist-stroke', id: strokeId },
      data: { lines: undone, left: stroke.lines - undone },
    })
    return ok({ lines: undone, left: stroke.lines - undone })
  })
}

/** How many lines a choice has now, in how many pictures: what a form says before anything is done. */
export async function preview(ctx: Marking, which: Selection): Promise<{ lines: number; pictures: number; onSale: number }> {
  mustMay(ctx.actor, 'mark-lines')
  const [row] = await ctx.db.$queryRaw<{ lines: bigint; pictures: bigint; on_sale: bigint }[]>`
    WITH c AS MATERIALIZED (${chosen(ctx, which)}), p AS MATERIALIZED (
      SELECT DISTINCT f.asset_no FROM c JOIN worklist_findings f ON f.house_id = ${ctx.actor.houseId} AND f.item = c.item WHERE f.asset_no > 0)
    SELECT (SELECT count(*) FROM c) AS lines, (SELECT count(*) FROM p) AS pictures, (SELECT count(*) FROM p JOIN assets a ON a.no = p.asset_no WHERE a.state = 'PUBLISHED') AS on_sale`
  return { lines: Number(row?.lines ?? 0n), pictures: Number(row?.pictures ?? 0n), onSale: Number(row?.on_sale ?? 0n) }
}
