import type { Person } from '../kernel/actor.ts'
import { record, recordAll } from '../compliance/record.ts'
import type { Context, Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { judge, readRows, recordOf, refusedReturns, writeRows, type BulkRow } from './bulk-record.ts'
import { enqueueBulkEdit, type BulkEditWork } from './jobs.ts'
import { bulkFieldOf, recordFields, sameValue, undoOf, type BulkChange, type RecordValues } from './rules/bulk-changes.ts'
import { bulkStates } from './rules/bulk-states.ts'
import { ownFields } from './schemas.ts'
import { unmerge } from './term-returning.ts'

type Carrying = Ctx<'db' | 'clock' | 'actor'>
/** Lines in one transaction: what a killed worker loses, and how often the page sees progress. */
const partSize = 250
/** Parts a run: then the queue may do something else, and the next run goes on. */
const partsARun = 20

interface Edit {
  id: string
  houseId: string
  state: string
  changes: BulkChange[]
  merge: unknown
  byId: string
  undoneBy: string | null
}
interface Line {
  no: number
  assetId: string
  before: RecordValues
  after: RecordValues
  /** Where it is taken back: when it was done. */
  doneAt?: Date | null
}

/** The worker's share: so many parts, then the queue is asked to go on. Several may work on one edit; each takes lines that nobody holds. */
export async function carryBulkEdit(context: Context, { houseId, editId }: BulkEditWork): Promise<void> {
  const ctx: Carrying = { ...context, actor: { kind: 'system', houseId, name: `bulk edit ${editId}` } }
  for (let n = 0; n < partsARun; n++) if (!(await carryPart(ctx, editId))) return
  await inTransaction(ctx, (tx) => enqueueBulkEdit(tx, { houseId, editId }))
}

/** One part, whole or not at all: a line is done exactly when its row says so, whoever was killed when. False: there is none left. */
export async function carryPart(ctx: Carrying, editId: string): Promise<boolean> {
  return inTransaction(
    ctx,
    async (tx) => {
      const edit = await editOf(tx, editId)
      if (edit?.state === 'APPLYING') return (await applyLines(tx, edit)) || (await finish(tx, edit, 'finish'))
      if (edit?.state === 'UNDOING') return (await undoLines(tx, edit)) || (await finish(tx, edit, 'finish-undo'))
      return false
    },
    { timeout: 60_000 },
  )
}

async function editOf(tx: Carrying, editId: string): Promise<Edit | null> {
  const edit = await tx.db.bulkEdit.findFirst({ where: { id: editId, houseId: tx.actor.houseId } })
  return edit && { ...edit, changes: edit.changes as unknown as BulkChange[] }
}

/** People as they are now: who has lost the role since does nothing more. */
async function personOf(tx: Carrying, houseId: string, userId: string): Promise<Person | undefined> {
  const seat = await tx.db.member.findFirst({
    where: { houseId, orgId: houseId, userId, endedAt: null, user: { closedAt: null } },
    select: { id: true, roles: true, org: { select: { name: true } }, user: { select: { name: true, email: true } } },
  })
  if (!seat) return undefined
  return {
    kind: 'person',
    houseId,
    userId,
    memberId: seat.id,
    sessionId: 'none',
    orgId: houseId,
    orgKind: 'OWNER',
    orgName: seat.org.name,
    roles: seat.roles,
    ...seat.user,
  }
}

/** The assets of some lines, held in the order in which everybody holds assets. */
async function held(tx: Carrying, lines: readonly Line[], changes: readonly BulkChange[]): Promise<Map<string, BulkRow>> {
  const ids = lines.map(({ assetId }) => assetId)
  await tx.db
    .$queryRaw`SELECT 1 AS locked FROM assets WHERE id = ANY(${ids}::text[]) AND house_id = ${tx.actor.houseId} ORDER BY no FOR UPDATE`
  return readRows(tx, ids, changes)
}

async function applyLines(tx: Carrying, edit: Edit): Promise<boolean> {
  const lines = await tx.db.$queryRaw<Line[]>`
    SELECT no, asset_id AS "assetId", before, after FROM bulk_edit_items WHERE edit_id = ${edit.id} AND outcome IS NULL AND verdict = 'CHANGES'
    ORDER BY no LIMIT ${partSize} FOR UPDATE SKIP LOCKED`
  if (lines.length === 0) return false
  const rows = await held(tx, lines, edit.changes)
  const person = await personOf(tx, edit.houseId, edit.byId)
  const own = await ownFields(tx, edit.houseId)
  const fields = new Map([...recordFields, ...own.map(bulkFieldOf)].map((field) => [field.name, field]))
  const judged = await judge(tx, person, [...rows.values()], { changes: edit.changes, fields, merging: edit.merge !== null })
  const byAsset = new Map(judged.map((one) => [one.row.id, one]))
  const outcomes = lines.map((line) => {
    const one = byAsset.get(line.assetId)
    if (!one) return { line, outcome: 'REFUSED', problem: 'It is no longer there.' } as const
    const other = changedSince(recordOf(one.row), line, fields)
    if (other.length > 0)
      return { line, outcome: 'REFUSED', problem: `Changed by somebody else since the preview: ${other.join(', ')}.` } as const
    if (one.verdict === 'REFUSED') return { line, outcome: 'REFUSED', problem: one.problem } as const
    return one.verdict === 'SAME'
      ? ({ line, outcome: 'SAME', problem: null } as const)
      : ({ line, outcome: 'DONE', problem: null, one } as const)
  })
  const done = outcomes.flatMap((outcome) => (outcome.outcome === 'DONE' ? [outcome] : []))
  const by = { ...tx, actor: person ?? tx.actor }
  await writeRows(
    by,
    done.map(({ one }) => ({ row: one.row, after: one.after })),
  )
  const notes = outcomes.map((outcome) => ({
    no: outcome.line.no,
    outcome: outcome.outcome,
    problem: outcome.problem,
    before: outcome.outcome === 'DONE' ? outcome.one.before : outcome.line.before,
    after: outcome.outcome === 'DONE' ? outcome.one.after : outcome.line.after,
  }))
  await tx.db.$executeRaw`
    UPDATE bulk_edit_items i SET outcome = n.outcome, problem = n.problem, before = n.before, after = n.after, done_at = ${tx.clock.now()}::timestamptz
    FROM json_to_recordset(${JSON.stringify(notes)}::json) AS n (no int, outcome text, problem text, before jsonb, after jsonb) WHERE i.edit_id = ${edit.id} AND i.no = n.no`
  await recordAll(
    by,
    done.map(({ one }) => ({
      type: 'asset.edited',
      subject: { kind: 'asset', id: one.row.id },
      data: { bulkEditId: edit.id, changes: changesOf(one.before, one.after) },
    })),
  )
  return true
}

/** Fields of the preview that are no longer as it showed them. */
const changedSince = (now: RecordValues, line: Line, fields: ReadonlyMap<string, { label: string }>): string[] =>
  Object.keys(line.before)
    .filter((name) => !sameValue(now[name], line.before[name]))
    .map((name) => fields.get(name)?.label ?? name)

const changesOf = (before: RecordValues, after: RecordValues) =>
  Object.fromEntries(Object.keys(after).map((name) => [name, { from: before[name] ?? null, to: after[name] ?? null }]))

async function undoLines(tx: Carrying, edit: Edit): Promise<boolean> {
  const lines = await tx.db.$queryRaw<Line[]>`
    SELECT no, asset_id AS "assetId", before, after, done_at AS "doneAt" FROM bulk_edit_items
    WHERE edit_id = ${edit.id} AND outcome = 'DONE' AND undone IS NULL
    ORDER BY no LIMIT ${partSize} FOR UPDATE SKIP LOCKED`
  if (lines.length === 0) return false
  const rows = await held(tx, lines, [])
  const person = await personOf(tx, edit.houseId, edit.undoneBy ?? '')
  const by = { ...tx, actor: person ?? tx.actor }
  // Only whether the row may be touched is asked: what goes back to it is decided below.
  const open = new Map(
    (await judge(tx, person, [...rows.values()], { changes: [], fields: new Map(), merging: edit.merge !== null })).map((one) => [
      one.row.id,
      one,
    ]),
  )
  const returns = lines.map((line) => {
    const row = rows.get(line.assetId)
    const verdict = open.get(line.assetId)
    if (!row || !verdict) return { line, row: null, restore: {}, kept: Object.keys(line.after), problem: 'It is no longer there.' }
    if (verdict.verdict === 'REFUSED') return { line, row: null, restore: {}, kept: Object.keys(line.after), problem: verdict.problem }
    return { line, row, ...undoOf(recordOf(row), line.before, line.after), problem: null }
  })
  const going = returns.flatMap(({ line, row, restore }) => (row && Object.keys(restore).length > 0 ? [{ line, row, restore }] : []))
  // What was published before the edit goes back to what it was published with, whatever the house has come to ask for since.
  const refused = await refusedReturns(
    tx,
    going.filter(({ line, row }) => !(row.publishedAt && line.doneAt && row.publishedAt <= line.doneAt)),
  )
  const written = going.filter(({ row }) => !refused.has(row.id))
  await writeRows(
    by,
    written.map(({ row, restore }) => ({ row, after: restore })),
  )
  const notes = returns.map(({ line, restore, kept, problem }) => {
    const why = problem ?? refused.get(line.assetId) ?? null
    const restored = why === null && Object.keys(restore).length > 0
    return {
      no: line.no,
      undone: !restored ? 'KEPT' : kept.length > 0 ? 'PARTLY' : 'RESTORED',
      kept: { fields: why === null ? kept : Object.keys(line.after), why },
    }
  })
  await tx.db.$executeRaw`
    UPDATE bulk_edit_items i SET undone = n.undone, kept = n.kept FROM json_to_recordset(${JSON.stringify(notes)}::json) AS n (no int, undone text, kept jsonb)
    WHERE i.edit_id = ${edit.id} AND i.no = n.no`
  await recordAll(
    by,
    written.map(({ row, restore }) => ({
      type: 'asset.edited',
      subject: { kind: 'asset', id: row.id },
      data: { bulkEditId: edit.id, undone: true, changes: changesOf(recordOf(row), restore) },
    })),
  )
  return true
}

/** Done when the last line is: whoever else carries lines has noted them, or will come here after us. */
async function finish(tx: Carrying, edit: Edit, verb: 'finish' | 'finish-undo'): Promise<false> {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM bulk_edits WHERE id = ${edit.id} FOR UPDATE`
  const open = await tx.db.bulkEditItem.count({
    where: { editId: edit.id, ...(verb === 'finish' ? { outcome: null, verdict: 'CHANGES' } : { outcome: 'DONE', undone: null }) },
  })
  if (open > 0) return false
  const at = tx.clock.now()
  const { count } = await tx.db.bulkEdit.updateMany({
    where: { id: edit.id, state: { in: bulkStates.whence(verb) } },
    data: verb === 'finish' ? { state: 'APPLIED', endedAt: at } : { state: 'UNDONE', undoneAt: at },
  })
  if (count === 0) return false
  if (verb === 'finish-undo') await unmerge(tx, edit.merge)
  const [counts] = await tx.db.$queryRaw<Record<string, number>[]>`
    SELECT count(*) FILTER (WHERE outcome = 'DONE')::int AS done, count(*) FILTER (WHERE outcome = 'REFUSED' OR verdict = 'REFUSED')::int AS refused,
      count(*) FILTER (WHERE undone IN ('RESTORED', 'PARTLY'))::int AS restored, count(*) FILTER (WHERE undone IN ('PARTLY', 'KEPT'))::int AS kept
    FROM bulk_edit_items WHERE edit_id = ${edit.id}`
  const person = await personOf(tx, edit.houseId, verb === 'finish' ? edit.byId : (edit.undoneBy ?? ''))
  await record(
    { ...tx, actor: person ?? tx.actor },
    {
      type: verb === 'finish' ? 'bulk-edit.applied' : 'bulk-edit.undone',
      subject: { kind: 'bulk-edit', id: edit.id },
      data: { ...counts },
    },
  )
  return false
}

/** Minutes without a line done after which an edit under way is taken up again: its worker may have been killed. */
const quietMinutes = 2

/** Edits whose worker died are taken up where it stopped. Run by the timetable; two at once do each line once. */
export async function resumeBulkEdits(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const quiet = new Date(ctx.clock.now().getTime() - quietMinutes * 60_000)
  const edits = await ctx.db.$queryRaw<BulkEditWork[]>`
    SELECT e.id AS "editId", e.house_id AS "houseId" FROM bulk_edits e
    WHERE e.state IN ('APPLYING', 'UNDOING') AND e.applied_at < ${quiet}
      AND NOT EXISTS (SELECT FROM bulk_edit_items i WHERE i.edit_id = e.id AND i.done_at >= ${quiet})
    ORDER BY e.applied_at LIMIT 100`
  for (const edit of edits) await enqueueBulkEdit(ctx, edit)
  return edits.length
}
