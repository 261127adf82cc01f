import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { printAlgorithm, type Print } from '../platform/media/media.ts'
import { inScratch, onCopies } from '../platform/scratch.ts'
import { sketchKeys, sketchOf } from './rules/look.ts'
import { markKeys, unpackMarks } from './rules/marks.ts'
import { hashKeys, hashOfHex } from './rules/prints.ts'

interface Printed {
  versionId: string
  houseId: string
  assetId: string
}

/** Everything that a print is found by, worked out of what the media child sent. */
export function readPrint(print: Print) {
  const hash = hashOfHex(print.hash)
  const marks = Buffer.from(print.marks, 'base64')
  const look = Int8Array.from(print.look)
  const sketch = sketchOf(look)
  return { hash, marks, look, sketch, keys: [...hashKeys(hash), ...markKeys(unpackMarks(marks)), ...sketchKeys(sketch)] }
}

/** Keep a version's print, in place of an older one. */
export async function keepPrint(tx: Ctx<'db' | 'clock'>, { versionId, houseId, assetId }: Printed, print: Print): Promise<void> {
  const { hash, marks, look, sketch, keys } = readPrint(print)
  await tx.db.$executeRaw`
    INSERT INTO picture_prints (version_id, house_id, asset_id, algorithm, hash, keys, sketch, marks, look, made_at)
    VALUES (${versionId}, ${houseId}, ${assetId}, ${print.algorithm}, ${hash}, ${keys}::int[], ${sketch}::bit(256), ${marks}::bytea, ${Buffer.from(look.buffer)}::bytea, ${tx.clock.now()})
    ON CONFLICT (version_id) DO UPDATE SET algorithm = excluded.algorithm, hash = excluded.hash, keys = excluded.keys, sketch = excluded.sketch,
      marks = excluded.marks, look = excluded.look, made_at = excluded.made_at`
}

/** Versions that are looked at today and have no print of today's algorithm; pictures that could not be printed are left out. */
const unprinted = (ctx: Ctx<'db'>, batch: number) => ctx.db.$queryRaw<(Printed & { first: boolean })[]>`
  SELECT v.id AS "versionId", v.house_id AS "houseId", v.asset_id AS "assetId", p.version_id IS NULL AS first
  FROM asset_versions v JOIN assets a ON a.id = v.asset_id AND v.id IN (a.current_version_id, a.published_version_id)
    LEFT JOIN picture_prints p ON p.version_id = v.id LEFT JOIN print_misses m ON m.version_id = v.id AND m.algorithm = ${printAlgorithm}
  WHERE v.processing = 'READY' AND v.preview IN ('PICTURE', 'PAGES', 'FILM') AND a.state NOT IN ('ARCHIVED', 'DELETED') AND m.version_id IS NULL AND (p.version_id IS NULL OR p.algorithm < ${printAlgorithm})
  ORDER BY v.id LIMIT ${batch}::int`

/**
 * Make prints for versions that have none, or one of an older algorithm, out of their small clean previews. What is done is
 * kept, so it goes on where it was ended. `lookUp` is for versions that had none before, and belongs to the keeping: a print
 * that is kept is never asked about again, so whoever dies between the two must have kept none. Gives back how many were new.
 */
export async function printVersions(
  ctx: Ctx<'db' | 'clock' | 'storage' | 'media' | 'log'>,
  lookUp: (tx: Ctx<'db' | 'clock'>, version: Printed) => Promise<void>,
  batch = 40,
): Promise<number> {
  let fresh = 0
  for (const { first, ...version } of await unprinted(ctx, batch)) {
    const print = await printOf(ctx, version.versionId)
    if (!print) {
      await missPrint(ctx, version.versionId)
      continue
    }
    await inTransaction(ctx, async (tx) => {
      await keepPrint(tx, version, print)
      if (first) await lookUp(tx, version)
    })
    if (first) fresh++
  }
  return fresh
}

/** A picture that cannot be printed is not tried again before the algorithm changes. */
const missPrint = (ctx: Ctx<'db' | 'clock'>, versionId: string) => {
  const tried = { algorithm: printAlgorithm, triedAt: ctx.clock.now() }
  return ctx.db.printMiss.upsert({ where: { versionId }, create: { versionId, ...tried }, update: tried })
}

async function printOf(ctx: Ctx<'db' | 'storage' | 'media'>, versionId: string): Promise<Print | null> {
  const rendition = await ctx.db.rendition.findFirst({
    where: { versionId, watermarked: false, preset: { in: ['clean-grid', 'web', 'grid'] } },
    orderBy: { byteSize: 'asc' },
    select: { storageKey: true, mediaType: true },
  })
  // What is not there cannot be printed; a storage that does not answer says nothing, and is asked again.
  if (!rendition || (await ctx.storage.stat(rendition.storageKey)) === null) return null
  return onCopies(ctx.storage, [rendition.storageKey], ([file]) => printFile(ctx, file, rendition.mediaType))
}

/** The print of one file, decoded in the child. Null for what is no picture that we read. */
export const printFile = (ctx: Ctx<'media'>, file: string, mediaType: string): Promise<Print | null> =>
  inScratch(async (outDir) => {
    const outcome = await ctx.media.derive({ path: file, mediaType, outDir, renditions: [], print: true })
    return outcome.ok ? (outcome.value.print ?? null) : null
  })
