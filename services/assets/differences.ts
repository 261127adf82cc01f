import { createReadStream } from 'node:fs'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { onCopies } from '../platform/scratch.ts'
import { differenceKey } from '../platform/storage/keys.ts'
import { may, mayOpenBytes } from './policy.ts'
import { once } from './zoom.ts'

type Comparing = Ctx<'db' | 'clock' | 'actor' | 'storage' | 'media'>

/** A new number, and every pair is looked at anew. */
const algorithm = 1
const edge = 1_024
const mostAtOnce = 2
/** A crop is no difference of pixels: beyond one part in a hundred of another shape there is nothing to lay over each other. */
const sameShape = 0.01

export interface ChangedPart {
  x: number
  y: number
  width: number
  height: number
  /** Of the whole picture, from 0 to 1. */
  share: number
}
export type DifferenceSeen =
  | { outcome: 'found'; share: number; regions: ChangedPart[]; width: number; height: number }
  | { outcome: 'other-shape' | 'no-picture' | 'not-now' | 'not-for-you' }

const versionSelect = {
  id: true,
  processing: true,
  asset: { select: { embargoEndsAt: true, embargoFor: true } },
  renditions: { where: { preset: 'web' }, select: { storageKey: true, width: true, height: true } },
} satisfies Prisma.AssetVersionSelect

async function pairOf(ctx: Comparing, assetId: string, ids: readonly [string, string]) {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'compare versions')
  const rows = await ctx.db.assetVersion.findMany({
    where: { id: { in: [...ids] }, assetId, houseId: ctx.actor.houseId },
    select: versionSelect,
  })
  const [from, to] = ids.map((id) => rows.find((row) => row.id === id))
  if (!from || !to || from === to) throw new Refusal('not-found', `no two versions of ${assetId}`)
  return { from, to, allowed: may(ctx.actor, 'open-files') && mayOpenBytes(ctx.actor, from.asset) }
}

/**
 * Where the pixels of two versions differ. Looked at when somebody first asks, in a process of its own, and kept: versions
 * never change. Pictures of another shape are not squeezed into one another, it is said instead.
 */
export async function differenceOf(
  ctx: Comparing,
  { assetId, fromId, toId }: { assetId: string; fromId: string; toId: string },
): Promise<DifferenceSeen> {
  const { from, to, allowed } = await pairOf(ctx, assetId, [fromId, toId])
  // It is drawn from the clean picture, which not everybody may have.
  if (!allowed) return { outcome: 'not-for-you' }
  const known = await kept(ctx, fromId, toId)
  if (known) return known
  const [one, other] = [from.renditions[0], to.renditions[0]]
  if (!one || !other || from.processing !== 'READY' || to.processing !== 'READY') return { outcome: 'no-picture' }
  const shapes = one.width / one.height / (other.width / other.height)
  if (Math.abs(shapes - 1) > sameShape) return { outcome: 'other-shape' }
  const made = await once(ctx, `difference ${fromId} ${toId}`, mostAtOnce, () =>
    look(ctx, { fromId, toId, one: one.storageKey, other: other.storageKey }),
  )
  return (made ? await kept(ctx, fromId, toId) : null) ?? { outcome: 'not-now' }
}

async function kept(ctx: Ctx<'db' | 'actor'>, fromId: string, toId: string): Promise<DifferenceSeen | null> {
  const row = await ctx.db.versionDifference.findFirst({ where: { fromId, toId, houseId: ctx.actor.houseId, algorithm } })
  if (row?.outcome !== 'found') return null
  const { share, regions, width, height } = row
  return {
    outcome: 'found',
    share: (share ?? 0) / 1e6,
    regions: regions as unknown as ChangedPart[],
    width: width ?? 1,
    height: height ?? 1,
  }
}

function look(ctx: Comparing, pair: { fromId: string; toId: string; one: string; other: string }): Promise<boolean> {
  const { fromId, toId } = pair
  return onCopies(ctx.storage, [pair.one, pair.other], async ([one, other], outDir) => {
    const found = await ctx.media.differ({ one, other, outDir, edge })
    if (!found.ok) return false
    const { path: file, width, height, share, regions } = found.value
    const storageKey = differenceKey(fromId, toId, algorithm)
    await ctx.storage.put(storageKey, createReadStream(file), { mediaType: 'image/webp' })
    const row = {
      houseId: ctx.actor.houseId,
      algorithm,
      outcome: 'found',
      share: Math.round(share * 1e6),
      regions,
      width,
      height,
      storageKey,
      madeAt: ctx.clock.now(),
    }
    await ctx.db.versionDifference.upsert({ where: { fromId_toId: { fromId, toId } }, create: { fromId, toId, ...row }, update: row })
    return true
  })
}

/** The picture of a difference that was looked at, for those who may open files. */
export async function differencePicture(ctx: Comparing, { assetId, fromId, toId }: { assetId: string; fromId: string; toId: string }) {
  const none = () => new Refusal('not-found', `no difference of ${fromId} and ${toId}`)
  const { allowed } = await pairOf(ctx, assetId, [fromId, toId])
  const row = allowed
    ? await ctx.db.versionDifference.findFirst({ where: { fromId, toId, houseId: ctx.actor.houseId, outcome: 'found' } })
    : null
  const stat = row?.storageKey ? await ctx.storage.stat(row.storageKey) : null
  if (!row?.storageKey || !stat) throw none()
  const { storageKey } = row
  return {
    fileName: 'difference.webp',
    mediaType: 'image/webp',
    size: stat.size,
    etag: `"${fromId}-${toId}-${row.algorithm}"`,
    inline: true,
    keep: 'browser' as const,
    open: (range: { start: number; end: number } | null) => ctx.storage.open(storageKey, range ?? undefined),
  }
}
