import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { bulkEditor } from './bulk-edits.ts'
import type { EditAssetError } from './errors.ts'
import { lacking, lacksByAsset } from './lacks.ts'
import { lockAsset } from './lock.ts'
import { editAsset } from './metadata.ts'
import { asSent } from './record-as-sent.ts'
import type { Lack } from './rules/lacks.ts'
import { mergeSheet, sheetWordsOf, writtenAnew, type SheetField, type SheetWords } from './rules/sheet-words.ts'
import type { FillSheet, SheetRow } from './schema.ts'
import { resolveSelection, selectionOf } from './selections.ts'

type Doing = Ctx<'db' | 'clock' | 'actor'>

/** What can be filled in on a sheet, by what publishing asks. */
export const sheetDemands = ['title', 'alt-text', 'credit', 'people'] as const
const rowsAtOnce = 12

export interface SheetLine {
  id: string
  version: {
    id: string
    processing: 'WAITING' | 'READY' | 'REJECTED'
    width: number | null
    height: number | null
    colour: string | null
  } | null
  words: SheetWords
  lacks: Lack[]
}

/** The next assets of a selection that lack words of their own, to be written side by side; all of it, where `every` is asked. */
export async function sheetPage(
  ctx: Doing,
  selectionId: string,
  { every, from }: { every: boolean; from: number },
): Promise<{ lines: SheetLine[]; total: number; says: string; size: number; next: number | null; from: number }> {
  const { houseId } = bulkEditor(ctx)
  const { total: size, says } = await selectionOf(ctx, selectionId)
  const open: string[] = []
  if (every) for await (const part of resolveSelection(ctx, { selectionId })) open.push(...part)
  else open.push(...(await lacking(ctx, selectionId, sheetDemands)).ids)
  const shown = open.slice(from, from + rowsAtOnce)
  const [lacks, rows] = await Promise.all([
    lacksByAsset(ctx, shown),
    ctx.db.asset.findMany({
      where: { id: { in: shown }, houseId },
      select: {
        id: true,
        title: true,
        altText: true,
        keywords: true,
        creator: true,
        showsPeople: true,
        showsProperty: true,
        currentVersion: { select: { id: true, processing: true, width: true, height: true, dominantColour: true } },
      },
    }),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lines = shown.flatMap((id): SheetLine[] => {
    const row = byId.get(id)
    if (!row) return []
    const { currentVersion: version } = row
    return [
      { id, version: version && { ...version, colour: version.dominantColour }, words: sheetWordsOf(row), lacks: lacks.get(id) ?? [] },
    ]
  })
  const next = from + rowsAtOnce
  return { lines, total: open.length, says, size, from, next: next < open.length ? next : null }
}

export type FillRowError = EditAssetError | 'written-meanwhile'
/** `was`: what stands in the line's form from now on, against which the next thing that is written in it is held. */
export type Filled = { assetId: string; changed: SheetField[]; was: SheetWords } & (
  { ok: true } | { ok: false; error: FillRowError; detail: unknown }
)

/** Writes a sheet down, each asset by the record's own edit and by itself: what is refused in one stops no other. */
export async function fillSheet(ctx: Doing, { rows }: FillSheet): Promise<Filled[]> {
  bulkEditor(ctx)
  const filled: Filled[] = []
  for (const row of rows) {
    const outcome = await fillRow(ctx, row)
    filled.push(
      outcome.ok
        ? { assetId: row.assetId, ok: true, ...outcome.value }
        : { assetId: row.assetId, ok: false, changed: [], was: row.was, error: outcome.error, detail: outcome.detail },
    )
  }
  return filled
}

async function fillRow(
  ctx: Doing,
  { assetId, was, written, read }: SheetRow,
): Promise<Result<Pick<Filled, 'changed' | 'was'>, FillRowError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    const { changed, against } = mergeSheet(was, written, sheetWordsOf(asset))
    if (against.length > 0) return fail('written-meanwhile', against)
    const anew = Object.fromEntries(changed.map((field) => [field, read[field]]))
    const now = sheetWordsOf({ ...asset, ...anew })
    const filled = { changed, was: { ...was, ...Object.fromEntries(writtenAnew(was, written).map((field) => [field, now[field]])) } }
    if (changed.length === 0) return ok(filled)
    const edited = await editAsset(tx, { ...asSent(asset), ...anew })
    return edited.ok ? ok(filled) : edited
  })
}
