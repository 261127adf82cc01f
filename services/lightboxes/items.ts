import { isPerson } from '../kernel/actor.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { inStore } from '../catalog/tiles.ts'
import type { AddError, ItemError } from './errors.ts'
import { takeDefaultBox } from './lightboxes.ts'
import { lockBox, type Asking } from './policy.ts'
import { putBefore, step } from './rules/order.ts'
import { mostItems } from './rules/rights.ts'
import type { MoveItem } from './schema.ts'

export interface Added {
  boxId: string
  boxName: string
  /** Already there: one click too many is none. */
  before: boolean
  token: string | null
}

/** Put a picture of the store at the end of a box, or of the asker's first one. Twice at once is once. */
export async function addToBox(
  ctx: Asking & Ctx<'language'>,
  token: string | null,
  { assetId, boxId }: { assetId: string; boxId?: string | undefined },
): Promise<Result<Added, AddError>> {
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, ...inStore(ctx) }, select: { id: true } })
  // What may not be seen may not be collected: a box tells nobody what there is.
  if (!asset) return fail('not-for-you')
  return inTransaction(ctx, async (tx) => {
    const target = boxId ? ok({ boxId, token: null }) : await takeDefaultBox(tx, token)
    if (!target.ok) return target
    const box = await lockBox(tx, target.value.token ?? token, target.value.boxId, 'EDIT')
    const items = await tx.db.lightboxItem.findMany({
      where: { lightboxId: box.id },
      select: { assetId: true, position: true, removedAt: true },
    })
    const found = items.find((item) => item.assetId === assetId)
    const added = { boxId: box.id, boxName: box.name, token: target.value.token }
    if (found && !found.removedAt) return ok({ ...added, before: true })
    if (items.filter(({ removedAt }) => !removedAt).length >= mostItems) return fail('box-is-full', { most: mostItems })
    const at = tx.clock.now()
    const fields = {
      position: items.reduce((most, item) => Math.max(most, item.position), -1) + 1,
      addedAt: at,
      addedById: isPerson(tx.actor) ? tx.actor.userId : null,
      removedAt: null,
    }
    await tx.db.lightboxItem.upsert({
      where: { lightboxId_assetId: { lightboxId: box.id, assetId } },
      create: { lightboxId: box.id, assetId, ...fields },
      update: fields,
    })
    await touch(tx, box.id)
    return ok({ ...added, before: false })
  })
}

const touch = (tx: Asking, boxId: string) => tx.db.lightbox.update({ where: { id: boxId }, data: { changedAt: tx.clock.now() } })

/** Take pictures out of a box. They keep their place and note for some days, so that this can be undone. */
export async function removeFromBox(
  ctx: Asking,
  token: string | null,
  boxId: string,
  assetIds: readonly string[],
): Promise<Result<{ removed: number; at: Date }, ItemError>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, token, boxId, 'EDIT')
    const there = { lightboxId: boxId, assetId: { in: [...assetIds] }, removedAt: null }
    const at = tx.clock.now()
    const { count } = await tx.db.lightboxItem.updateMany({ where: there, data: { removedAt: at } })
    if (count === 0) return fail('not-there')
    await touch(tx, boxId)
    return ok({ removed: count, at })
  })
}

/** Put back what was taken out in one go, where it was. */
export async function putBack(
  ctx: Asking,
  token: string | null,
  boxId: string,
  { removedAt }: { removedAt: Date },
): Promise<Result<{ back: number }, ItemError | 'box-is-full'>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, token, boxId, 'EDIT')
    const away = { lightboxId: boxId, removedAt }
    const [coming, live] = await Promise.all([
      tx.db.lightboxItem.count({ where: away }),
      tx.db.lightboxItem.count({ where: { lightboxId: boxId, removedAt: null } }),
    ])
    if (coming + live > mostItems) return fail('box-is-full', { most: mostItems })
    const { count } = await tx.db.lightboxItem.updateMany({ where: away, data: { removedAt: null } })
    if (count === 0) return fail('not-there')
    await touch(tx, boxId)
    return ok({ back: count })
  })
}

/** What somebody writes beside a picture. */
export async function noteItem(
  ctx: Asking,
  token: string | null,
  boxId: string,
  { assetId, note }: { assetId: string; note: string },
): Promise<Result<null, ItemError>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, token, boxId, 'EDIT')
    const { count } = await tx.db.lightboxItem.updateMany({ where: { lightboxId: boxId, assetId, removedAt: null }, data: { note } })
    if (count === 0) return fail('not-there')
    await touch(tx, boxId)
    return ok(null)
  })
}

/** Move a picture: a step, before another one, or to the end. Of two who move at once each moves what they meant. */
export async function moveItem(ctx: Asking, token: string | null, boxId: string, move: MoveItem): Promise<Result<null, ItemError>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, token, boxId, 'EDIT')
    const items = await tx.db.lightboxItem.findMany({
      where: { lightboxId: boxId },
      orderBy: [{ position: 'asc' }, { assetId: 'asc' }],
      select: { assetId: true, position: true, removedAt: true },
    })
    if (!items.some(({ assetId, removedAt }) => assetId === move.assetId && !removedAt)) return fail('not-there')
    const placed = items.map(({ assetId, removedAt }) => ({ id: assetId, removed: removedAt !== null }))
    const ids = placed.map(({ id }) => id)
    const after = move.step ? step(placed, move.assetId, move.step) : putBefore(ids, move.assetId, move.before ?? null)
    const moved = after.flatMap((id, position) =>
      items[position]?.assetId === id && items[position]?.position === position ? [] : [{ id, position }],
    )
    if (moved.length > 0) {
      await tx.db.$executeRaw`
        UPDATE lightbox_items i SET position = m.position FROM json_to_recordset(${JSON.stringify(moved)}::json) AS m (id text, position int)
        WHERE i.lightbox_id = ${boxId} AND i.asset_id = m.id`
      await touch(tx, boxId)
    }
    return ok(null)
  })
}
