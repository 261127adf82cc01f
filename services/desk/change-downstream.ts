import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { Deliveries } from './rules/change-item.ts'

type Reading = Ctx<'db' | 'actor'>

export interface LicenceRow {
  id: string
  no: bigint
  number: string
  holderOrgId: string
  model: string
  state: string
  assetId: string
  exclusive: boolean
  startsAt: number
  endsAt: number | null
  kitId: string | null
  orderId: string | null
  lineId: string | null
  currency: string | null
  /** Minor units, as text: tens of thousands of rows hold few different amounts. */
  paidMinor: string | null
  refundedMinor: string
}

/**
 * A thousand rows as one text: parsed in one go, they cost the process a third of what it takes to read them column by
 * column. Instants are milliseconds in it.
 */
async function rowsAsOne<R>(db: Reading['db'], query: Prisma.Sql): Promise<R[]> {
  const [all] = await db.$queryRaw<{ rows: string | null }[]>`SELECT json_agg(r)::text AS rows FROM (${query}) r`
  return all?.rows ? (JSON.parse(all.rows) as R[]) : []
}
const milliseconds = (column: string) => Prisma.raw(`floor(extract(epoch FROM ${column}) * 1000)::bigint`)

/** The licences behind claims, with what was paid for each and what went back: one query, however many. */
export async function licencesOf({ db, actor }: Reading, nos: readonly bigint[]): Promise<LicenceRow[]> {
  const rows = await rowsAsOne<Omit<LicenceRow, 'no'> & { no: string }>(
    db,
    Prisma.sql`
    SELECT l.id, l.no::text AS no, l.number, l.holder_org_id AS "holderOrgId", l.model, l.state, l.asset_id AS "assetId", l.exclusive,
      ${milliseconds('l.starts_at')} AS "startsAt", ${milliseconds('l.ends_at')} AS "endsAt", g.kit_id AS "kitId", o.id AS "orderId", ol.id AS "lineId", o.currency,
      CASE WHEN o.paid_at IS NOT NULL THEN (ol.net_minor + ol.tax_minor)::text END AS "paidMinor",
      -- Money that went back for the whole order went back for each line of it.
      CASE WHEN r.whole THEN ol.net_minor + ol.tax_minor ELSE coalesce(r.part, 0) END::text AS "refundedMinor"
    FROM licences l
    LEFT JOIN kit_grants g ON g.id = l.kit_grant_id
    LEFT JOIN order_lines ol ON ol.id = l.order_line_id
    LEFT JOIN orders o ON o.id = ol.order_id
    LEFT JOIN LATERAL (
      SELECT bool_or(order_line_id IS NULL) AS whole, sum(amount_minor) FILTER (WHERE order_line_id = ol.id) AS part
      FROM refunds WHERE order_id = o.id AND state <> 'FAILED' AND origin <> 'DUPLICATE') r ON true
    WHERE l.house_id = ${actor.houseId} AND l.no = ANY(${[...nos]}::bigint[])`,
  )
  return rows.map((row) => ({ ...row, no: BigInt(row.no) }))
}

export interface SaleRow {
  id: string
  no: bigint
  assetId: string
  shop: string
  reference: string
  holder: string
  exclusive: boolean
}

export const importedSalesOf = ({ db, actor }: Reading, nos: readonly bigint[]): Promise<SaleRow[]> =>
  db.$queryRaw<SaleRow[]>`
    SELECT id, no, asset_id AS "assetId", shop, reference, holder, exclusive FROM imported_sales
    WHERE house_id = ${actor.houseId} AND no = ANY(${[...nos]}::bigint[])`

/** What left the house already under these licences. */
export async function deliveriesOf({ db }: Reading, licenceIds: readonly string[]): Promise<Map<string, Deliveries>> {
  const rows = await rowsAsOne<{ licenceId: string; count: number; people: number; last: number }>(
    db,
    Prisma.sql`
    SELECT licence_id AS "licenceId", count(*) AS count, count(DISTINCT coalesce(user_id, person_name)) AS people, ${milliseconds('max(at)')} AS last FROM deliveries
    WHERE licence_id = ANY(${[...licenceIds]}::text[]) AND outcome = 'SERVED' GROUP BY licence_id`,
  )
  return new Map(
    rows.map(({ licenceId, count, people, last }) => [licenceId, { count, people, last: new Date(last).toISOString() }] as const),
  )
}

export interface PlacementRow {
  kind: 'KIT' | 'COLLECTION'
  id: string
  assetId: string
  title: string
  /** Organisations that hold the kit now. */
  holders: bigint
}

/** Kits and collections that show the assets. */
export const placementsOf = ({ db, actor }: Ctx<'db' | 'actor'>, now: Date, assetIds: readonly string[]): Promise<PlacementRow[]> =>
  db.$queryRaw<PlacementRow[]>`
    SELECT 'KIT' AS kind, k.id, i.asset_id AS "assetId", k.title,
      (SELECT count(*) FROM kit_grants g WHERE g.kit_id = k.id AND g.revoked_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > ${now})) AS holders
    FROM brand_kit_items i JOIN brand_kits k ON k.id = i.kit_id
    WHERE k.house_id = ${actor.houseId} AND k.archived_at IS NULL AND i.asset_id = ANY(${[...assetIds]}::text[])
    UNION ALL
    SELECT 'COLLECTION', c.id, i.asset_id, c.title, 0 FROM collection_items i JOIN collections c ON c.id = i.collection_id
    WHERE c.house_id = ${actor.houseId} AND c.archived_at IS NULL AND i.asset_id = ANY(${[...assetIds]}::text[])`

export interface RequestRow {
  id: string
  assetId: string
  orgId: string
  orgKind: string
  purpose: string
  terms: ScopeTerms
}

export const waitingRequestsOf = ({ db, actor }: Reading, assetIds: readonly string[]): Promise<RequestRow[]> =>
  db.$queryRaw<RequestRow[]>`
    SELECT r.id, r.asset_id AS "assetId", r.org_id AS "orgId", o.kind::text AS "orgKind", r.purpose, r.terms
    FROM grant_requests r JOIN organisations o ON o.id = r.org_id
    WHERE r.house_id = ${actor.houseId} AND r.state = 'WAITING' AND r.asset_id = ANY(${[...assetIds]}::text[]) ORDER BY r.id`

export interface AssetRow {
  id: string
  title: string
  state: string
  renditions: number
  /** Carts that it lies in. */
  carts: number
}

/** The assets themselves, what was made of them, and in how many carts they lie. */
export const shownAssetsOf = ({ db, actor }: Reading, assetIds: readonly string[]): Promise<AssetRow[]> =>
  rowsAsOne<AssetRow>(
    db,
    Prisma.sql`
    WITH wanted AS (SELECT id, title, state::text AS state FROM assets WHERE house_id = ${actor.houseId} AND id = ANY(${[...assetIds]}::text[])),
      made AS (SELECT v.asset_id, count(*) AS n FROM asset_versions v JOIN renditions r ON r.version_id = v.id WHERE v.asset_id IN (SELECT id FROM wanted) GROUP BY 1),
      carts AS (SELECT l.asset_id, count(DISTINCT l.cart_id) AS n FROM cart_lines l WHERE l.asset_id IN (SELECT id FROM wanted) GROUP BY 1)
    SELECT w.*, coalesce(m.n, 0) AS renditions, coalesce(c.n, 0) AS carts FROM wanted w LEFT JOIN made m ON m.asset_id = w.id LEFT JOIN carts c ON c.asset_id = w.id`,
  )

/** The organisations that hold something, and how many people each has to tell. */
export async function holdersOf({ db, actor }: Reading, orgIds: readonly string[]): Promise<Map<string, { name: string; people: number }>> {
  const rows = await db.$queryRaw<{ id: string; name: string; people: bigint }[]>`
    SELECT o.id, o.name, count(m.id) AS people FROM organisations o LEFT JOIN members m ON m.org_id = o.id AND m.ended_at IS NULL
    WHERE o.house_id = ${actor.houseId} AND o.id = ANY(${[...orgIds]}::text[]) GROUP BY o.id`
  return new Map(rows.map(({ id, name, people }) => [id, { name, people: Number(people) }] as const))
}

const atOnce = 1_000

/** The same question in pieces of a thousand: arrays stay small enough for the planner, and nothing is asked one by one. */
export async function inChunks<T, R>(all: readonly T[], ask: (chunk: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = []
  await eachChunk(all, ask, (rows) => {
    for (const row of rows) found.push(row)
  })
  return found
}

const ahead = 2

/** Piece by piece, in order: while one is worked on, the database reads the next two. */
export async function eachChunk<T, R>(
  all: readonly T[],
  ask: (chunk: readonly T[]) => Promise<R[]>,
  take: (rows: R[]) => void,
): Promise<void> {
  const asked: Promise<R[]>[] = []
  let from = 0
  const askMore = () => {
    for (; asked.length < ahead && from < all.length; from += atOnce) {
      const rows = ask(all.slice(from, from + atOnce))
      // Heard where it is awaited; a failure in between must not leave it unheard.
      rows.catch(() => undefined)
      asked.push(rows)
    }
  }
  askMore()
  for (let next = asked.shift(); next; next = asked.shift()) {
    const rows = await next
    askMore()
    take(rows)
  }
}
