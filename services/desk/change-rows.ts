import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { scopeTerms } from '../rights/schema.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { NewRow, UpstreamChange } from './rules/change.ts'
import { termsWithin } from './rules/change-terms.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
export type RowToWrite = NewRow & { id: string; assetId: string; assetNo: bigint }

const tableOf = (change: UpstreamChange) =>
  change.kind === 'END_CONTRACT' || change.kind === 'NARROW_CONTRACT' ? 'acquisitions' : 'releases'

/** Rows end, and stay on record: what was known before can still be asked. */
export async function endRows(tx: Tx, change: UpstreamChange, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  const ended = await tx.db.$executeRaw`
    UPDATE ${Prisma.raw(tableOf(change))} SET superseded_at = greatest(${at}::timestamptz, recorded_at) WHERE id = ANY(${[...ids]}::text[]) AND superseded_at IS NULL`
  // Under the assets' locks nobody else can have ended them.
  if (ended !== ids.length) throw new Error(`${ids.length} rows were to end, ${ended} did`)
}

/** Write down what begins; what a row does not say it takes from the one that it replaces. */
export async function writeRows(tx: Tx, change: UpstreamChange, rows: readonly RowToWrite[], at: Date): Promise<void> {
  if (rows.length === 0) return
  const by = tx.actor.kind === 'person' ? tx.actor.userId : null
  const terms = await termsOf(tx, change, rows)
  const sent = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      replaces: row.replaces,
      asset_id: row.assetId,
      asset_no: row.assetNo.toString(),
      media: row.box.media.toPostgres(),
      territory: row.box.territory.toPostgres(),
      industry: row.box.industry.toPostgres(),
      from: row.box.period.from.getTime() > -8e15 ? row.box.period.from : null,
      to: row.box.period.to,
      terms: terms(row),
      sub_licensable: row.subLicensable ?? null,
      status: row.status ?? null,
      ai_uses: row.aiUses ?? null,
      sensitive: row.sensitive?.toPostgres() ?? null,
    })),
  )
  const wanted = Prisma.sql`jsonb_to_recordset(${sent}::jsonb) AS w (id text, replaces text, asset_id text, asset_no bigint, media text, territory text, industry text, "from" timestamptz,
    "to" timestamptz, terms jsonb, sub_licensable boolean, status text, ai_uses boolean, sensitive text)`
  const columns = Prisma.raw(
    'id, house_id, asset_id, asset_no, media_set, territory_set, industry_set, period, terms, recorded_at, recorded_by_id',
  )
  const values = Prisma.sql`w.id, ${tx.actor.houseId}, w.asset_id, w.asset_no, w.media::int4multirange, w.territory::int4multirange, w.industry::int4multirange,
    tstzrange(w."from", w."to", '[)'), w.terms, ${at}::timestamptz, ${by}::text`
  if (change.kind === 'BAN')
    await tx.db.$executeRaw`
      INSERT INTO restrictions (${columns}, kind, reason, reference)
      SELECT ${values}, ${change.ban}::restriction_kind, ${change.reason}, ${change.reference} FROM ${wanted}`
  else if (tableOf(change) === 'acquisitions')
    await tx.db.$executeRaw`
      INSERT INTO acquisitions (${columns}, contract, licensor, sub_licensable, exclusive)
      SELECT ${values}, old.contract, old.licensor, coalesce(w.sub_licensable, old.sub_licensable), old.exclusive
      FROM ${wanted} JOIN acquisitions old ON old.id = w.replaces`
  else
    await tx.db.$executeRaw`
      INSERT INTO releases (${columns}, kind, status, reference, minor, guardian, ai_uses, sensitive_set)
      SELECT ${values}, old.kind, w.status::release_status, old.reference, old.minor, old.guardian, coalesce(w.ai_uses, old.ai_uses), coalesce(w.sensitive::int4multirange, old.sensitive_set)
      FROM ${wanted} JOIN releases old ON old.id = w.replaces`
}

/** The words of each new row: a ban's own, or what is left of the words of the row that it replaces. */
async function termsOf(tx: Tx, change: UpstreamChange, rows: readonly RowToWrite[]): Promise<(row: RowToWrite) => ScopeTerms> {
  if (change.kind === 'BAN') return () => change.terms
  const ids = rows.flatMap(({ replaces }) => replaces ?? [])
  const olds = await tx.db.$queryRaw<{ id: string; terms: unknown }[]>`
    SELECT id, terms FROM ${Prisma.raw(tableOf(change))} WHERE id = ANY(${ids}::text[])`
  const oldOf = new Map(olds.map(({ id, terms }) => [id, JSON.stringify(terms)] as const))
  const zone = 'zone' in change ? change.zone : change.terms.zone
  // One contract says the same of thousands of pictures: words are found once for each wording.
  const read = new Map<string, ScopeTerms | null>()
  const made = new Map<string, ScopeTerms>()
  return (row) => {
    const text = (row.replaces && oldOf.get(row.replaces)) ?? ''
    if (!read.has(text)) {
      const known = scopeTerms.safeParse(text ? JSON.parse(text) : null)
      read.set(text, known.success ? known.data : null)
    }
    const { media, territory, industry, period } = row.box
    const key = `${text}|${media.toPostgres()}|${territory.toPostgres()}|${industry.toPostgres()}|${period.from.getTime()}|${period.to?.getTime() ?? ''}`
    const terms = made.get(key) ?? termsWithin(read.get(text) ?? null, row.box, zone, false)
    made.set(key, terms)
    return terms
  }
}
