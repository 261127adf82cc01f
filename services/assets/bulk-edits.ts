import { isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import { carryPart } from './bulk-carrying.ts'
import { judge, readRows, type Judged } from './bulk-record.ts'
import { enqueueBulkEdit } from './jobs.ts'
import { mayKeepSchemas } from './policy.ts'
import { bulkFieldOf, opsOf, opWords, problemOf, recordFields, type BulkChange, type BulkField } from './rules/bulk-changes.ts'
import { bulkStates } from './rules/bulk-states.ts'
import { ownFields } from './schemas.ts'
import { resolveSelection, type Selected } from './selections.ts'

type Doing = Ctx<'db' | 'clock' | 'actor'>
/** More than this at once is a migration. */
export const mostAtOnce = 20_000
/** Up to here the page waits for it; above, a worker does it and the page shows how far it is. */
export const mostAwaited = 200

export function bulkEditor(ctx: Ctx<'actor'>): Person {
  if (!isPerson(ctx.actor) || !mayKeepSchemas(ctx.actor)) throw new Refusal('forbidden', 'bulk edit')
  return ctx.actor
}

/** Every field that may be changed in many at once: the record's, then the house's own. */
export async function bulkFields(ctx: Ctx<'db' | 'actor'>): Promise<BulkField[]> {
  const own = await ownFields(ctx, ctx.actor.houseId)
  return [...recordFields, ...own.map(bulkFieldOf)]
}

export type PreviewBulkEditError = 'nothing-selected' | 'too-many-selected' | 'nothing-to-do' | 'bad-change'

/**
 * What some changes would make of the selected assets, one line each, kept until somebody says yes: nothing is written to a
 * record, and what is applied later is what was seen here or it is refused.
 */
export async function previewBulkEdit(
  ctx: Doing,
  { changes, merge, ...selected }: Selected & { changes: readonly BulkChange[]; merge?: Prisma.InputJsonValue },
): Promise<Result<{ editId: string; total: number }, PreviewBulkEditError>> {
  const person = bulkEditor(ctx)
  const { houseId } = person
  if (changes.length === 0) return fail('nothing-to-do')
  const fields = new Map((await bulkFields(ctx)).map((field) => [field.name, field]))
  const problems = await problemsOf(ctx, changes, fields)
  if (problems.length > 0) return fail('bad-change', problems)

  const at = ctx.clock.now()
  const editId = newId('blk', at)
  const parts: string[][] = []
  for await (const part of resolveSelection(ctx, selected)) parts.push(part)
  const total = parts.reduce((sum, part) => sum + part.length, 0)
  if (total === 0) return fail('nothing-selected')
  if (total > mostAtOnce) return fail('too-many-selected', { most: mostAtOnce, asked: total })

  await inTransaction(
    ctx,
    async (tx) => {
      await tx.db.bulkEdit.create({
        data: {
          id: editId,
          houseId,
          changes: changes as unknown as Prisma.InputJsonValue,
          ...(merge !== undefined && { merge }),
          total,
          byId: person.userId,
          byName: person.name,
          createdAt: at,
        },
      })
      let no = 0
      for (const part of parts) {
        const rows = await readRows(tx, part, changes)
        const inTurn = part.flatMap((id) => rows.get(id) ?? [])
        const judged = await judge(tx, person, inTurn, { changes, fields, merging: merge !== undefined })
        const lines = JSON.stringify(judged.map((one) => ({ no: ++no, ...lineOf(one) })))
        await tx.db.$executeRaw`
          INSERT INTO bulk_edit_items (edit_id, no, asset_id, seen_at, verdict, problem, over, before, after)
          SELECT ${editId}, no, "assetId", "seenAt", verdict, problem, coalesce(over, false), coalesce(before, '{}'), coalesce(after, '{}')
          FROM json_to_recordset(${lines}::json) AS l (no int, "assetId" text, "seenAt" timestamptz, verdict text, problem text, over boolean, before jsonb, after jsonb)`
      }
      if (no !== total) await tx.db.bulkEdit.update({ where: { id: editId }, data: { total: no } })
    },
    { timeout: 120_000 },
  )
  return ok({ editId, total })
}

function lineOf({ row, ...judged }: Judged) {
  const line = { assetId: row.id, seenAt: row.changedAt, verdict: judged.verdict }
  if (judged.verdict === 'SAME') return line
  if (judged.verdict === 'REFUSED') return { ...line, problem: judged.problem }
  return { ...line, over: judged.over, before: judged.before, after: judged.after }
}

/** What is wrong with the changes themselves, whatever they are applied to. */
async function problemsOf(
  ctx: Ctx<'db' | 'actor'>,
  changes: readonly BulkChange[],
  fields: ReadonlyMap<string, BulkField>,
): Promise<string[]> {
  const problems: string[] = []
  const wanted = new Map<string, string | undefined>()
  for (const change of changes) {
    if (change.op === 'move-term') {
      wanted.set(change.from, undefined).set(change.into, undefined)
      continue
    }
    const field = fields.get(change.field)
    if (!field) problems.push(`There is no field “${change.field}”.`)
    else if (!opsOf(field).includes(change.op)) problems.push(`${field.label}: “${opWords[change.op]}” is not for this field.`)
    else {
      if (change.op === 'set' || change.op === 'fill') {
        const problem = problemOf(field, change.value)
        if (problem) problems.push(`${field.label}: ${problem}`)
      }
      if ((change.op === 'add' || change.op === 'remove') && change.value.length === 0)
        problems.push(`${field.label}: say what to ${change.op}.`)
      if (change.op === 'find' && change.find === '') problems.push(`${field.label}: say what to look for.`)
      if (field.shape === 'terms') for (const id of termsIn(change)) wanted.set(id, field.vocabularyId)
    }
  }
  if (wanted.size > 0) {
    const terms = await ctx.db.vocabularyTerm.findMany({
      where: { id: { in: [...wanted.keys()] }, houseId: ctx.actor.houseId },
      select: { id: true, vocabularyId: true },
    })
    const known = new Map(terms.map((term) => [term.id, term.vocabularyId]))
    for (const [id, vocabularyId] of wanted)
      if (!known.has(id) || (vocabularyId !== undefined && known.get(id) !== vocabularyId))
        problems.push('A term is not of the field’s vocabulary. Choose it anew.')
  }
  return [...new Set(problems)]
}

function termsIn(change: Exclude<BulkChange, { op: 'move-term' }>): string[] {
  if (change.op === 'set' || change.op === 'fill') return Array.isArray(change.value) ? change.value : []
  if (change.op === 'add') return change.value
  return change.op === 'find' && change.put !== '' ? [change.put] : []
}

async function ownEdit(ctx: Ctx<'db' | 'actor'>, editId: string) {
  const edit = await ctx.db.bulkEdit.findFirst({ where: { id: editId, houseId: ctx.actor.houseId } })
  if (!edit) throw new Refusal('not-found', `no bulk edit ${editId}`)
  return edit
}

/** Do what the preview showed. Of two who press at once, one does it. */
export async function applyBulkEdit(ctx: Doing, { editId }: { editId: string }): Promise<Result<{ awaited: boolean }, 'not-a-draft'>> {
  const person = bulkEditor(ctx)
  const edit = await ownEdit(ctx, editId)
  const awaited = edit.total <= mostAwaited
  const begun = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.bulkEdit.updateMany({
      where: { id: editId, houseId: person.houseId, state: { in: bulkStates.whence('apply') } },
      // Whoever says yes answers for it.
      data: { state: 'APPLYING', appliedAt: tx.clock.now(), byId: person.userId, byName: person.name },
    })
    if (count === 0) return false
    await record(tx, {
      type: 'bulk-edit.begun',
      subject: { kind: 'bulk-edit', id: editId },
      data: { total: edit.total, changes: edit.changes as never },
    })
    // Also where the page waits for it: a server that is killed meanwhile leaves somebody who finishes it.
    await enqueueBulkEdit(tx, { houseId: person.houseId, editId })
    return true
  })
  if (!begun) return fail('not-a-draft')
  if (awaited) await carryThrough(ctx, editId)
  return ok({ awaited })
}

/** Take back what still stands as the edit left it; what others have changed since stays as they left it, and is listed. */
export async function undoBulkEdit(ctx: Doing, { editId }: { editId: string }): Promise<Result<{ awaited: boolean }, 'not-applied'>> {
  const person = bulkEditor(ctx)
  const edit = await ownEdit(ctx, editId)
  const begun = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.bulkEdit.updateMany({
      where: { id: editId, houseId: person.houseId, state: { in: bulkStates.whence('undo') } },
      data: { state: 'UNDOING', undoneBy: person.userId },
    })
    if (count === 0) return false
    await record(tx, { type: 'bulk-edit.undoing', subject: { kind: 'bulk-edit', id: editId }, data: { total: edit.total } })
    await enqueueBulkEdit(tx, { houseId: person.houseId, editId })
    return true
  })
  if (!begun) return fail('not-applied')
  const awaited = edit.total <= mostAwaited
  if (awaited) await carryThrough(ctx, editId)
  return ok({ awaited })
}

async function carryThrough(ctx: Doing, editId: string): Promise<void> {
  while (await carryPart(ctx, editId)) {
    // Each part is a transaction of its own.
  }
}

/** A preview that nobody wants: it has touched nothing. */
export async function dropBulkEdit(ctx: Doing, { editId }: { editId: string }): Promise<Result<null, 'not-a-draft'>> {
  const person = bulkEditor(ctx)
  const { count } = await ctx.db.bulkEdit.updateMany({
    where: { id: editId, houseId: person.houseId, state: { in: bulkStates.whence('drop') } },
    data: { state: 'DROPPED' },
  })
  return count === 1 ? ok(null) : fail('not-a-draft')
}
