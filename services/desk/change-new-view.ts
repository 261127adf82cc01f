import { Refusal } from '../kernel/errors.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { FormScope } from '../rights/recording-views.ts'
import { scopeTerms } from '../rights/schema.ts'
import { describeScope, type ScopeRow } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { scopeChoices, type ScopeChoices } from '../rights/rules/vocabulary/choices.ts'
import { assetsOf, mostAssets } from './change-ground.ts'
import { mayChangeUpstream } from './change-policy.ts'
import type { ChangeSource } from './rules/change.ts'

export interface NewChangePage {
  source: ChangeSource
  /** How much hangs on it: pictures, licences in force or held, and how the paper reads today. */
  assets: number
  tooMany: boolean
  titles: string[]
  licences: number
  wordings: { rows: ScopeRow[]; assets: number }[]
  /** What the form begins with: the one wording there is, or everything. */
  scope: FormScope
  /** The papers that chosen pictures rest on, to go on with one of them. */
  papers: { by: 'contract' | 'release'; reference: string; assets: number }[]
  choices: ScopeChoices
  zone: string
  today: Day
}

/** What somebody needs to say what changes: the source as it stands, beside the form. */
export async function newChangePage(ctx: Ctx<'db' | 'clock' | 'actor'>, source: ChangeSource): Promise<NewChangePage> {
  const { db, actor } = ctx
  if (!mayChangeUpstream(actor)) throw new Refusal('forbidden', 'draft a change')
  const [assets, house] = await Promise.all([
    assetsOf(ctx, source),
    db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } }),
  ])
  const nos = Prisma.sql`ANY(${assets.map(({ no }) => no)}::bigint[])`
  const [wordings, [live], papers, titles] = await Promise.all([
    wordingsOf(ctx, source, nos),
    db.$queryRaw<{ n: bigint }[]>`
      SELECT count(DISTINCT licence_no) AS n FROM claims WHERE asset_no = ${nos} AND state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')`,
    source.by === 'assets' ? papersOf(ctx, nos) : [],
    db.asset.findMany({ where: { id: { in: assets.slice(0, 5).map(({ id }) => id) } }, select: { title: true }, orderBy: { no: 'asc' } }),
  ])
  const zone = house.timeZone
  const today = dayOf(ctx.clock.now(), zone)
  const only = wordings.length === 1 ? wordings[0]?.terms : null
  return {
    source,
    assets: Math.min(assets.length, mostAssets),
    tooMany: assets.length > mostAssets,
    titles: titles.map(({ title }) => title),
    licences: Number(live?.n ?? 0n),
    wordings: wordings.flatMap(({ terms, assets: n }) => (terms ? [{ rows: describeScope(terms), assets: n }] : [])),
    scope: formOf(only ?? everything(zone)),
    papers,
    choices: scopeChoices(),
    zone,
    today,
  }
}

const wordingsShown = 5

/** How the paper reads today: its wordings, and how many pictures have each. */
async function wordingsOf({ db, actor }: Ctx<'db' | 'actor'>, { by, reference }: ChangeSource, nos: Prisma.Sql) {
  if (by === 'assets') return []
  const table = by === 'contract' ? Prisma.sql`acquisitions WHERE contract` : Prisma.sql`releases WHERE reference`
  const rows = await db.$queryRaw<{ terms: unknown; assets: bigint }[]>`
    SELECT terms, count(*) AS assets FROM ${table} = ${reference} AND house_id = ${actor.houseId} AND superseded_at IS NULL AND asset_no = ${nos}
    GROUP BY terms ORDER BY count(*) DESC LIMIT ${wordingsShown}`
  return rows.map(({ terms, assets }) => {
    const read = scopeTerms.safeParse(terms)
    return { terms: read.success ? read.data : null, assets: Number(assets) }
  })
}

async function papersOf({ db, actor }: Ctx<'db' | 'actor'>, nos: Prisma.Sql): Promise<NewChangePage['papers']> {
  const rows = await db.$queryRaw<{ by: 'contract' | 'release'; reference: string; assets: bigint }[]>`
    SELECT 'contract' AS by, contract AS reference, count(DISTINCT asset_no) AS assets FROM acquisitions
    WHERE house_id = ${actor.houseId} AND superseded_at IS NULL AND asset_no = ${nos} GROUP BY contract
    UNION ALL SELECT 'release', reference, count(DISTINCT asset_no) FROM releases
    WHERE house_id = ${actor.houseId} AND superseded_at IS NULL AND asset_no = ${nos} AND status IN ('UNLIMITED', 'LIMITED') GROUP BY reference
    ORDER BY 1, 3 DESC, 2 LIMIT 50`
  return rows.map((row) => ({ ...row, assets: Number(row.assets) }))
}

const everything = (zone: string): ScopeTerms => ({
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '1900-01-01',
  until: null,
  zone,
  exclusive: false,
})

const formOf = ({ media, territory, industry, from, until, zone }: ScopeTerms): FormScope => ({
  media,
  territory: { include: territory.include, except: territory.except ?? [] },
  industry: industry === 'ALL' ? [] : industry,
  from,
  until: until ?? '',
  zone,
  exclusive: '',
})

/** How many licences, in force or held, rest on one row of one picture: for the forms that end a single row. */
export async function licencesResting({ db, actor }: Ctx<'db' | 'actor'>, assetId: string): Promise<number> {
  const [live] = await db.$queryRaw<{ n: bigint }[]>`
    SELECT count(DISTINCT c.licence_no) AS n FROM claims c JOIN assets a ON a.no = c.asset_no
    WHERE a.id = ${assetId} AND a.house_id = ${actor.houseId} AND c.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')`
  return Number(live?.n ?? 0n)
}
