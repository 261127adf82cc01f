import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { takeTurns } from '../platform/rate-limit.ts'
import { halfLifeDays, leastScore, mostFavoured, normalisedQuery, rememberedDays, useWeights, type UseKind } from './rules/use-weights.ts'

type Learning = Ctx<'db' | 'actor' | 'clock'>

/** The house's choices about learning change seldom; asked by every search, they are remembered for a few seconds a process. */
const remembered = new WeakMap<object, Map<string, { learns: boolean; until: number }>>()
const rememberedMs = 5_000

/** Whether the house lets searches learn from use. Off until somebody switches it on. */
export async function searchLearns(ctx: Learning): Promise<boolean> {
  const { houseId } = ctx.actor
  const known = remembered.get(ctx.db) ?? new Map<string, { learns: boolean; until: number }>()
  remembered.set(ctx.db, known)
  const now = ctx.clock.now().getTime()
  const before = known.get(houseId)
  if (before && before.until > now) return before.learns
  const row = await ctx.db.searchIndex.findUnique({ where: { houseId }, select: { learns: true } })
  known.set(houseId, { learns: row?.learns ?? false, until: now + rememberedMs })
  return row?.learns ?? false
}

/** Of one network: so much of a day, however many words and pictures there are. */
const ofOneNetwork = { turns: 300, seconds: 86_400 }
/** The same words and the same picture: once. A visitor who presses again and again is one visitor. */
const ofTheSame = { turns: 1, seconds: 86_400 }

/**
 * Something that was found by some words was opened, put into a cart or licensed. Counted by day, for the words and the picture, and by
 * nobody's name; a day's count has a limit, and so has what one network (`from`) adds to it. Nothing is kept where the house does not
 * learn, or for words that are none.
 */
export async function noteUse(
  ctx: Learning,
  { text, assetId, kind, from }: { text: string; assetId: string; kind: UseKind; from?: string },
): Promise<boolean> {
  const query = normalisedQuery(text)
  if (query === null || !(await searchLearns(ctx))) return false
  if (from !== undefined) {
    // What was asked for does not stand beside an address, not even for the day that the turn is remembered.
    const same = sha256([ctx.actor.houseId, from, kind, assetId, query].join('\n'))
    const turn = await takeTurns(ctx, [
      [`search-use:${same}`, ofTheSame],
      [`search-use-of:${from}`, ofOneNetwork],
    ])
    if (!turn.ok) return false
  }
  const { houseId } = ctx.actor
  const one = { opened: 0, carted: 0, licensed: 0, [kind]: 1 }
  const count = await ctx.db.$executeRaw`
    INSERT INTO search_uses (house_id, query, asset_no, day, opened, carted, licensed)
      SELECT ${houseId}, ${query}, a.no, ${ctx.clock.now()}::timestamptz::date, ${one.opened}::int, ${one.carted}::int, ${one.licensed}::int FROM assets a
      WHERE a.id = ${assetId} AND a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE'
    ON CONFLICT (house_id, query, asset_no, day) DO UPDATE SET opened = least(50, search_uses.opened + ${one.opened}::int),
      carted = least(20, search_uses.carted + ${one.carted}::int), licensed = least(20, search_uses.licensed + ${one.licensed}::int)`
  return count > 0
}

/**
 * A licence was issued: the words by which its picture last came into a cart (of the last thirty days) are credited. Nobody's cart is
 * followed: where several searches led there, the latest gets it.
 */
export async function noteLicensed(ctx: Learning, assetIds: readonly string[]): Promise<void> {
  if (assetIds.length === 0 || !(await searchLearns(ctx))) return
  await ctx.db.$executeRaw`
    UPDATE search_uses u SET licensed = least(20, u.licensed + 1) FROM (
      SELECT DISTINCT ON (s.asset_no) s.query, s.asset_no, s.day FROM search_uses s JOIN assets a ON a.no = s.asset_no AND a.house_id = ${ctx.actor.houseId}
      WHERE s.house_id = ${ctx.actor.houseId} AND a.id = ANY(${[...assetIds]}::text[]) AND s.carted > 0 AND s.day > ${ctx.clock.now()}::timestamptz::date - 30
      ORDER BY s.asset_no, s.day DESC, s.carted DESC, s.query) last
    WHERE u.house_id = ${ctx.actor.houseId} AND u.query = last.query AND u.asset_no = last.asset_no AND u.day = last.day`
}

/** Pictures that proved themselves for these words, best first: uses weighed by kind, halved each thirty days. A dozen at most, and none by chance. */
export async function favouredFor(ctx: Learning, text: string): Promise<bigint[]> {
  const query = normalisedQuery(text)
  if (query === null) return []
  const rows = await ctx.db.$queryRaw<{ no: bigint }[]>`
    SELECT asset_no AS no FROM search_uses, LATERAL (SELECT ${ctx.clock.now()}::timestamptz::date AS today) t
    WHERE house_id = ${ctx.actor.houseId} AND query = ${query} AND day > today - ${rememberedDays}::int
    GROUP BY asset_no
    HAVING sum((opened * ${useWeights.opened}::int + carted * ${useWeights.carted}::int + licensed * ${useWeights.licensed}::int) * 0.5 ^ ((today - day) / ${halfLifeDays}::float8)) >= ${leastScore}::float8
    ORDER BY sum((opened * ${useWeights.opened}::int + carted * ${useWeights.carted}::int + licensed * ${useWeights.licensed}::int) * 0.5 ^ ((today - day) / ${halfLifeDays}::float8)) DESC, asset_no
    LIMIT ${mostFavoured}::int`
  return rows.map(({ no }) => no)
}

const assertLibrarian = ({ actor }: Learning) => {
  if (!hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'decide whether searches learn')
}

/** Switch learning on or off. Off, nothing more is counted, and nothing that was counted moves a result. */
export async function setLearning(ctx: Learning, { learns }: { learns: boolean }): Promise<void> {
  assertLibrarian(ctx)
  await inTransaction(ctx, async (tx) => {
    const { houseId } = tx.actor
    const changed = await tx.db.$executeRaw`
      INSERT INTO search_indexes (house_id, rebuilt_at, learns) VALUES (${houseId}, ${tx.clock.now()}::timestamptz, ${learns})
      ON CONFLICT (house_id) DO UPDATE SET learns = ${learns} WHERE search_indexes.learns <> ${learns}`
    if (changed > 0)
      await record(tx, {
        type: learns ? 'search-learning.switched-on' : 'search-learning.switched-off',
        subject: { kind: 'search', id: houseId },
      })
  })
  remembered.get(ctx.db)?.delete(ctx.actor.houseId)
}

/** Forget all that was learned. */
export async function eraseLearning(ctx: Learning): Promise<{ erased: number }> {
  assertLibrarian(ctx)
  return inTransaction(ctx, async (tx) => {
    const { houseId } = tx.actor
    const erased = await tx.db.$executeRaw`DELETE FROM search_uses WHERE house_id = ${houseId}`
    if (erased > 0) await record(tx, { type: 'search-learning.erased', subject: { kind: 'search', id: houseId }, data: { rows: erased } })
    return { erased }
  })
}

/** By night: what is too old to count is dropped. */
export async function pruneUses(ctx: Learning): Promise<void> {
  await ctx.db
    .$executeRaw`DELETE FROM search_uses WHERE house_id = ${ctx.actor.houseId} AND day <= ${ctx.clock.now()}::timestamptz::date - ${rememberedDays}::int`
}
