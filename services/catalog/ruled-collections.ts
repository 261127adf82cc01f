import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { mostItems } from './collections.ts'
import { allFound } from './library-search.ts'
import { readLibraryWish, writeLibraryWish, type LibraryWish } from './rules/library-wish.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
export type FillError = 'no-rule' | 'not-understood' | 'too-many-selected'

const assertCurator = ({ actor }: Desk) => {
  if (!hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'curate collections')
}

/** A collection is for the store: what is not for it is never in one. */
const wishOf = (rule: string): LibraryWish => {
  const wish = readLibraryWish(new URLSearchParams(rule))
  return { ...wish, facets: { ...wish.facets, audience: ['STORE'] } }
}

async function ruleOf(ctx: Desk, collectionId: string): Promise<{ rule: string | null; ruledAt: Date | null }> {
  const row = await ctx.db.collection.findFirst({
    where: { id: collectionId, houseId: ctx.actor.houseId, archivedAt: null },
    select: { rule: true, ruledAt: true },
  })
  if (!row) throw new Refusal('not-found', `no collection ${collectionId}`)
  return row
}

/** Says by which search a collection is filled; an empty one leaves it to hands alone. What lies in it stays. */
export async function ruleCollection(ctx: Desk, { collectionId, text }: { collectionId: string; text: string }): Promise<void> {
  assertCurator(ctx)
  await ruleOf(ctx, collectionId)
  const rule = text.trim() ? writeLibraryWish({ ...readLibraryWish(new URLSearchParams()), text }) : null
  await inTransaction(ctx, async (tx) => {
    await tx.db.collection.updateMany({ where: { id: collectionId, houseId: tx.actor.houseId }, data: { rule } })
    await record(tx, { type: 'collection.ruled', subject: { kind: 'collection', id: collectionId }, data: { rule } })
  })
}

interface Difference {
  added: string[]
  removed: string[]
}
async function differenceOf(ctx: Desk, collectionId: string, rule: string): Promise<Result<Difference, FillError>> {
  const found = await allFound(ctx, wishOf(rule), mostItems)
  if (!found.ok) return found
  const items = await ctx.db.collectionItem.findMany({ where: { collectionId }, select: { assetId: true } })
  const there = new Set(items.map(({ assetId }) => assetId))
  const wanted = new Set(found.value)
  return ok({ added: found.value.filter((id) => !there.has(id)), removed: [...there].filter((id) => !wanted.has(id)) })
}

export interface RuleStanding {
  text: string
  ruledAt: Date | null
  /** What filling it now would change; or why it cannot be filled. */
  would: { added: number; removed: number } | { error: FillError } | null
}

/** By which search a collection is filled, and what has changed since it was. */
export async function ruleStanding(ctx: Desk, collectionId: string): Promise<RuleStanding> {
  assertCurator(ctx)
  const { rule, ruledAt } = await ruleOf(ctx, collectionId)
  if (!rule) return { text: '', ruledAt, would: null }
  const difference = await differenceOf(ctx, collectionId, rule)
  return {
    text: readLibraryWish(new URLSearchParams(rule)).text,
    ruledAt,
    would: difference.ok ? { added: difference.value.added.length, removed: difference.value.removed.length } : { error: difference.error },
  }
}

/** Makes a collection what its search finds now, and leaves it so until somebody does it again: what the store shows changes by a person's hand. */
export async function fillCollection(
  ctx: Desk,
  { collectionId }: { collectionId: string },
): Promise<Result<{ added: number; removed: number }, FillError>> {
  assertCurator(ctx)
  const { rule } = await ruleOf(ctx, collectionId)
  if (!rule) return fail('no-rule')
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT id FROM collections WHERE id = ${collectionId} AND house_id = ${tx.actor.houseId} FOR UPDATE`
    const difference = await differenceOf(tx, collectionId, rule)
    if (!difference.ok) return difference
    const { added, removed } = difference.value
    await tx.db.collectionItem.deleteMany({ where: { collectionId, assetId: { in: removed } } })
    const last = await tx.db.collectionItem.aggregate({ where: { collectionId }, _max: { position: true } })
    await tx.db.collectionItem.createMany({
      data: added.map((assetId, i) => ({ collectionId, assetId, position: (last._max.position ?? -1) + 1 + i })),
    })
    await tx.db.collection.update({ where: { id: collectionId }, data: { ruledAt: tx.clock.now() } })
    await record(tx, {
      type: 'collection.filled',
      subject: { kind: 'collection', id: collectionId },
      data: { added: added.length, removed: removed.length },
    })
    return ok({ added: added.length, removed: removed.length })
  })
}
