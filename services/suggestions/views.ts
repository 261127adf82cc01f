import { may, mayOpenBytes } from '../assets/policy.ts'
import { closedToEdits } from '../assets/rules/asset-states.ts'
import { ownFields } from '../assets/schemas.ts'
import { resolveSelection } from '../assets/selections.ts'
import { hasStaffRole, isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { mayGoThrough, maySwitchReading } from './policy.ts'
import { colourName } from './rules/colour-names.ts'
import { isOwnField, suggestedFieldWords, suggestedFields, type SuggestedField } from './rules/fields.ts'
import type { ReadLine } from './rules/read-text.ts'
import { sourceWords } from './rules/sources.ts'
import type { SuggestionState } from './rules/suggestion-states.ts'
import { keptLines } from './schema.ts'
import { readsText } from './settings.ts'

type Reading = Ctx<'db' | 'actor' | 'clock'>

export interface SuggestionSeen {
  id: string
  field: SuggestedField
  fieldLabel: string
  label: string
  why: string
  confidence: number
  state: SuggestionState
  decidedAt: Date | null
}
export interface Swatch {
  hex: string
  name: string
  /** By which the library's search knows it. */
  family: string | null
}
export interface SuggestionsPage {
  assetId: string
  versionId: string
  open: SuggestionSeen[]
  decided: SuggestionSeen[]
  palette: Swatch[]
  orientation: string | null
  /** What was read in the picture; null: not looked at yet. */
  text: { outcome: string; text: string; lines: ReadLine[] } | null
  mayDecide: boolean
}

const select = {
  id: true,
  field: true,
  label: true,
  source: true,
  voters: true,
  confidence: true,
  state: true,
  decidedAt: true,
} satisfies Prisma.SuggestionSelect
type Row = Prisma.SuggestionGetPayload<{ select: typeof select }>

/** The order of the record's form. */
const order = (field: string): number => {
  const at = (suggestedFields as readonly string[]).indexOf(field)
  return at < 0 ? suggestedFields.length : at
}

function seen(rows: readonly Row[], labels: ReadonlyMap<string, string>): SuggestionSeen[] {
  return rows
    .map(({ source, voters, field, ...row }) => ({
      ...row,
      field: field as SuggestedField,
      fieldLabel: isOwnField(field)
        ? (labels.get(field.slice(4)) ?? 'Own field')
        : suggestedFieldWords[field as (typeof suggestedFields)[number]],
      why: sourceWords(source, voters),
    }))
    .sort((a, b) => order(a.field) - order(b.field) || b.confidence - a.confidence || (a.id < b.id ? -1 : 1))
}

/** What is suggested for one asset, what was answered lately, and what its picture is known by: colours, shape, text. */
export async function suggestionsOf(ctx: Reading, assetId: string): Promise<SuggestionsPage | null> {
  const { houseId } = ctx.actor
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'suggestions')
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId },
    select: {
      id: true,
      state: true,
      createdById: true,
      embargoEndsAt: true,
      embargoFor: true,
      currentVersion: {
        select: {
          id: true,
          processing: true,
          orientation: true,
          palette: true,
          dominantColour: true,
          text: { select: { outcome: true, text: true, lines: true } },
        },
      },
    },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const version = asset.currentVersion
  // What may not be seen may not be told either: its words and colours are the picture.
  if (!version || version.processing !== 'READY' || !mayOpenBytes(ctx.actor, asset)) return null
  const [open, decided, fields, palette] = await Promise.all([
    ctx.db.suggestion.findMany({
      where: { assetId, houseId, state: 'OPEN' },
      select,
      take: 60,
      orderBy: [{ confidence: 'desc' }, { id: 'asc' }],
    }),
    ctx.db.suggestion.findMany({
      where: { assetId, houseId, state: { in: ['ACCEPTED', 'REFUSED'] } },
      select,
      take: 20,
      orderBy: [{ decidedAt: 'desc' }, { id: 'asc' }],
    }),
    ownFields(ctx, houseId),
    swatches(ctx, version),
  ])
  const labels = new Map(fields.map(({ id, label }) => [id, label]))
  const lines = keptLines.safeParse(version.text?.lines ?? [])
  return {
    assetId,
    versionId: version.id,
    open: seen(open, labels),
    decided: seen(decided, labels),
    palette,
    orientation: version.orientation,
    text: version.text && { outcome: version.text.outcome, text: version.text.text, lines: lines.success ? lines.data : [] },
    mayDecide: !closedToEdits.includes(asset.state) && may(ctx.actor, 'edit', asset),
  }
}

/** The colours of a picture with their names, and the family by which the search knows each; said by the database, as the search says it. */
async function swatches(
  ctx: Reading,
  { dominantColour, palette }: { dominantColour: string | null; palette: string[] },
): Promise<Swatch[]> {
  const hexes = [...new Set([dominantColour, ...palette].filter((hex) => hex !== null))].slice(0, 8)
  if (hexes.length === 0) return []
  const rows = await ctx.db.$queryRaw<{ hex: string; family: string | null }[]>`
    SELECT hex, colour_family(hex) AS family FROM unnest(${hexes}::text[]) WITH ORDINALITY AS c (hex, nth) ORDER BY nth`
  return rows.map((row) => ({ ...row, name: colourName(row.hex) }))
}

/** Assets that this person may decide about. */
function within(ctx: Reading): Prisma.Sql {
  const { actor } = ctx
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'suggestions')
  const { userId } = actor
  const mine = hasStaffRole(actor, 'LIBRARIAN') ? Prisma.empty : Prisma.sql`AND a.created_by_id = ${userId} AND a.state = 'DRAFT'`
  return Prisma.sql`a.house_id = ${actor.houseId} AND a.state NOT IN ('ARCHIVED', 'DELETED') AND (a.embargo_ends_at IS NULL OR ${hasStaffRole(actor, 'LIBRARIAN')}::boolean) ${mine}`
}

async function selectedOf(ctx: Reading, selectionId: string | null): Promise<string[] | null> {
  if (!selectionId) return null
  const ids: string[] = []
  for await (const part of resolveSelection(ctx, { selectionId })) {
    ids.push(...part)
    if (ids.length >= mostAtOnce) break
  }
  return ids.slice(0, mostAtOnce)
}
const mostAtOnce = 2_000

/** One asset at a time, the newest first: which one, how many wait behind it, and where the next begins. */
export async function suggestionsDesk(
  ctx: Reading,
  { after, at, selectionId }: { after: string | null; at: string | null; selectionId: string | null },
) {
  const own = within(ctx)
  const selected = await selectedOf(ctx, selectionId)
  const chosen = selected ? Prisma.sql`AND a.id = ANY(${selected}::text[])` : Prisma.empty
  const from = at ? Prisma.sql`AND s.asset_id <= ${at}` : after ? Prisma.sql`AND s.asset_id < ${after}` : Prisma.empty
  const [rows, [counted], reads] = await Promise.all([
    ctx.db.$queryRaw<{ id: string; title: string }[]>`
      SELECT a.id, a.title FROM (SELECT DISTINCT s.asset_id FROM suggestions s JOIN assets a ON a.id = s.asset_id
        WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' ${from} AND ${own} ${chosen} ORDER BY s.asset_id DESC LIMIT 2) o JOIN assets a ON a.id = o.asset_id ORDER BY a.id DESC`,
    ctx.db.$queryRaw<{ assets: number }[]>`
      SELECT count(*)::int AS assets FROM (SELECT DISTINCT s.asset_id FROM suggestions s JOIN assets a ON a.id = s.asset_id
        WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND ${own} ${chosen} LIMIT 10000) o`,
    readsText(ctx),
  ])
  const [asset, next] = rows
  return {
    asset: asset ?? null,
    next: next?.id ?? null,
    waiting: counted?.assets ?? 0,
    selected: selected?.length ?? null,
    selectionId,
    words: selected ? await wordsOfMany(ctx, selected) : [],
    readsText: reads,
    maySwitch: maySwitchReading(ctx.actor),
    mayDecide: mayGoThrough(ctx.actor),
  }
}
export type SuggestionsDesk = Awaited<ReturnType<typeof suggestionsDesk>>

export interface WordOfMany {
  field: SuggestedField
  fieldLabel: string
  plain: string
  label: string
  assets: number
}
/** Words that are suggested for several of a selection, most first. */
async function wordsOfMany(ctx: Reading, assetIds: readonly string[]): Promise<WordOfMany[]> {
  const [rows, fields] = await Promise.all([
    ctx.db.$queryRaw<{ field: SuggestedField; plain: string; label: string; assets: number }[]>`
      SELECT s.field, s.plain, min(s.label) AS label, count(*)::int AS assets FROM suggestions s JOIN assets a ON a.id = s.asset_id
      WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND s.asset_id = ANY(${[...assetIds]}::text[]) AND (s.field = 'keywords' OR s.field LIKE 'own.%') AND ${within(ctx)}
      GROUP BY 1, 2 ORDER BY 4 DESC, 3 LIMIT 40`,
    ownFields(ctx, ctx.actor.houseId),
  ])
  return rows.map((row) => ({
    ...row,
    fieldLabel: isOwnField(row.field)
      ? (fields.find(({ id }) => `own.${id}` === row.field)?.label ?? 'Own field')
      : suggestedFieldWords.keywords,
  }))
}
