import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { defaultPacks } from './defaults/packs.ts'
import type { PackInput } from './pack-schema.ts'
import { currentPriceBook } from './price-books.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>

/** More than a card row can show, and less than a quote of all of them costs. */
export const mostPacks = 12
export type SavePackError = 'changed-meanwhile' | 'too-many-packs' | 'no-prices'

const assertEditor = ({ actor }: Desk) => {
  if (actor.kind !== 'system' && !hasStaffRole(actor, 'RIGHTS_MANAGER')) throw new Refusal('forbidden', 'edit licence packs')
}

/** The order and the number of packs are kept under one hand at a time: the house's row is the queue. */
const lockHouse = (tx: Desk) => tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${tx.actor.houseId} FOR NO KEY UPDATE`

/** Make a pack, or change one. Of two who change the same one at once the second is told. */
export async function savePack(
  ctx: Desk,
  { packId, revision, ...fields }: PackInput & { packId?: string },
): Promise<Result<{ packId: string }, SavePackError>> {
  assertEditor(ctx)
  const { houseId } = ctx.actor
  // What cannot be priced cannot be offered.
  if (!(await currentPriceBook(ctx))) return fail('no-prices')
  if (packId && !(await ctx.db.licencePack.findFirst({ where: { id: packId, houseId }, select: { id: true } })))
    throw new Refusal('not-found', `no pack ${packId}`)
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    await lockHouse(tx)
    const id = packId ?? newId('pck', at)
    if (packId) {
      const { count } = await tx.db.licencePack.updateMany({
        where: { id, houseId, revision },
        data: { ...fields, revision: revision + 1, changedAt: at },
      })
      if (count === 0) return fail('changed-meanwhile')
    } else {
      const packs = await tx.db.licencePack.findMany({ where: { houseId }, select: { position: true } })
      if (packs.length >= mostPacks) return fail('too-many-packs')
      const position = packs.reduce((last, pack) => Math.max(last, pack.position + 1), 0)
      await tx.db.licencePack.create({ data: { id, houseId, position, ...fields, createdAt: at, changedAt: at } })
    }
    await record(tx, { type: 'licence-pack.saved', subject: { kind: 'licence-pack', id }, data: { ...fields, created: !packId } })
    return ok({ packId: id })
  })
}

/** Offer a pack in the store, or take it away. False where that is so already. */
export async function showPack(ctx: Desk, { packId, active }: { packId: string; active: boolean }): Promise<boolean> {
  assertEditor(ctx)
  const where = { id: packId, houseId: ctx.actor.houseId }
  if (!(await ctx.db.licencePack.findFirst({ where, select: { id: true } }))) throw new Refusal('not-found', `no pack ${packId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.licencePack.updateMany({
      where: { ...where, active: !active },
      data: { active, changedAt: tx.clock.now() },
    })
    if (count === 0) return false
    await record(tx, { type: active ? 'licence-pack.offered' : 'licence-pack.withdrawn', subject: { kind: 'licence-pack', id: packId } })
    return true
  })
}

/** One place up or down in the row. False at either end. */
export async function movePack(ctx: Desk, { packId, by }: { packId: string; by: 'up' | 'down' }): Promise<boolean> {
  assertEditor(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockHouse(tx)
    const row = await tx.db.licencePack.findMany({
      where: { houseId: tx.actor.houseId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, position: true },
    })
    const at = row.findIndex(({ id }) => id === packId)
    const [one, other] = [row[at], row[at + (by === 'up' ? -1 : 1)]]
    if (!one) throw new Refusal('not-found', `no pack ${packId}`)
    if (!other) return false
    await tx.db.licencePack.update({ where: { id: one.id }, data: { position: other.position } })
    await tx.db.licencePack.update({ where: { id: other.id }, data: { position: one.position } })
    await record(tx, { type: 'licence-pack.moved', subject: { kind: 'licence-pack', id: packId }, data: { by } })
    return true
  })
}

/** The usual packs, for a house that has none yet. Twice changes nothing. */
export async function installPacks(ctx: Desk): Promise<Result<number, SavePackError>> {
  assertEditor(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockHouse(tx)
    if ((await tx.db.licencePack.count({ where: { houseId: tx.actor.houseId } })) > 0) return ok(0)
    for (const pack of defaultPacks) {
      const made = await savePack(tx, { ...pack, revision: 0 })
      if (!made.ok) return made
    }
    return ok(defaultPacks.length)
  })
}
