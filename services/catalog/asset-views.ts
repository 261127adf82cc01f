import { houseShown } from '../accounts/houses.ts'
import { ownFactsOutside } from '../assets/own-views.ts'
import { extendedOf } from '../assets/rules/extended-description.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { playerOf } from '../assets/player-view.ts'
import { previewPresets } from '../assets/rules/rendition-plan.ts'
import { contributorNamed } from './contributors.ts'
import { sightOf } from './rules/visibility.ts'
import { similarAssets } from './similar.ts'
import { tilesById, tilesOf, type Tile } from './tiles.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>

const shownPresets: string[] = [...previewPresets]

const assetSelect = {
  id: true,
  houseId: true,
  state: true,
  audience: true,
  publishedAt: true,
  kind: true,
  title: true,
  description: true,
  altText: true,
  keywords: true,
  iptc: true,
  customFields: true,
  creator: true,
  creditLine: true,
  copyrightNotice: true,
  source: true,
  sourceUrl: true,
  dateCreated: true,
  digitalSourceType: true,
  showsPeople: true,
  showsProperty: true,
  editorialOnly: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  priceFactorBp: true,
  publishedVersion: {
    select: {
      id: true,
      number: true,
      mediaType: true,
      byteSize: true,
      width: true,
      height: true,
      pages: true,
      dominantColour: true,
      durationMs: true,
      frames: true,
      preview: true,
      facts: true,
      palette: true,
      renditions: { where: { preset: { in: shownPresets } }, select: { preset: true, mediaType: true, width: true, height: true } },
    },
  },
} as const

const similarShown = 12
type Alike = (ctx: Reading, assetId: string, limit: number) => Promise<string[]>

/**
 * The page of one picture of the store: 410 for one that was withdrawn, 404 for what the reader may not know of. What looks
 * like it may have been found before; what is no longer in the store is left out of it all the same.
 */
export async function assetPage(ctx: Reading & Ctx<'language'>, assetId: string, alike: Alike = similarAssets) {
  const { houseId } = ctx.actor
  const [row, house, collections, similar] = await Promise.all([
    ctx.db.asset.findFirst({ where: { id: assetId, houseId, audience: 'STORE' }, select: assetSelect }),
    houseShown(ctx),
    ctx.db.collection.findMany({
      where: { houseId, archivedAt: null, items: { some: { assetId } } },
      orderBy: { position: 'asc' },
      take: 3,
      select: { slug: true, title: true },
    }),
    alike(ctx, assetId, similarShown).then((ids) => tilesById(ctx, ids)),
  ])
  const sight = row ? sightOf(ctx.actor, row, false) : 'hidden'
  if (!row || sight === 'hidden') throw new Refusal('not-found', `no asset ${assetId}`)
  const { publishedVersion: version, houseId: _house, state: _state, audience: _audience, iptc, customFields, ...asset } = row
  if (sight === 'gone' || !version) throw new Refusal('gone', `asset ${assetId} is no longer offered`)
  const [series, own, contributor] = await Promise.all([
    sameSeries(ctx, asset),
    ownFactsOutside(ctx, { kind: asset.kind, customFields }),
    asset.creator === '' ? null : contributorNamed(ctx, asset.creator),
  ])
  const { renditions, facts: _facts, ...facts } = version
  const rendition = (preset: string) => renditions.find((made) => made.preset === preset) ?? null
  const together = new Set(series.map(({ id }) => id))
  return {
    house,
    asset: { ...asset, altText: asset.altText || asset.title, extendedDescription: extendedOf(iptc) },
    /** What the house's own fields say to people outside. */
    own,
    version: { ...facts, byteSize: Number(facts.byteSize) },
    preview: { grid: rendition('grid'), page: rendition('page') },
    player: playerOf(assetId, version, true),
    collections,
    contributor,
    series,
    more: similar.filter(({ id }) => !together.has(id)).slice(0, 8),
  }
}

/**
 * What was made by the same hand on the same date, as the records say it: a shoot where they give a day, a year's work
 * where they give a year. Pictures whose maker or date is not known belong to no series.
 */
async function sameSeries(
  ctx: Reading,
  { id, creator, dateCreated }: { id: string; creator: string; dateCreated: string | null },
): Promise<Tile[]> {
  if (creator === '' || !dateCreated) return []
  return tilesOf(
    ctx,
    Prisma.sql`
    SELECT id FROM assets
    WHERE house_id = ${ctx.actor.houseId} AND state = 'PUBLISHED' AND audience = 'STORE' AND creator = ${creator}
      AND date_created = ${dateCreated} AND id <> ${id}
    ORDER BY published_at DESC, id LIMIT 8`,
  )
}
