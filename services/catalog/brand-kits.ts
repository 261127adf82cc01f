import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { AddKitItem, ArrangeKitItem, CreateKit, EditKit, KitItem } from './schema.ts'
import { slugOf } from './rules/slug.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** A kit is read and sent whole; what is larger is two kits. */
export const mostKitItems = 300

export type AddKitItemError = 'already-there' | 'full' | 'not-published' | 'internal-only'
type NotThere = 'not-there'

/** Librarians, and the house's own jobs: what a plan of the rights desk decided is carried out by one. */
const assertKeeper = ({ actor }: Desk) => {
  if (actor.kind !== 'system' && !hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'keep brand kits')
}

interface LockedKit {
  id: string
  title: string
  version: number
}

/** The kit of this house, locked: its items, its version and its grants change under one hand at a time. */
async function lockKit(tx: Desk, kitId: string): Promise<LockedKit> {
  const [row] = await tx.db.$queryRaw<LockedKit[]>`
    SELECT id, title, version FROM brand_kits WHERE id = ${kitId} AND house_id = ${tx.actor.houseId} AND archived_at IS NULL FOR UPDATE`
  if (!row) throw new Refusal('not-found', `no kit ${kitId}`)
  return row
}

/** One step of the kit's history: the next version, and the fact that its changelog is made of. */
async function turn(tx: Desk, kit: LockedKit, type: string, data: { readonly [key: string]: Json | undefined }): Promise<void> {
  const version = kit.version + 1
  await tx.db.brandKit.update({ where: { id: kit.id }, data: { version, changedAt: tx.clock.now() } })
  await record(tx, { type, subject: { kind: 'kit', id: kit.id }, data: { version, ...data } })
}

/** A new, empty kit. Its address is made of its title and stays when the title changes. */
export async function createKit(ctx: Desk, input: CreateKit): Promise<Result<{ kitId: string }>> {
  assertKeeper(ctx)
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const { houseId } = tx.actor
    // Two of one title at once: the house's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${houseId} FOR UPDATE`
    const base = slugOf(input.title)
    const rows = await tx.db.brandKit.findMany({ where: { houseId, slug: { startsWith: base } }, select: { slug: true } })
    const taken = new Set(rows.map(({ slug }) => slug))
    let slug = base
    for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`
    const id = newId('kit', at)
    await tx.db.brandKit.create({ data: { id, houseId, slug, createdAt: at, changedAt: at, ...input } })
    await record(tx, { type: 'kit.created', subject: { kind: 'kit', id }, data: { version: 1, title: input.title } })
    return ok({ kitId: id })
  })
}

/** Title, description, guidance and cover. The cover is one of the kit's own files, or its first. */
export async function editKit(
  ctx: Desk,
  { kitId, coverAssetId, ...fields }: EditKit,
): Promise<Result<{ kitId: string }, 'cover-not-in-kit'>> {
  assertKeeper(ctx)
  return inTransaction(ctx, async (tx) => {
    const kit = await lockKit(tx, kitId)
    if (coverAssetId && !(await tx.db.brandKitItem.findUnique({ where: { kitId_assetId: { kitId, assetId: coverAssetId } } })))
      return fail('cover-not-in-kit')
    await tx.db.brandKit.update({ where: { id: kitId }, data: { ...fields, coverAssetId: coverAssetId ?? null } })
    await turn(tx, kit, 'kit.edited', { title: fields.title })
    return ok({ kitId })
  })
}

/** Put a published asset at the end of a kit. Partners who hold the kit get their licence by `licensing/kit-changes.ts`. */
export async function addKitItem(
  ctx: Desk,
  { kitId, assetId, section }: AddKitItem,
): Promise<Result<{ position: number }, AddKitItemError>> {
  assertKeeper(ctx)
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { title: true, state: true, audience: true },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  if (asset.state !== 'PUBLISHED') return fail('not-published')
  if (asset.audience === 'INTERNAL') return fail('internal-only')
  return inTransaction(ctx, async (tx) => {
    const kit = await lockKit(tx, kitId)
    const items = await tx.db.brandKitItem.findMany({
      where: { kitId },
      orderBy: { position: 'desc' },
      select: { assetId: true, position: true },
    })
    if (items.some((item) => item.assetId === assetId)) return fail('already-there')
    if (items.length >= mostKitItems) return fail('full', { most: mostKitItems })
    const position = (items[0]?.position ?? -1) + 1
    await tx.db.brandKitItem.create({ data: { kitId, assetId, position, section } })
    await turn(tx, kit, 'kit.item-added', { assetId, title: asset.title })
    return ok({ position })
  })
}

/** Take an asset out of a kit: from this moment the kit no longer hands it out. */
export async function removeKitItem(ctx: Desk, { kitId, assetId }: KitItem): Promise<Result<{ assetId: string }, NotThere>> {
  assertKeeper(ctx)
  return inTransaction(ctx, async (tx) => {
    const kit = await lockKit(tx, kitId)
    const { count } = await tx.db.brandKitItem.deleteMany({ where: { kitId, assetId } })
    if (count === 0) return fail('not-there')
    await tx.db.brandKit.updateMany({ where: { id: kitId, coverAssetId: assetId }, data: { coverAssetId: null } })
    const asset = await tx.db.asset.findUnique({ where: { id: assetId }, select: { title: true } })
    await turn(tx, kit, 'kit.item-removed', { assetId, title: asset?.title })
    return ok({ assetId })
  })
}

/** Name the section of an asset, or move it one place; at the end of the row it stays. */
export async function arrangeKitItem(
  ctx: Desk,
  { kitId, assetId, section, move }: ArrangeKitItem,
): Promise<Result<{ position: number }, NotThere>> {
  assertKeeper(ctx)
  return inTransaction(ctx, async (tx) => {
    const kit = await lockKit(tx, kitId)
    const items = await tx.db.brandKitItem.findMany({ where: { kitId }, orderBy: [{ position: 'asc' }, { assetId: 'asc' }] })
    const index = items.findIndex((item) => item.assetId === assetId)
    const item = items[index]
    if (!item) return fail('not-there')
    const beside = move && items[move === 'earlier' ? index - 1 : index + 1]
    const position = beside?.position ?? item.position
    await tx.db.brandKitItem.update({ where: { kitId_assetId: { kitId, assetId } }, data: { section, position } })
    if (beside)
      await tx.db.brandKitItem.update({ where: { kitId_assetId: { kitId, assetId: beside.assetId } }, data: { position: item.position } })
    await turn(tx, kit, 'kit.arranged', { assetId, section, move })
    return ok({ position })
  })
}

/** Put a kit away that nobody holds any more; while a partner holds it, the grant is revoked first. */
export async function archiveKit(ctx: Desk, { kitId }: { kitId: string }): Promise<Result<{ kitId: string }, 'still-granted'>> {
  assertKeeper(ctx)
  return inTransaction(ctx, async (tx) => {
    const kit = await lockKit(tx, kitId)
    const now = tx.clock.now()
    const held = await tx.db.kitGrant.count({ where: { kitId, revokedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now } }] } })
    if (held > 0) return fail('still-granted', { held })
    await tx.db.brandKit.update({ where: { id: kitId }, data: { archivedAt: now } })
    await turn(tx, kit, 'kit.archived', {})
    return ok({ kitId })
  })
}
