import { priceList } from '../licensing/store-prices.ts'
import { bandOf, type PriceList } from '../catalog/rules/price-bands.ts'
import { asksForRights, cellOf, type RightsCell } from '../catalog/rules/rights-wish.ts'
import { dueAfter, readKept, type Pace } from '../catalog/rules/saved-question.ts'
import { matchNews } from '../catalog/saved-searches.ts'
import { lets } from '../catalog/search-cells.ts'
import { tilesById, type Tile } from '../catalog/tiles.ts'
import { languageNamed } from '../kernel/language.ts'
import { isCurrency, type Currency } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import type { Context, Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { enqueueAll } from '../platform/queue.ts'
import { loadRights } from '../rights/loading.ts'
import type { LetterProps } from '#emails/props.ts'
import { notificationJobs, type MailPayload } from './jobs.ts'
import { houseOf } from './people.ts'

type Telling = Ctx<'db' | 'clock' | 'actor' | 'origin'>
/** A letter shows so many pictures, and looks at so many. */
const shown = 9
const looked = 40

interface Due {
  id: string
  userId: string
  name: string
  search: string
  currency: string
  pace: Pace
  stopKey: string
  waiting: number
  email: string | null
  personName: string | null
  language: string | null
}
interface Find {
  searchId: string
  assetId: string
  priceClass: string | null
}

/** The timetable's round: what is new is held against all kept searches, and those whose time has come are told. */
export async function tellOfNews(ctx: Context): Promise<{ letters: number }> {
  await matchNews(ctx)
  let letters = 0
  for (let round = 0; round < 100; round++) {
    const told = await tellSome(ctx)
    letters += told.letters
    if (told.searches === 0) break
  }
  return { letters }
}

/**
 * Some of the searches that are due: what they found is asked of the engine as of now, marked as told, and the letters are promised,
 * in one transaction. So a picture is told once, whoever dies when; and what may no longer be had is not told at all.
 */
async function tellSome(ctx: Telling, batch = 100): Promise<{ searches: number; letters: number }> {
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const { houseId } = tx.actor
    const due = await tx.db.$queryRaw<Due[]>`
      SELECT s.id, s.user_id AS "userId", s.name, s.search, s.currency, s.pace, s.stop_key AS "stopKey", s.waiting, u.email, u.name AS "personName", u.language
      FROM saved_searches s LEFT JOIN users u ON u.id = s.user_id AND u.closed_at IS NULL AND EXISTS (SELECT FROM members m WHERE m.user_id = u.id AND m.house_id = s.house_id AND m.ended_at IS NULL)
      WHERE s.house_id = ${houseId} AND s.pace <> 'none' AND s.waiting > 0 AND s.due_at <= ${at}::timestamptz
      ORDER BY s.due_at LIMIT ${batch}::int FOR UPDATE OF s SKIP LOCKED`
    if (due.length === 0) return { searches: 0, letters: 0 }
    const ids = due.map(({ id }) => id)
    const finds = await tx.db.$queryRaw<Find[]>`
      SELECT s.id AS "searchId", f.asset_id AS "assetId", f.price_class AS "priceClass" FROM unnest(${ids}::text[]) AS s (id), LATERAL (
        SELECT e.asset_id, (SELECT substr(lexeme, 9) FROM unnest(tsvector_to_array(e.words)) lexeme WHERE lexeme LIKE 'f/price:%') AS price_class
        FROM saved_search_finds f JOIN search_entries e ON e.asset_no = f.asset_no AND e.house_id = ${houseId}
        WHERE f.search_id = s.id AND f.told_at IS NULL ORDER BY f.asset_no DESC LIMIT ${looked}::int) f`
    const letters = await lettersOf(tx, due, finds)
    await tx.db
      .$executeRaw`UPDATE saved_search_finds SET told_at = ${at}::timestamptz WHERE search_id = ANY(${ids}::text[]) AND told_at IS NULL`
    await tx.db.$executeRaw`
      UPDATE saved_searches s SET waiting = 0, told_at = ${at}::timestamptz, due_at = d.due_at FROM unnest(${ids}::text[], ${due.map(({ pace }) => dueAfter(pace, at))}::timestamptz[]) AS d (id, due_at)
      WHERE s.id = d.id`
    if (letters.length > 0) await enqueueAll(tx, notificationJobs.mail, letters)
    return { searches: due.length, letters: letters.length }
  })
}

async function lettersOf(tx: Telling, due: readonly Due[], finds: readonly Find[]): Promise<MailPayload[]> {
  const currencies = [...new Set(due.map(({ currency }) => currency).filter(isCurrency))]
  const assetIds = [...new Set(finds.map(({ assetId }) => assetId))]
  const [house, tiles, rights, lists] = await Promise.all([
    houseOf(tx),
    tilesById(tx, assetIds),
    loadRights(tx, { assetIds, claims: 'live' }),
    Promise.all(currencies.map(async (currency) => [currency, await priceList(tx, currency)] as const)),
  ])
  const tile = new Map(tiles.map((one) => [one.id, one]))
  const prices = new Map<Currency, PriceList | null>(lists)
  const now = tx.clock.now()
  const at = now.toISOString()
  const fits = (search: Due) => {
    const wish = readKept(search.search)
    const cell: RightsCell | null = asksForRights(wish.rights)
      ? cellOf(wish.rights, wish.rights.exclusive, dayOf(now, house.timeZone), house.timeZone)
      : null
    const list = isCurrency(search.currency) ? (prices.get(search.currency) ?? null) : null
    return (find: Find): boolean => {
      const known = rights.get(find.assetId)
      if (!tile.has(find.assetId) || (cell && !(known && lets(cell, known, now)))) return false
      if (wish.filters.price.length === 0) return true
      const minor = find.priceClass && list ? list.minorOf(find.priceClass) : null
      return minor !== null && list !== null && wish.filters.price.includes(bandOf(minor, list.currency))
    }
  }
  return due.flatMap((search) => {
    if (!search.email) return []
    const fitting = finds.filter(({ searchId }) => searchId === search.id).filter(fits(search))
    if (fitting.length === 0) return []
    const pictures = fitting.slice(0, shown).map(({ assetId }) => pictureOf(tile.get(assetId) as Tile, tx.origin))
    const props: LetterProps['saved-search'] = {
      houseName: house.name,
      name: search.personName,
      language: languageNamed(search.language),
      searchName: search.name,
      total: fitting.length,
      more: search.waiting > looked,
      pictures,
      url: `${tx.origin}/search?${search.search}${search.search ? '&' : ''}sort=newest`,
      manageUrl: `${tx.origin}/account/searches`,
      stopPage: `${tx.origin}/alerts/${search.stopKey}`,
      stopUrl: `${tx.origin}/hooks/alerts/${search.stopKey}`,
    }
    return [
      {
        houseId: tx.actor.houseId,
        template: 'saved-search',
        key: `saved-search:${search.id}:${at}`,
        to: search.email,
        toUserId: search.userId,
        props,
      },
    ]
  })
}

const pictureOf = ({ id, title, creator, versionId, width, height }: Tile, origin: string) => ({
  title,
  creator,
  src: versionId ? `${origin}/previews/${id}/grid?v=${versionId}` : null,
  width: width ?? 4,
  height: height ?? 3,
  url: `${origin}/assets/${id}`,
})
