import type { AssetKind } from '../assets/rules/asset-words.ts'
import type { Language } from '../kernel/language.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { cellOf, noRights, rightsWords, type RightsWish } from './rules/rights-wish.ts'
import { lets } from './search-cells.ts'
import { tilesById, type Tile } from './tiles.ts'
import { houseZone } from './views.ts'

/** The uses by which pictures are told apart: in the territory and until the day that is asked, else worldwide for a year. */
export const comparedUses = ['advertising', 'social', 'editorial', 'product', 'broadcast', 'ai'] as const
export type ComparedUse = (typeof comparedUses)[number]

export interface Compared {
  tile: Tile
  kind: AssetKind
  contributor: { slug: string; name: string } | null
  dateCreated: string | null
  width: number | null
  height: number | null
  mediaType: string
  madeByAi: boolean
  editorialOnly: boolean
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  /** Whether people can be seen, and whether their consents are on file; null where nobody has said. */
  showsPeople: boolean | null
  released: boolean
  /** What the rights engine says to each use; `exclusive` is the asked use, else advertising, for one alone. */
  uses: Record<ComparedUse, boolean>
  exclusive: boolean
  /** What it says to the asked use, where that is none of those. */
  asked: boolean | null
}
export interface Comparison {
  sides: Compared[]
  /** What was asked, in words: its medium where one was named. */
  use: { medium: string | null; territory: string; until: string; untilInWords: string }
}

interface Facts {
  id: string
  dateCreated: string | null
  width: number | null
  height: number | null
  mediaType: string
  source: string | null
  editorialOnly: boolean
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  showsPeople: boolean | null
  released: boolean
  slug: string | null
}

/** Pictures side by side, in the order of the address; those that have left the store are left out. */
export async function comparePage(
  ctx: Ctx<'db' | 'actor' | 'clock'> & { language?: Language },
  ids: readonly string[],
  wish: RightsWish = noRights,
): Promise<Comparison> {
  const now = ctx.clock.now()
  const [tiles, zone, rights, facts] = await Promise.all([
    tilesById(ctx, ids),
    houseZone(ctx),
    loadRights(ctx, { assetIds: ids, claims: 'live' }),
    ctx.db.$queryRaw<Facts[]>`
      SELECT a.id, a.date_created AS "dateCreated", v.width, v.height, v.media_type AS "mediaType", a.digital_source_type AS source, a.editorial_only AS "editorialOnly",
        a.sells_royalty_free AS "sellsRoyaltyFree", a.sells_rights_managed AS "sellsRightsManaged", a.shows_people AS "showsPeople",
        EXISTS (SELECT FROM releases r WHERE r.asset_id = a.id AND r.kind = 'MODEL' AND r.status IN ('UNLIMITED', 'LIMITED') AND r.superseded_at IS NULL) AS released, c.slug
      FROM assets a JOIN asset_versions v ON v.id = a.published_version_id LEFT JOIN contributors c ON c.house_id = a.house_id AND c.name = a.creator
      WHERE a.id = ANY(${[...ids]}::text[]) AND a.house_id = ${ctx.actor.houseId}`,
  ])
  const today = dayOf(now, zone)
  const cell = (medium: string, exclusive: boolean) => cellOf({ ...wish, medium, exclusive }, exclusive, today, zone)
  const other = wish.medium !== '' && !comparedUses.some((use) => use === wish.medium)
  const sides = tiles.flatMap((tile) => {
    const known = rights.get(tile.id)
    const fact = facts.find(({ id }) => id === tile.id)
    if (!known || !fact) return []
    const { id: _id, slug, source, ...rest } = fact
    const may = (medium: string, exclusive = false) => lets(cell(medium, exclusive), known, now)
    return [
      {
        tile,
        kind: tile.kind,
        contributor: slug ? { slug, name: tile.creator } : null,
        ...rest,
        madeByAi: /trainedalgorithmicmedia/i.test(source ?? ''),
        uses: Object.fromEntries(comparedUses.map((use) => [use, may(use)])) as Record<ComparedUse, boolean>,
        exclusive: fact.sellsRightsManaged && may(wish.medium, true),
        asked: other ? may(wish.medium) : null,
      },
    ]
  })
  const words = rightsWords(wish, today, ctx.language)
  return { sides, use: { ...words, medium: wish.medium === '' ? null : words.medium } }
}
