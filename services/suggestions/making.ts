import { lockAsset } from '../assets/lock.ts'
import { closedToEdits } from '../assets/rules/asset-states.ts'
import { extendedOf } from '../assets/rules/extended-description.ts'
import { ownValues, schemaOf } from '../assets/schemas.ts'
import { sha256 } from '../kernel/canonical.ts'
import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { plainWord } from '../platform/tagger/plain.ts'
import type { SuggestedTerm } from '../platform/tagger/tagger.ts'
import { gather, type HouseTerm } from './gathering.ts'
import { afterAnswers, leastSure } from './rules/learning.ts'
import type { SuggestedField } from './rules/fields.ts'
import type { SuggestionSource } from './rules/suggestion-states.ts'
import { textSuggestions } from './rules/text-suggestions.ts'
import { keptLines } from './schema.ts'

type Making = Ctx<'db' | 'clock' | 'actor' | 'storage' | 'tagger'>
interface Wanted {
  field: SuggestedField
  value: string
  plain: string
  label: string
  source: SuggestionSource
  voters: number
  confidence: number
}

/** What is compared: a word without case and accents; of a text its beginning and its sum. */
export function plainOf(value: string): string {
  const plain = plainWord(value)
  return plain.length <= 100 ? plain : `${plain.slice(0, 60)} ${sha256(plain)}`
}

async function assetToSuggestFor(ctx: Ctx<'db' | 'actor'>, assetId: string) {
  return ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      kind: true,
      state: true,
      title: true,
      description: true,
      altText: true,
      keywords: true,
      iptc: true,
      customFields: true,
      creator: true,
      dateCreated: true,
      currentVersion: {
        select: {
          id: true,
          fileName: true,
          mediaType: true,
          text: { select: { text: true, lines: true } },
          renditions: {
            where: { watermarked: false, preset: { in: ['web', 'clean-grid', 'grid'] } },
            select: { storageKey: true },
            take: 1,
          },
        },
      },
    },
  })
}
type AssetRow = NonNullable<Awaited<ReturnType<typeof assetToSuggestFor>>>

/**
 * Bring an asset's suggestions up to date: what is new is open, what nothing speaks for any more is overtaken, and what a
 * person has answered stays answered. Gives back how many are open.
 */
export async function suggestFor(ctx: Making, assetId: string): Promise<number> {
  const asset = await assetToSuggestFor(ctx, assetId)
  const version = asset?.currentVersion
  if (!asset || !version || closedToEdits.includes(asset.state)) return 0
  const wanted = await wantedFor(ctx, asset, version)
  return inTransaction(ctx, async (tx) => {
    await lockAsset(tx, assetId)
    await write(tx, { assetId, versionId: version.id }, wanted)
    return tx.db.suggestion.count({ where: { assetId, state: 'OPEN' } })
  })
}

async function wantedFor(ctx: Making, asset: AssetRow, version: NonNullable<AssetRow['currentVersion']>): Promise<Wanted[]> {
  const text = version.text?.text ?? ''
  const { creator, dateCreated } = asset
  const { words, terms, near } = await gather(ctx, {
    assetId: asset.id,
    versionId: version.id,
    fileName: version.fileName,
    text,
    creator,
    dateCreated,
  })
  const answered = await ctx.db.suggestion.findMany({
    where: { assetId: asset.id, field: 'keywords', state: { in: ['REFUSED', 'ACCEPTED'] } },
    select: { value: true },
  })
  const never = [...asset.keywords, ...answered.map(({ value }) => value)]
  const copy = ctx.tagger.looks && version.renditions[0] ? await ctx.storage.localCopy(version.renditions[0].storageKey) : null
  try {
    const found = await ctx.tagger.suggest({ path: copy?.path ?? null, mediaType: version.mediaType, words, known: terms, near, never })
    const placed = [...(await inFields(ctx, asset, found, terms)), ...fromText(asset, version.text)]
    return await afterWhatWasAnswered(ctx, placed)
  } finally {
    await copy?.dispose()
  }
}

/** A term of a vocabulary that one of the house's own fields chooses from belongs into that field; all others are keywords. */
async function inFields(ctx: Making, asset: AssetRow, found: readonly SuggestedTerm[], terms: readonly HouseTerm[]): Promise<Wanted[]> {
  const { fields } = await schemaOf(ctx, asset.kind)
  const own = ownValues(asset.customFields)
  return found.flatMap(({ term, from, confidence, voters = 0 }): Wanted[] => {
    const plain = plainOf(term)
    if (plain === '' || term.length > 100) return []
    const said = { plain, label: term, source: from, voters, confidence }
    const places = terms.flatMap(({ term: name, place }) => (place && plainWord(name) === plain ? [place] : []))
    const chosen = fields.flatMap((field) => {
      const place = places.find(({ vocabularyId }) => vocabularyId === field.vocabularyId)
      if (!place || (field.type !== 'CHOICE' && field.type !== 'CHOICES')) return []
      const held = own[field.id]
      const isTaken = Array.isArray(held) && (held.includes(place.termId) || (field.type === 'CHOICE' && held.length > 0))
      return [isTaken ? null : { ...said, field: `own.${field.id}` as const, value: place.termId }]
    })
    return chosen.length > 0 ? chosen.filter((one) => one !== null) : [{ ...said, field: 'keywords', value: term }]
  })
}

function fromText(asset: AssetRow, read: { text: string; lines: unknown } | null): Wanted[] {
  const lines = keptLines.safeParse(read?.lines ?? [])
  if (!read || !lines.success || read.text === '') return []
  const { title, description, altText } = asset
  return textSuggestions(
    { lines: lines.data, text: read.text },
    { title, description, altText, extendedDescription: extendedOf(asset.iptc) },
  ).map(({ field, value, confidence }) => ({ field, value, plain: plainOf(value), label: value, source: 'SEEN', voters: 0, confidence }))
}

/** The house's answers so far, of all its pictures: a word that it often refuses is not pressed on it. */
async function afterWhatWasAnswered(ctx: Making, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const rows = await ctx.db.suggestion.groupBy({
    by: ['plain', 'state'],
    where: {
      houseId: ctx.actor.houseId,
      field: 'keywords',
      plain: { in: wanted.filter(({ field }) => field === 'keywords').map(({ plain }) => plain) },
      state: { in: ['ACCEPTED', 'REFUSED'] },
    },
    _count: true,
  })
  const times = (plain: string, state: string) => rows.find((row) => row.plain === plain && row.state === state)?._count ?? 0
  return wanted
    .map((one) =>
      one.field === 'keywords'
        ? {
            ...one,
            confidence: afterAnswers(one.confidence, { accepted: times(one.plain, 'ACCEPTED'), refused: times(one.plain, 'REFUSED') }),
          }
        : one,
    )
    .filter(({ confidence }) => confidence >= leastSure)
}

async function write(
  tx: Ctx<'db' | 'clock' | 'actor' | 'tagger'>,
  { assetId, versionId }: { assetId: string; versionId: string },
  wanted: readonly Wanted[],
): Promise<void> {
  const at = tx.clock.now()
  const rows = JSON.stringify(wanted.map((one) => ({ id: newId('sug', at), ...one })))
  await tx.db.$executeRaw`
    UPDATE suggestions s SET state = 'OVERTAKEN' WHERE s.asset_id = ${assetId} AND s.state = 'OPEN'
      AND NOT EXISTS (SELECT FROM json_to_recordset(${rows}::json) AS w (field text, plain text) WHERE w.field = s.field AND w.plain = s.plain)`
  await tx.db.$executeRaw`
    INSERT INTO suggestions AS s (id, house_id, asset_id, version_id, field, value, plain, label, source, tagger, voters, confidence, made_at)
    SELECT id, ${tx.actor.houseId}, ${assetId}, ${versionId}, field, value, plain, label, source::suggestion_source, ${tx.tagger.name}, voters, confidence, ${at}::timestamptz
    FROM json_to_recordset(${rows}::json) AS w (id text, field text, value text, plain text, label text, source text, voters int, confidence float8)
    ON CONFLICT (asset_id, field, plain) DO UPDATE SET version_id = EXCLUDED.version_id, value = EXCLUDED.value, label = EXCLUDED.label, source = EXCLUDED.source,
      tagger = EXCLUDED.tagger, voters = EXCLUDED.voters, confidence = EXCLUDED.confidence, state = 'OPEN',
      made_at = CASE WHEN s.state = 'OPEN' THEN s.made_at ELSE EXCLUDED.made_at END
    WHERE s.state IN ('OPEN', 'OVERTAKEN')`
}

/** A record that somebody edited says some of it by itself now: those questions are closed. */
export async function overtake(ctx: Ctx<'db' | 'actor'>, assetId: string): Promise<number> {
  return ctx.db.$executeRaw`
    UPDATE suggestions s SET state = 'OVERTAKEN' FROM assets a
    WHERE a.id = s.asset_id AND s.asset_id = ${assetId} AND s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND (
      (s.field = 'keywords' AND search_plain(s.value) IN (SELECT search_plain(k) FROM unnest(a.keywords) k))
      OR (s.field = 'altText' AND a.alt_text <> '') OR (s.field = 'extendedDescription' AND coalesce(a.iptc ->> 'extendedDescription', '') <> '')
      OR (s.field LIKE 'own.%' AND EXISTS (SELECT FROM asset_terms t WHERE t.asset_id = a.id AND 'own.' || t.field_id = s.field AND t.term_id = s.value)))`
}
