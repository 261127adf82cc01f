import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { bulkEditor, bulkFields } from './bulk-edits.ts'
import { changeWords, type BulkChange, type BulkField, type RecordValue, type RecordValues } from './rules/bulk-changes.ts'
import { pathOf } from './rules/term-tree.ts'
import { resolveSelection, selectionOf, type Selected } from './selections.ts'
import { termsOfVocabularies } from './schemas.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>
const pageSize = 50
const historySize = 30

/** What is chosen and what may be changed in it, for the page on which changes are written. */
export async function bulkForm(ctx: Reading, selected: Selected) {
  bulkEditor(ctx)
  const fields = await bulkFields(ctx)
  const says = 'selectionId' in selected ? (await selectionOf(ctx, selected.selectionId)).says : ''
  let total = 0
  const first: string[] = []
  for await (const part of resolveSelection(ctx, selected)) {
    total += part.length
    if (first.length < 12) first.push(...part.slice(0, 12 - first.length))
  }
  const assets = await ctx.db.asset.findMany({
    where: { id: { in: first }, houseId: ctx.actor.houseId },
    select: { id: true, title: true, altText: true, currentVersion: { select: { id: true, dominantColour: true } } },
  })
  const terms = await termsOfVocabularies(
    ctx,
    fields.map(({ vocabularyId }) => vocabularyId ?? null),
  )
  const byId = new Map(terms.map((term) => [term.id, term]))
  const options: Record<string, { id: string; label: string }[]> = {}
  for (const term of terms)
    if (!term.retired) (options[term.vocabularyId] ??= []).push({ id: term.id, label: pathOf(term.id, byId).join(' › ') })
  for (const list of Object.values(options)) list.sort((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1))
  return { total, says, first: first.flatMap((id) => assets.find((asset) => asset.id === id) ?? []), fields, options }
}

/** Bulk edits made so far, the newest first. */
export async function bulkHistory(ctx: Reading, after: string | undefined) {
  const { houseId } = bulkEditor(ctx)
  const from = decodeCursor(after)
  const rows = await ctx.db.bulkEdit.findMany({
    where: {
      houseId,
      state: { not: 'DROPPED' },
      ...(from && { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: historySize + 1,
    select: { id: true, state: true, changes: true, total: true, byName: true, createdAt: true, appliedAt: true },
  })
  const page = pageOf(rows, historySize, (row) => encodeCursor(row.createdAt, row.id))
  const say = await sayer(
    ctx,
    page.items.flatMap(({ changes }) => changes as unknown as BulkChange[]),
    [],
  )
  return {
    next: page.next,
    items: page.items.map(({ changes, ...edit }) => ({ ...edit, says: (changes as unknown as BulkChange[]).map(say.change) })),
  }
}

export const lineFilters = ['changes', 'over', 'refused', 'same', 'kept'] as const
export type LineFilter = (typeof lineFilters)[number]
const whereOf: Record<LineFilter, object> = {
  changes: { verdict: 'CHANGES', OR: [{ outcome: null }, { outcome: 'DONE' }] },
  over: { verdict: 'CHANGES', over: true },
  refused: { OR: [{ verdict: 'REFUSED' }, { outcome: 'REFUSED' }] },
  same: { OR: [{ verdict: 'SAME' }, { outcome: 'SAME' }] },
  kept: { undone: { in: ['PARTLY', 'KEPT'] } },
}

export interface CellShown {
  field: string
  label: string
  before: string
  after: string
  kept: boolean
}

/** One bulk edit: what it does in all, and a page of its lines, before beside after. */
export async function bulkEditPage(ctx: Reading, editId: string, { show, from }: { show: LineFilter; from: number }) {
  const { houseId } = bulkEditor(ctx)
  const edit = await ctx.db.bulkEdit.findFirst({ where: { id: editId, houseId } })
  if (!edit) throw new Refusal('not-found', `no bulk edit ${editId}`)
  const [counted] = await ctx.db.$queryRaw<Record<LineFilter | 'done' | 'doable' | 'restored' | 'undoable' | 'undone', number>[]>`
    SELECT count(*) FILTER (WHERE verdict = 'CHANGES' AND (outcome IS NULL OR outcome = 'DONE'))::int AS changes,
      count(*) FILTER (WHERE verdict = 'CHANGES' AND over)::int AS over, count(*) FILTER (WHERE verdict = 'REFUSED' OR outcome = 'REFUSED')::int AS refused,
      count(*) FILTER (WHERE verdict = 'SAME' OR outcome = 'SAME')::int AS same, count(*) FILTER (WHERE undone IN ('PARTLY', 'KEPT'))::int AS kept,
      count(*) FILTER (WHERE verdict = 'CHANGES')::int AS doable, count(*) FILTER (WHERE outcome IS NOT NULL)::int AS done,
      count(*) FILTER (WHERE outcome = 'DONE')::int AS undoable, count(*) FILTER (WHERE undone IS NOT NULL)::int AS undone,
      count(*) FILTER (WHERE undone IN ('RESTORED', 'PARTLY'))::int AS restored
    FROM bulk_edit_items WHERE edit_id = ${editId}`
  const counts = counted as NonNullable<typeof counted>
  const items = await ctx.db.bulkEditItem.findMany({
    where: { editId, no: { gt: from }, ...whereOf[show] },
    orderBy: { no: 'asc' },
    take: pageSize + 1,
  })
  const lines = items.slice(0, pageSize)
  const assets = await ctx.db.asset.findMany({
    where: { houseId, id: { in: lines.map(({ assetId }) => assetId) } },
    select: { id: true, title: true, state: true },
  })
  const byId = new Map(assets.map((asset) => [asset.id, asset]))
  const changes = edit.changes as unknown as BulkChange[]
  const say = await sayer(ctx, changes, lines.flatMap(({ before, after }) => [before, after]) as RecordValues[])
  return {
    edit: {
      id: edit.id,
      state: edit.state,
      total: edit.total,
      byName: edit.byName,
      createdAt: edit.createdAt,
      appliedAt: edit.appliedAt,
      undoneAt: edit.undoneAt,
      isMerge: edit.merge !== null,
      says: changes.map(say.change),
    },
    counts,
    lines: lines.map(({ no, assetId, verdict, problem, over, before, after, outcome, undone, kept }) => {
      const left = kept as { fields?: string[]; why?: string | null } | null
      return {
        no,
        asset: byId.get(assetId) ?? { id: assetId, title: 'No longer there', state: null },
        verdict,
        problem: problem ?? left?.why ?? null,
        over,
        outcome,
        undone,
        cells: Object.keys(after as RecordValues).map((field): CellShown => ({
          field,
          label: say.label(field),
          before: say.value((before as RecordValues)[field] ?? null),
          after: say.value((after as RecordValues)[field] ?? null),
          kept: left?.fields?.includes(field) ?? false,
        })),
      }
    }),
    next: items.length > pageSize ? (lines.at(-1)?.no ?? null) : null,
  }
}

/** Words for fields, terms and values: read once for a page. */
async function sayer(ctx: Reading, changes: readonly BulkChange[], records: readonly RecordValues[]) {
  const fields = new Map((await bulkFields(ctx)).map((field) => [field.name, field]))
  const named = JSON.stringify([changes, records]).match(/trm_[0-9a-z]{26}/g) ?? []
  const terms = await ctx.db.vocabularyTerm.findMany({
    where: { houseId: ctx.actor.houseId, id: { in: [...new Set(named)] } },
    select: { id: true, label: true },
  })
  const labels = new Map(terms.map(({ id, label }) => [id, label]))
  const word = (value: string) => labels.get(value) ?? value
  const value = (one: RecordValue): string =>
    one === null ? '' : Array.isArray(one) ? one.map(word).join(', ') : one === true ? 'Yes' : one === false ? 'No' : String(one)
  const label = (name: string) => (fields.get(name) as BulkField | undefined)?.label ?? 'A retired field'
  return { label, value, change: (change: BulkChange) => changeWords(change, label, word) }
}
