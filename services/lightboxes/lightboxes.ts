import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { newId, newSecret } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ArchiveError, CreateError, DuplicateError, RestoreError } from './errors.ts'
import { lockBox, openBox, ownerKey, type Asking } from './policy.ts'
import { mostBoxes } from './rules/rights.ts'
import type { CreateBox } from './schema.ts'
import { say } from './words.ts'

export interface Made {
  boxId: string
  /** The secret for a guest's new cookie; null where there is one, or a person. */
  token: string | null
}

/** A new, empty box. The first one of somebody is the one that a click fills. */
export async function createBox(ctx: Asking, token: string | null, input: CreateBox): Promise<Result<Made, CreateError>> {
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, token)
    return make(tx, token, input)
  })
}

/** Boxes of one owner are counted and made in a row: the owner's name is the queue. */
async function lockOwner(tx: Asking, token: string | null): Promise<void> {
  const key = ownerKey(tx, token)
  const name = key === null ? null : 'ownerUserId' in key ? key.ownerUserId : key.guestHash
  if (name)
    await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`lightboxes ${tx.actor.houseId} ${name}`}, 0))::text AS locked`
}

async function make(tx: Asking, token: string | null, { name, note }: CreateBox): Promise<Result<Made, CreateError>> {
  const { actor } = tx
  const at = tx.clock.now()
  const key = ownerKey(tx, token)
  const count = key ? await tx.db.lightbox.count({ where: { houseId: actor.houseId, ...key } }) : 0
  if (count >= mostBoxes) return fail('too-many-boxes', { most: mostBoxes })
  const main = key ? await tx.db.lightbox.count({ where: { houseId: actor.houseId, ...key, isDefault: true } }) : 0
  const secret = key ? null : newSecret()
  const id = newId('lbx', at)
  await tx.db.lightbox.create({
    data: {
      id,
      houseId: actor.houseId,
      ...(isPerson(actor) ? { ownerUserId: actor.userId, ownerOrgId: actor.orgId } : { guestHash: sha256(secret ?? token ?? '') }),
      name,
      note,
      isDefault: main === 0,
      createdAt: at,
      changedAt: at,
    },
  })
  return ok({ boxId: id, token: secret })
}

/** The box that a click fills, made when there is none. */
export async function takeDefaultBox(tx: Asking & Ctx<'language'>, token: string | null): Promise<Result<Made, CreateError>> {
  await lockOwner(tx, token)
  const key = ownerKey(tx, token)
  const found = key
    ? await tx.db.lightbox.findFirst({ where: { houseId: tx.actor.houseId, ...key, isDefault: true }, select: { id: true } })
    : null
  return found ? ok({ boxId: found.id, token: null }) : make(tx, token, { name: say(tx.language)('first-box'), note: '' })
}

/** Name and note of a box. */
export async function editBox(
  ctx: Asking,
  token: string | null,
  boxId: string,
  fields: { name: string; note: string },
): Promise<Result<{ boxId: string }>> {
  return inTransaction(ctx, async (tx) => {
    await lockBox(tx, token, boxId, 'EDIT')
    await tx.db.lightbox.update({ where: { id: boxId }, data: { ...fields, changedAt: tx.clock.now() } })
    return ok({ boxId })
  })
}

/** From now on a click fills this box. */
export async function makeDefault(ctx: Asking, token: string | null, boxId: string): Promise<Result<{ boxId: string }>> {
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, token)
    await lockBox(tx, token, boxId, 'OWN')
    await tx.db.lightbox.updateMany({
      where: { houseId: tx.actor.houseId, ...ownerKey(tx, token), isDefault: true },
      data: { isDefault: false },
    })
    await tx.db.lightbox.update({ where: { id: boxId }, data: { isDefault: true } })
    return ok({ boxId })
  })
}

/** A copy with the same pictures, order and notes: for whoever may look, and theirs from then on. What is said about the first stays there. */
export async function duplicateBox(
  ctx: Asking & Ctx<'language'>,
  token: string | null,
  boxId: string,
): Promise<Result<{ boxId: string }, DuplicateError>> {
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, token)
    const box = await openBox(tx, token, boxId, 'VIEW')
    const from = await tx.db.lightbox.findUniqueOrThrow({ where: { id: box.id }, select: { name: true, note: true } })
    const name = say(tx.language)('copy-of', { name: from.name }).slice(0, 120)
    const made = await make(tx, token, { name, note: from.note })
    if (!made.ok) return made
    const at = tx.clock.now()
    await tx.db.$executeRaw`
      INSERT INTO lightbox_items (lightbox_id, asset_id, position, note, added_at, added_by_id)
      SELECT ${made.value.boxId}, asset_id, row_number() OVER (ORDER BY position, asset_id) - 1, note, ${at}, ${isPerson(tx.actor) ? tx.actor.userId : null}
      FROM lightbox_items WHERE lightbox_id = ${box.id} AND removed_at IS NULL`
    return ok({ boxId: made.value.boxId })
  })
}

/** Put a box away: its links end, nobody else sees it, and it can be brought back. */
export async function archiveBox(ctx: Asking, token: string | null, boxId: string): Promise<Result<{ boxId: string }, ArchiveError>> {
  return inTransaction(ctx, async (tx) => {
    await lockOwner(tx, token)
    await openBox(tx, token, boxId, 'OWN')
    const at = tx.clock.now()
    const { count } = await tx.db.lightbox.updateMany({
      where: { id: boxId, archivedAt: null },
      data: { archivedAt: at, isDefault: false },
    })
    if (count === 0) return fail('already-archived')
    await tx.db.lightboxLink.updateMany({ where: { lightboxId: boxId, endedAt: null }, data: { endedAt: at } })
    await record(tx, { type: 'lightbox.archived', subject: { kind: 'lightbox', id: boxId } })
    return ok({ boxId })
  })
}

/** Bring an archived box back. Links that ended stay ended. */
export async function restoreBox(ctx: Asking, token: string | null, boxId: string): Promise<Result<{ boxId: string }, RestoreError>> {
  return inTransaction(ctx, async (tx) => {
    await openBox(tx, token, boxId, 'OWN')
    const { count } = await tx.db.lightbox.updateMany({ where: { id: boxId, archivedAt: { not: null } }, data: { archivedAt: null } })
    if (count === 0) return fail('not-archived')
    await record(tx, { type: 'lightbox.restored', subject: { kind: 'lightbox', id: boxId } })
    return ok({ boxId })
  })
}

/**
 * At sign-in a guest's boxes become the person's, and nothing is lost: the box that clicks filled is poured into the
 * person's own such box, behind what lies there; every other one moves as it is. Safe to call at every visit. Beyond the
 * most that a person may have, the boxes are taken over all the same: what was collected is not thrown away for a limit.
 */
export async function mergeBoxes(ctx: Asking, token: string | null): Promise<void> {
  const { actor } = ctx
  if (!isPerson(actor) || !token) return
  const guest = { houseId: actor.houseId, guestHash: sha256(token) }
  if (!(await ctx.db.lightbox.findFirst({ where: guest, select: { id: true } }))) return
  await inTransaction(ctx, async (tx) => {
    await lockOwner(tx, null)
    const coming = await tx.db.$queryRaw<{ id: string; isDefault: boolean; archived: boolean }[]>`
      SELECT id, is_default AS "isDefault", archived_at IS NOT NULL AS archived FROM lightboxes
      WHERE house_id = ${guest.houseId} AND guest_hash = ${guest.guestHash} ORDER BY id FOR UPDATE`
    const main = await tx.db.lightbox.findFirst({
      where: { houseId: actor.houseId, ownerUserId: actor.userId, isDefault: true },
      select: { id: true },
    })
    const at = tx.clock.now()
    const poured = main ? coming.find(({ isDefault }) => isDefault) : undefined
    const fits = main && poured ? await pour(tx, poured.id, main.id) : false
    for (const box of coming) {
      if (fits && box.id === poured?.id) await tx.db.lightbox.delete({ where: { id: box.id } })
      else
        await tx.db.lightbox.update({
          where: { id: box.id },
          data: { ownerUserId: actor.userId, ownerOrgId: actor.orgId, guestHash: null, changedAt: at, ...(main && { isDefault: false }) },
        })
    }
    if (coming.length > 0)
      await record(tx, { type: 'lightbox.taken-over', subject: { kind: 'user', id: actor.userId }, data: { boxes: coming.length } })
  })
}

/** Pours one box into another, behind what is there; false where it would not fit whole. A note that says something wins over none. */
async function pour(tx: Asking, fromId: string, toId: string): Promise<boolean> {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM lightboxes WHERE id = ${toId} FOR UPDATE`
  const [room] = await tx.db.$queryRaw<{ both: number }[]>`
    SELECT count(DISTINCT asset_id)::int AS both FROM lightbox_items WHERE lightbox_id IN (${fromId}, ${toId}) AND removed_at IS NULL`
  const said = await tx.db.lightbox.findUniqueOrThrow({ where: { id: fromId }, select: { note: true } })
  if ((room?.both ?? 0) > 1_000 || said.note !== '') return false
  const at = tx.clock.now()
  await tx.db.$executeRaw`
    INSERT INTO lightbox_items (lightbox_id, asset_id, position, note, added_at, added_by_id)
    SELECT ${toId}, asset_id, (SELECT coalesce(max(position), -1) FROM lightbox_items WHERE lightbox_id = ${toId}) + row_number() OVER (ORDER BY position, asset_id),
      note, added_at, ${isPerson(tx.actor) ? tx.actor.userId : null}
    FROM lightbox_items WHERE lightbox_id = ${fromId} AND removed_at IS NULL
    ON CONFLICT (lightbox_id, asset_id) DO UPDATE SET removed_at = NULL,
      position = CASE WHEN lightbox_items.removed_at IS NULL THEN lightbox_items.position ELSE excluded.position END,
      note = CASE WHEN lightbox_items.note = '' THEN excluded.note
        WHEN excluded.note = '' OR excluded.note = lightbox_items.note THEN lightbox_items.note
        ELSE left(lightbox_items.note || E'\n' || excluded.note, 1000) END`
  await tx.db.lightbox.update({ where: { id: toId }, data: { changedAt: at } })
  return true
}

/** As long as the guest's cookie lives: nobody can open the box afterwards. */
const guestBoxSpan = 180 * 86_400_000
/** How long something removed can be put back. */
const undoSpan = 7 * 86_400_000

/** Clear away what nobody can reach: guests' boxes whose cookie is gone, and pictures that were taken out. Bounded, run by the timetable. */
export async function sweepBoxes(ctx: Ctx<'db' | 'clock'>, batch = 2_000): Promise<{ boxes: number; items: number }> {
  const now = ctx.clock.now().getTime()
  const boxes = await ctx.db.$executeRaw`
    DELETE FROM lightboxes WHERE id IN (SELECT id FROM lightboxes WHERE guest_hash IS NOT NULL AND changed_at < ${new Date(now - guestBoxSpan)} LIMIT ${batch})`
  const items = await ctx.db.$executeRaw`
    DELETE FROM lightbox_items WHERE (lightbox_id, asset_id) IN (SELECT lightbox_id, asset_id FROM lightbox_items WHERE removed_at < ${new Date(now - undoSpan)} LIMIT ${batch})`
  return { boxes, items }
}
