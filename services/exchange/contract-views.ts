import { zoneOfHouse } from '../accounts/houses.ts'
import { Refusal } from '../kernel/errors.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { boxColumns, readBox, type BoxColumns } from '../rights/loading.ts'
import { boxInWords } from '../rights/rules/reason-words.ts'
import { scopeChoices, type ScopeChoices } from '../rights/rules/vocabulary/choices.ts'
import { papersOf, type PaperRow } from './paper-views.ts'
import { may, mustMay } from './policy.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

export interface ContractRow {
  id: string
  reference: string
  licensor: string
  recordedAt: Date
  pictures: number
  /** When the next of its rights ends; null where none does. */
  endsNext: Date | null
  /** Live ones; `more` where there are more than are counted. */
  licences: number
  more: boolean
}

/** The source contracts, the newest first, with what hangs on them. */
export async function contractsPage(
  ctx: Asking,
  { q, after }: { q: string; after: string | null },
): Promise<{ page: Page<ContractRow>; zone: string }> {
  mustMay(ctx.actor, 'see-exchange')
  const cursor = decodeCursor(after)
  const size = 25
  const words = q.trim().slice(0, 100)
  const like = { contains: words, mode: 'insensitive' as const }
  const contracts = await ctx.db.contract.findMany({
    where: {
      houseId: ctx.actor.houseId,
      AND: [
        words ? { OR: [{ reference: like }, { licensor: like }] } : {},
        cursor ? { OR: [{ recordedAt: { lt: cursor.at } }, { recordedAt: cursor.at, id: { lt: cursor.id } }] } : {},
      ],
    },
    select: { id: true, reference: true, licensor: true, recordedAt: true },
    orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
  })
  const figures = await figuresOf(
    ctx,
    contracts.map(({ reference }) => reference),
  )
  const items = contracts.map((contract) => {
    const { pictures = 0, endsNext = null, licences = 0, more = false } = figures.get(contract.reference) ?? {}
    return { ...contract, pictures, endsNext, licences, more }
  })
  return { page: pageOf(items, size, (row) => encodeCursor(row.recordedAt, row.id)), zone: await zoneOfHouse(ctx) }
}

/** How many claims are counted: a contract of a hundred thousand pictures has more than anybody counts. */
const counted = 2_000

/**
 * In one statement: per contract its pictures, its next end, and the live licences whose scope meets what it gives. These are
 * counted up to a limit, picture by picture, so that the list of contracts costs the same in a house of any size.
 */
async function figuresOf(ctx: Asking, references: string[]) {
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<{ contract: string; pictures: bigint; endsNext: Date | null; licences: bigint; more: boolean }[]>`
    SELECT wanted.contract, held.pictures, held."endsNext", live.licences, live.more FROM unnest(${references}::text[]) AS wanted (contract)
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT a.asset_no) AS pictures, min(upper(a.period)) FILTER (WHERE upper(a.period) > ${ctx.clock.now()}) AS "endsNext"
      FROM acquisitions a WHERE a.house_id = ${houseId} AND a.contract = wanted.contract AND a.superseded_at IS NULL) held
    CROSS JOIN LATERAL (SELECT count(DISTINCT licence_no) AS licences, count(*) = ${counted} AS more FROM (
      SELECT c.licence_no FROM acquisitions a JOIN claims c ON ${resting}
      WHERE a.house_id = ${houseId} AND a.contract = wanted.contract AND a.superseded_at IS NULL LIMIT ${counted}) few) live`
  return new Map(
    rows.map(({ contract, pictures, endsNext, licences, more }) => [
      contract,
      { pictures: Number(pictures), endsNext, licences: Number(licences), more },
    ]),
  )
}
/** A live claim rests on a contract where its scope meets what the contract gives. */
const resting = Prisma.sql`c.asset_no = a.asset_no AND c.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')
  AND c.territory_set && a.territory_set AND c.media_set && a.media_set AND c.industry_set && a.industry_set AND c.period && a.period`

export interface ContractPage {
  contract: { id: string; reference: string; licensor: string; note: string; recordedAt: Date }
  zone: string
  pictures: number
  endsNext: Date | null
  licences: number
  more: boolean
  /** Acquisitions of equal scope, the largest group first. */
  scopes: { words: string; pictures: number; subLicensable: boolean; exclusive: boolean; until: Date | null }[]
  moreScopes: number
  pictured: Page<{ no: string; id: string; title: string; scopes: number }>
  papers: PaperRow[]
  resting: { id: string; number: string; holder: string; asset: { id: string; title: string }; exclusive: boolean; endsAt: Date | null }[]
  mayRecord: boolean
}

const scopesShown = 30
const licencesShown = 30

/** One contract: what it gives for which pictures, the papers, and the licences that rest on it. */
export async function contractPage(ctx: Asking, contractId: string, after: string | null): Promise<ContractPage> {
  mustMay(ctx.actor, 'see-exchange')
  const { houseId } = ctx.actor
  const contract = await ctx.db.contract.findFirst({
    where: { id: contractId, houseId },
    select: { id: true, reference: true, licensor: true, note: true, recordedAt: true },
  })
  if (!contract) throw new Refusal('not-found', `no contract ${contractId}`)
  const current = Prisma.sql`a.house_id = ${houseId} AND a.contract = ${contract.reference} AND a.superseded_at IS NULL`
  const from = /^\d{1,18}$/.test(after ?? '') ? BigInt(after ?? 0) : 0n
  const size = 30
  const [zone, figures, scopes, pictures, papers, licences] = await Promise.all([
    zoneOfHouse(ctx),
    figuresOf(ctx, [contract.reference]),
    ctx.db.$queryRaw<(BoxColumns & { pictures: bigint; subLicensable: boolean; exclusive: boolean; groups: bigint })[]>`
      SELECT count(*) AS pictures, sub_licensable AS "subLicensable", exclusive, count(*) OVER () AS groups, ${boxColumns} FROM acquisitions a WHERE ${current}
      GROUP BY media_set, territory_set, industry_set, period, sub_licensable, exclusive ORDER BY count(*) DESC, lower(period) LIMIT ${scopesShown}`,
    ctx.db.$queryRaw<{ no: bigint; id: string; title: string; scopes: bigint }[]>`
      SELECT s.no, s.id, s.title, count(*) AS scopes FROM acquisitions a JOIN assets s ON s.no = a.asset_no WHERE ${current} AND a.asset_no > ${from}
      GROUP BY s.no, s.id, s.title ORDER BY s.no LIMIT ${size + 1}`,
    papersOf(ctx, 'CONTRACT', [contract.reference]),
    ctx.db.$queryRaw<
      { id: string; number: string; holder: string; assetId: string; title: string; exclusive: boolean; endsAt: Date | null }[]
    >`SELECT l.id, l.number, o.name AS holder, s.id AS "assetId", s.title, l.exclusive, l.ends_at AS "endsAt"
      FROM (SELECT DISTINCT licence_no FROM (SELECT c.licence_no FROM acquisitions a JOIN claims c ON ${resting} WHERE ${current} LIMIT ${counted}) few) live
        JOIN licences l ON l.no = live.licence_no JOIN organisations o ON o.id = l.holder_org_id JOIN assets s ON s.id = l.asset_id
      ORDER BY l.ends_at NULLS LAST, l.no LIMIT ${licencesShown}`,
  ])
  const own = figures.get(contract.reference)
  return {
    contract,
    zone,
    pictures: own?.pictures ?? 0,
    endsNext: own?.endsNext ?? null,
    licences: own?.licences ?? 0,
    more: own?.more ?? false,
    scopes: scopes.map((row) => {
      const box = readBox(row)
      const { subLicensable, exclusive } = row
      return { words: boxInWords(box, zone), pictures: Number(row.pictures), subLicensable, exclusive, until: box.period.to }
    }),
    moreScopes: Math.max(0, Number(scopes[0]?.groups ?? 0) - scopes.length),
    pictured: pageOf(
      pictures.map(({ no, scopes, ...picture }) => ({ ...picture, no: no.toString(), scopes: Number(scopes) })),
      size,
      ({ no }) => no,
    ),
    papers,
    resting: licences.map(({ assetId, title, ...licence }) => ({ ...licence, asset: { id: assetId, title } })),
    mayRecord: may(ctx.actor, 'exchange'),
  }
}

/** What the form needs that records a contract for many pictures. */
export async function contractForm(
  ctx: Asking,
  contractId: string,
): Promise<{ contract: { id: string; reference: string; licensor: string }; zone: string; today: Day; choices: ScopeChoices }> {
  mustMay(ctx.actor, 'exchange')
  const contract = await ctx.db.contract.findFirst({
    where: { id: contractId, houseId: ctx.actor.houseId },
    select: { id: true, reference: true, licensor: true },
  })
  if (!contract) throw new Refusal('not-found', `no contract ${contractId}`)
  const zone = await zoneOfHouse(ctx)
  return { contract, zone, today: dayOf(ctx.clock.now(), zone), choices: scopeChoices() }
}

/** Under what a contract is filed. */
export async function referenceOf(ctx: Ctx<'db' | 'actor'>, contractId: string): Promise<string> {
  mustMay(ctx.actor, 'see-exchange')
  const contract = await ctx.db.contract.findFirst({ where: { id: contractId, houseId: ctx.actor.houseId }, select: { reference: true } })
  if (!contract) throw new Refusal('not-found', `no contract ${contractId}`)
  return contract.reference
}
