import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { spokenFor } from './publishing-facts.ts'
import type { AssetState } from './rules/asset-states.ts'
import type { Audience } from './rules/asset-words.ts'
import { lacksNow, unmetOf, type Alike, type Lack } from './rules/lacks.ts'
import { describedChecks, publishingChecks, type PublishingFacts } from './rules/publishable.ts'
import { ownFields } from './schemas.ts'
import { resolveSelection, selectionOf } from './selections.ts'

type Looking = Ctx<'db' | 'clock' | 'actor'>

interface Row {
  state: AssetState
  held_from: AssetState | null
  audience: Audience
  legal_hold: boolean
  titled: boolean
  told: boolean
  credited: boolean
  offered: boolean
  answered: boolean
  ended: boolean
  outside: boolean
  processing: 'WAITING' | 'READY' | 'REJECTED' | null
  is_live: boolean
  approved: boolean
  held: boolean
  unfilled: string[]
}

const said = (yes: boolean): string => (yes ? 'said' : '')

const alike = Prisma.raw(
  'state, held_from, audience, legal_hold, titled, told, credited, offered, answered, ended, outside, processing, is_live, approved, held, unfilled',
)

/** Where the ids come from, as `i (id)`. */
const ofSelection = (id: string) =>
  Prisma.sql`(SELECT unnest(p.asset_ids) AS id FROM library_selection_parts p WHERE p.selection_id = ${id}) i`
const ofIds = (ids: readonly string[]) => Prisma.sql`unnest(${[...ids]}::text[]) AS i (id)`

/**
 * The facts of `publishingFactsOf`, of however many assets in one statement: what the rules ask is yes or no, so that a hundred
 * thousand come in a few dozen kinds. `ids` are those of a kind, where somebody wants them.
 */
async function kindsOf(ctx: Looking, from: Prisma.Sql, withIds: boolean): Promise<(Alike & { ids: string[] })[]> {
  const { houseId } = ctx.actor
  const needed = (await ownFields(ctx, houseId)).filter(({ need }) => need !== 'NEVER')
  const labels = new Map(needed.map((field) => [field.id, field]))
  const asked = JSON.stringify(needed.map(({ id, kinds }) => ({ id, kinds })))
  const rows = await ctx.db.$queryRaw<(Row & { count: number; ids: string[] })[]>`
    SELECT ${alike}, count(*)::int AS count, ${withIds ? Prisma.sql`array_agg(id)` : Prisma.sql`'{}'::text[]`} AS ids FROM (
      SELECT a.state::text, a.held_from::text, a.audience::text, a.legal_hold, a.title ~ '\\S' AS titled, a.alt_text ~ '\\S' AS told,
        a.creator ~ '\\S' OR a.credit_line ~ '\\S' AS credited, a.sells_royalty_free OR a.sells_rights_managed AS offered,
        a.shows_people IS NOT NULL AND a.shows_property IS NOT NULL AS answered, coalesce(a.use_ends_at <= ${ctx.clock.now()}, false) AS ended,
        a.quarantined_at IS NOT NULL AS outside, v.processing::text, a.published_version_id IS NOT DISTINCT FROM a.current_version_id AS is_live,
        EXISTS (SELECT FROM reviews r WHERE r.asset_id = a.id AND r.state = 'APPROVED' AND r.version_id IN (v.id, v.restored_from_id)) AS approved,
        EXISTS (SELECT FROM acquisitions q WHERE q.asset_id = a.id AND q.house_id = a.house_id AND q.superseded_at IS NULL) AS held,
        ARRAY(SELECT f.id FROM jsonb_to_recordset(${asked}::jsonb) AS f (id text, kinds text[]) WHERE a.kind::text = ANY(f.kinds)
          AND NOT CASE jsonb_typeof(a.custom_fields -> f.id) WHEN 'string' THEN a.custom_fields ->> f.id ~ '\\S' WHEN 'array' THEN a.custom_fields -> f.id <> '[]'
            ELSE coalesce(a.custom_fields -> f.id, 'null') <> 'null' END ORDER BY f.id) AS unfilled, i.id
      FROM ${from} JOIN assets a ON a.id = i.id AND a.house_id = ${houseId} LEFT JOIN asset_versions v ON v.id = a.current_version_id) z
    GROUP BY ${alike}`
  return rows.map((row) => {
    const facts = factsOf(row, labels)
    return {
      state: row.state,
      heldFrom: row.held_from,
      audience: row.audience,
      legalHold: row.legal_hold,
      count: row.count,
      forReview: unmetOf(describedChecks(facts)),
      forPublishing: unmetOf(publishingChecks(facts)),
      ids: row.ids,
    }
  })
}

function factsOf(row: Row, fields: ReadonlyMap<string, { id: string; label: string; need: string }>): PublishingFacts {
  return {
    title: said(row.titled),
    altText: said(row.told),
    creator: said(row.credited),
    creditLine: '',
    audience: row.audience,
    sellsRoyaltyFree: row.offered,
    sellsRightsManaged: false,
    editorialOnly: false,
    showsPeople: row.answered || null,
    showsProperty: row.answered || null,
    acquisitions: row.held ? 1 : 0,
    useEnded: row.ended,
    quarantinedAt: row.outside ? new Date(0) : null,
    ownFields: row.unfilled.flatMap((id) => {
      const field = fields.get(id)
      return field ? [{ id, label: field.label, need: field.need as 'PUBLISHING' | 'REVIEW' | 'ALWAYS', filled: false }] : []
    }),
    version: row.processing && {
      processing: row.processing,
      approved: spokenFor(row.state, row.held_from, row.is_live) || row.approved,
    },
  }
}

/** A selection by what its assets have and lack: however many there are, one statement. */
export async function alikeIn(ctx: Looking, selectionId: string): Promise<Alike[]> {
  await selectionOf(ctx, selectionId)
  return (await kindsOf(ctx, ofSelection(selectionId), false)).map(({ ids: _ids, ...alike }) => alike)
}

/** What each of these assets lacks; who lacks nothing is not named. */
export async function lacksByAsset(ctx: Looking, ids: readonly string[]): Promise<Map<string, Lack[]>> {
  if (ids.length === 0) return new Map()
  const kinds = await kindsOf(ctx, ofIds(ids), true)
  return new Map(
    kinds.flatMap((kind) => {
      const lacks = lacksNow(kind)
      return lacks.length > 0 ? kind.ids.map((id) => [id, lacks] as const) : []
    }),
  )
}

/** Those of a selection that lack one of these, in the selection's order, with what the first of them is called. */
export async function lacking(ctx: Looking, selectionId: string, demands: readonly string[]): Promise<{ ids: string[]; label: string }> {
  await selectionOf(ctx, selectionId)
  const wanted = (await kindsOf(ctx, ofSelection(selectionId), true)).flatMap((kind) => {
    const lack = lacksNow(kind).find(({ demand }) => demands.includes(demand))
    return lack ? [{ ids: kind.ids, label: lack.label }] : []
  })
  const without = new Set(wanted.flatMap(({ ids }) => ids))
  const ids: string[] = []
  for await (const part of resolveSelection(ctx, { selectionId })) ids.push(...part.filter((id) => without.has(id)))
  return { ids, label: wanted[0]?.label ?? '' }
}
