import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { slugOf } from './rules/slug.ts'
import type { CollectionItemInput, CreateCollection, EditCollection, MoveItem } from './schema.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** A page of a collection is read whole; a longer one is two subjects. */
export const mostItems = 200

/** Librarians, and the house's own jobs: what a plan of the rights desk decided is carried out by one. */
const assertCurator = ({ actor }: Desk) => {
  if (actor.kind !== 'system' && !hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'curate collections')
}

/** Finds the collection in its house and locks it: items are counted and ordered under one hand at a time. */
async function lockCollection(tx: Desk, collectionId: string): Promise<{ id: string; slug: string }> {
  const [row] = await tx.db.$queryRaw<{ id: string; slug: string }[]>`
    SELECT id, slug FROM collections WHERE id = ${collectionId} AND house_id = ${tx.actor.houseId} AND archived_at IS NULL FOR UPDATE`
  if (!row) throw new Refusal('not-found', `no collection ${collectionId}`)
  return row
}

/** A new, empty collection. Its address is made of its title and stays when the title changes. */
export async function createCollection(ctx: Desk, input: CreateCollection): Promise<{ collectionId: string; slug: string }> {
  assertCurator(ctx)
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const { houseId } = tx.actor
    // Two of one title at once: the house's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${houseId} FOR UPDATE`
    const base = slugOf(input.title)
    const taken = new Set(
      (await tx.db.collection.findMany({ where: { houseId, slug: { startsWith: base } }, select: { slug: true } })).map(({ slug }) => slug),
    )
    let slug = base
    for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`
    const id = newId('col', at)
    const position = await tx.db.collection.count({ where: { houseId } })
    await tx.db.collection.create({ data: { id, houseId, slug, position, createdAt: at, ...input } })
    await record(tx, { type: 'collection.created', subject: { kind: 'collection', id }, data: { title: input.title, slug } })
    return { collectionId: id, slug }
  })
}

/** Title, description, and whether it stands on the home page. */
export async function editCollection(ctx: Desk, { collectionId, ...fields }: EditCollection): Promise<{ collectionId: string }> {
  assertCurator(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockCollection(tx, collectionId)
    await tx.db.collection.update({ where: { id: collectionId }, data: fields })
    await record(tx, {
      type: 'collection.edited',
      subject: { kind: 'collection', id: collectionId },
      data: { title: fields.title, featured: fields.featured },
    })
    return { collectionId }
  })
}

/** Takes a collection off the store. Its pictures stay where they are. */
export async function archiveCollection(ctx: Desk, { collectionId }: { collectionId: string }): Promise<{ collectionId: string }> {
  assertCurator(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockCollection(tx, collectionId)
    await tx.db.collection.update({ where: { id: collectionId }, data: { archivedAt: tx.clock.now() } })
    await record(tx, { type: 'collection.archived', subject: { kind: 'collection', id: collectionId } })
    return { collectionId }
  })
}

export type AddItemError = 'already-there' | 'full' | 'not-for-the-store'

/** Puts a picture at the end of a collection. It shows there while it is published in the store. */
export async function addToCollection(
  ctx: Desk,
  { collectionId, assetId }: CollectionItemInput,
): Promise<Result<{ position: number }, AddItemError>> {
  assertCurator(ctx)
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: ctx.actor.houseId }, select: { audience: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  if (asset.audience !== 'STORE') return fail('not-for-the-store')
  return inTransaction(ctx, async (tx) => {
    await lockCollection(tx, collectionId)
    const items = await tx.db.collectionItem.findMany({
      where: { collectionId },
      orderBy: { position: 'desc' },
      select: { assetId: true, position: true },
    })
    if (items.some((item) => item.assetId === assetId)) return fail('already-there')
    if (items.length >= mostItems) return fail('full', { most: mostItems })
    const position = (items[0]?.position ?? -1) + 1
    await tx.db.collectionItem.create({ data: { collectionId, assetId, position } })
    await record(tx, { type: 'collection.item-added', subject: { kind: 'collection', id: collectionId }, data: { assetId } })
    return ok({ position })
  })
}

/** Takes a picture out of a collection. */
export async function removeFromCollection(
  ctx: Desk,
  { collectionId, assetId }: CollectionItemInput,
): Promise<Result<{ assetId: string }, 'not-there'>> {
  assertCurator(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockCollection(tx, collectionId)
    const { count } = await tx.db.collectionItem.deleteMany({ where: { collectionId, assetId } })
    if (count === 0) return fail('not-there')
    await record(tx, { type: 'collection.item-removed', subject: { kind: 'collection', id: collectionId }, data: { assetId } })
    return ok({ assetId })
  })
}

/** Moves a picture one place earlier or later; at the end of the row it stays. */
export async function moveInCollection(
  ctx: Desk,
  { collectionId, assetId, direction }: MoveItem,
): Promise<Result<{ position: number }, 'not-there'>> {
  assertCurator(ctx)
  return inTransaction(ctx, async (tx) => {
    await lockCollection(tx, collectionId)
    const items = await tx.db.collectionItem.findMany({ where: { collectionId }, orderBy: [{ position: 'asc' }, { assetId: 'asc' }] })
    const index = items.findIndex((item) => item.assetId === assetId)
    const item = items[index]
    if (!item) return fail('not-there')
    const beside = items[direction === 'earlier' ? index - 1 : index + 1]
    if (!beside) return ok({ position: item.position })
    await tx.db.collectionItem.update({ where: { collectionId_assetId: { collectionId, assetId } }, data: { position: beside.position } })
    await tx.db.collectionItem.update({
      where: { collectionId_assetId: { collectionId, assetId: beside.assetId } },
      data: { position: item.position },
    })
    await record(tx, { type: 'collection.item-moved', subject: { kind: 'collection', id: collectionId }, data: { assetId, direction } })
    return ok({ position: beside.position })
  })
}
