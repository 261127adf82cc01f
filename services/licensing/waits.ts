import { record } from '../compliance/record.ts'
import { isPerson, isStaff, type Person } from '../kernel/actor.ts'
import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { endOfDay } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { loadRights } from '../rights/loading.ts'
import type { AssetRights } from '../rights/rules/known.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { LeaveLineError, WaitError } from './errors.ts'
import { isUpgradeError, quoteUse, type QuoteUse } from './quotes.ts'
import { fromToday, placeInLine, without } from './rules/in-line.ts'
import { isWider } from './rules/upgrade.ts'
import { wishSearch } from './rules/wish-search.ts'

type Writing = Ctx<'db' | 'clock' | 'actor'>

/** A person waits for so many scopes at once: a line is not a watch list. */
export const mostWaits = 20

function waiting({ actor }: Pick<Writing, 'actor'>): Person {
  if (!isPerson(actor)) throw new Refusal('signed-out', 'wait for a scope')
  if (isStaff(actor)) throw new Refusal('forbidden', 'wait for a scope')
  return actor
}

/**
 * Stand in line for a scope that only holds keep from being had. Asked under the asset's lock, which every end of a hold
 * takes too: it has either been seen here, or finds this wait.
 */
export async function waitForScope(
  ctx: Writing & Partial<Ctx<'language'>>,
  wish: QuoteUse,
): Promise<Result<{ waitId: string }, WaitError>> {
  const actor = waiting(ctx)
  return inTransaction(ctx, async (tx): Promise<Result<{ waitId: string }, WaitError>> => {
    const [asset] = await tx.db.$queryRaw<{ no: bigint }[]>`
      SELECT no FROM assets WHERE id = ${wish.assetId} AND house_id = ${actor.houseId} FOR NO KEY UPDATE`
    if (!asset) throw new Refusal('not-found', `no asset ${wish.assetId}`)
    const quote = await quoteUse(tx, wish)
    if (!quote.ok) return fail(wish.upgradesLicenceId && isUpgradeError(quote.error) ? 'cannot-widen' : 'not-for-sale')
    const { sellable, line, terms, model, upgrade } = quote.value
    if (sellable) return fail('free-now')
    if (line?.kind === 'own') return fail('own-hold', { orderId: line.orderId })
    if (!line) return fail('taken')
    if (line.waitId) return fail('already-waiting')
    // Two tabs of one person: the count is taken under their own row.
    await tx.db.$queryRaw`SELECT id FROM users WHERE id = ${actor.userId} FOR NO KEY UPDATE`
    const open = await tx.db.rightsWait.count({ where: { userId: actor.userId, endedAt: null } })
    if (open >= mostWaits) return fail('too-many-waits')

    const at = tx.clock.now()
    const waitId = newId('wai', at)
    await tx.db.rightsWait.create({
      data: {
        id: waitId,
        houseId: actor.houseId,
        orgId: actor.orgId,
        userId: actor.userId,
        assetId: wish.assetId,
        assetNo: asset.no,
        model,
        terms: { ...terms } as object,
        upgradesLicenceId: upgrade?.licenceId ?? null,
        createdAt: at,
      },
    })
    await record(tx, {
      type: 'wait.begun',
      subject: { kind: 'wait', id: waitId },
      data: {
        asset: wish.assetId,
        org: actor.orgId,
        language: ctx.language,
        model,
        terms: terms as unknown as Json,
        ...(upgrade && { widens: upgrade.licenceId }),
      },
    })
    return ok({ waitId })
  })
}

/** No longer wished for. */
export async function leaveLine(ctx: Writing, { waitId }: { waitId: string }): Promise<Result<null, LeaveLineError>> {
  const actor = waiting(ctx)
  const where = { id: waitId, houseId: actor.houseId, userId: actor.userId }
  if (!(await ctx.db.rightsWait.findFirst({ where, select: { id: true } }))) throw new Refusal('not-found', `no wait ${waitId}`)
  return inTransaction(ctx, async (tx): Promise<Result<null, LeaveLineError>> => {
    const { count } = await tx.db.rightsWait.updateMany({
      where: { ...where, endedAt: null },
      data: { endedAt: tx.clock.now(), outcome: 'left' },
    })
    if (count === 0) return fail('already-ended')
    await record(tx, { type: 'wait.left', subject: { kind: 'wait', id: waitId } })
    return ok(null)
  })
}

type Answer = 'free' | 'gone' | 'left'
/** More than stand in any line; whoever is beyond it is asked about at the next change. */
const batch = 1_000

/**
 * A hold ended, or became a sale: everybody in line for the picture (or a twin of it) whose wish is free now, or can no
 * longer become free, gets that for an answer, the first in line first. Each wait is answered once, however often this runs.
 */
export const answerWaits = (ctx: Writing, licenceId: string): Promise<void> =>
  answerOn(
    ctx,
    Prisma.sql`SELECT b.no FROM licences l JOIN assets a ON a.id = l.asset_id JOIN assets b ON b.house_id = a.house_id AND (b.no = a.no OR b.exclusivity_no = a.exclusivity_no)
      WHERE l.id = ${licenceId} AND l.house_id = ${ctx.actor.houseId}`,
  )

/** A picture went its own way: the hold on a twin that kept a wish waiting is in its way no more, and its end would tell nobody. */
export const answerParted = (ctx: Writing, groupId: string): Promise<void> =>
  answerOn(ctx, Prisma.sql`SELECT asset_no FROM exclusivity_members WHERE group_id = ${groupId} AND house_id = ${ctx.actor.houseId}`)

async function answerOn(ctx: Writing, pictures: Prisma.Sql): Promise<void> {
  const { houseId } = ctx.actor
  const now = ctx.clock.now()
  const waits = await ctx.db.$queryRaw<Waiting[]>`
    SELECT w.id, w.asset_id AS "assetId", w.terms, l.no AS widens, l.terms AS held,
      w.upgrades_licence_id IS NOT NULL AND (l.id IS NULL OR l.state = 'ENDED' OR coalesce(l.ends_at <= ${now}, false)) AS over,
      l.state <> 'ACTIVE' AS still,
      ARRAY(SELECT x.no FROM licences x WHERE x.no = coalesce(l.lineage_no, l.no) OR x.lineage_no = coalesce(l.lineage_no, l.no)) AS nos,
      b.state = 'PUBLISHED' AND b.audience = 'STORE' AND CASE w.model WHEN 'RIGHTS_MANAGED' THEN b.sells_rights_managed ELSE b.sells_royalty_free END AS sold
    FROM rights_waits w JOIN assets b ON b.no = w.asset_no
      LEFT JOIN licences l ON l.id = w.upgrades_licence_id AND l.house_id = w.house_id AND l.holder_org_id = w.org_id
    WHERE w.ended_at IS NULL AND w.house_id = ${houseId} AND w.asset_no IN (${pictures}) ORDER BY w.created_at, w.id LIMIT ${batch}`
  if (waits.length === 0) return
  const rights = await loadRights(ctx, { assetIds: [...new Set(waits.map(({ assetId }) => assetId))] })
  const answers: Record<Answer, string[]> = { free: [], gone: [], left: [] }
  for (const wait of waits) {
    const known = rights.get(wait.assetId)
    const answer = known ? answerOf(wait, known, now) : null
    if (answer) answers[answer].push(wait.id)
  }
  await inTransaction(ctx, async (tx) => {
    for (const outcome of ['free', 'gone', 'left'] as const) await answer(tx, answers[outcome], outcome)
  })
}

interface Waiting {
  id: string
  assetId: string
  terms: ScopeTerms
  /** Whether the store sells it. */
  sold: boolean
  /** The licence that the wish widens: its terms, whether it has ended, whether it stands still, and its whole line. */
  widens: bigint | null
  held: ScopeTerms | null
  over: boolean
  still: boolean | null
  nos: bigint[]
}

/** What there is to say to somebody in line; null as long as they go on waiting. */
function answerOf({ terms: asked, sold, widens, held, over, still, nos }: Waiting, known: AssetRights, now: Date): Answer | null {
  // A wish whose days are over is nobody's any more.
  if (asked.until !== null && endOfDay(asked.until, asked.zone) <= now) return 'left'
  const terms = fromToday(asked, now)
  if (over || (held && !isWider(terms, held, now))) return 'gone'
  const place = placeInLine(widens ? without(known, new Set(nos)) : known, terms, { at: now, knownAt: now })
  // What left the store meanwhile cannot be bought, whoever leaves the till.
  if (place === 'taken' || (place === 'free' && !sold)) return 'gone'
  // A licence that stands still is not widened; running again, it is asked about anew.
  return place === 'free' && !still ? 'free' : null
}

async function answer(tx: Writing, ids: readonly string[], outcome: Answer): Promise<void> {
  if (ids.length === 0) return
  const at = tx.clock.now()
  const told = outcome === 'left' ? null : at
  const ended = await tx.db.$queryRaw<{ id: string }[]>`
    UPDATE rights_waits SET ended_at = ${at}, told_at = ${told}::timestamptz, outcome = ${outcome}
    WHERE id = ANY(${[...ids]}::text[]) AND house_id = ${tx.actor.houseId} AND ended_at IS NULL RETURNING id`
  const mine = new Set(ended.map(({ id }) => id))
  // In the order of the line: letters leave in the order in which they are asked for.
  for (const id of ids) if (mine.has(id)) await record(tx, { type: `wait.${outcome}`, subject: { kind: 'wait', id } })
}

export interface WaitItem {
  id: string
  asset: { id: string; title: string }
  terms: ScopeTerms
  since: Date
  /** Null while the person still stands in line. */
  outcome: Answer | null
  endedAt: Date | null
  /** The licence that the wish widens: its difference is what it costs. */
  widens: { id: string; number: string } | null
  /** Where the wish can be bought, as it was stated. */
  to: string
}
type Row = Omit<WaitItem, 'asset' | 'widens' | 'to'> & {
  assetId: string
  title: string
  model: QuoteUse['model']
  licenceId: string | null
  number: string | null
}
const recently = 30 * 86_400_000

/** What the person waits for, and how waits of the last month ended. */
export async function myWaits(ctx: Writing): Promise<WaitItem[]> {
  const { actor } = ctx
  if (!isPerson(actor)) return []
  const since = new Date(ctx.clock.now().getTime() - recently)
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT w.id, w.asset_id AS "assetId", a.title, w.terms, w.model::text, w.created_at AS since, w.outcome, w.ended_at AS "endedAt",
      l.id AS "licenceId", l.number
    FROM rights_waits w JOIN assets a ON a.id = w.asset_id
      LEFT JOIN licences l ON l.id = w.upgrades_licence_id AND l.house_id = w.house_id AND l.holder_org_id = w.org_id
    WHERE w.user_id = ${actor.userId} AND w.house_id = ${actor.houseId} AND w.org_id = ${actor.orgId}
      AND (w.ended_at IS NULL OR (w.ended_at > ${since} AND w.outcome <> 'left'))
    ORDER BY ${Prisma.sql`w.ended_at DESC NULLS FIRST, w.created_at DESC`} LIMIT ${2 * mostWaits}`
  return rows.map(({ assetId, title, model, licenceId, number, ...row }) => ({
    ...row,
    asset: { id: assetId, title },
    widens: licenceId && number ? { id: licenceId, number } : null,
    to: `/assets/${assetId}${wishSearch(model, row.terms, licenceId)}`,
  }))
}
