import { Readable } from 'node:stream'
import { peek } from '../assets/streams.ts'
import { leaving, type Delivering } from '../delivery/downloads.ts'
import { etagOf, type Caller, type OpenFile } from '../delivery/files.ts'
import { keep } from '../exchange/intake.ts'
import { paperLimit, paperTypeOf } from '../exchange/rules/paper-types.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { storedObject } from '../platform/files/splice.ts'
import { paperKey, uploadKey } from '../platform/storage/keys.ts'

export interface ArrivingPaper {
  fileName: string
  source: Readable
  signal?: AbortSignal | undefined
}
export interface KeptPaper {
  mediaType: string
  sizeBytes: bigint
  sha256: string
  storageKey: string
}

/** The bytes of a paper, typed by their start, hashed, and laid down under their hash. No row names them yet. */
export async function keepPaper(
  ctx: Ctx<'clock' | 'actor' | 'storage'>,
  { source, signal }: ArrivingPaper,
): Promise<Result<KeptPaper, 'cut-off' | 'empty' | 'refused-type' | 'too-large'>> {
  const stream = await peek(source)
  const mediaType = paperTypeOf(stream.head)
  if (!mediaType) {
    source.destroy()
    return stream.broken() ? fail('cut-off') : stream.head.length === 0 ? fail('empty') : fail('refused-type')
  }
  const draft = uploadKey(newId('ppr', ctx.clock.now()))
  const kept = await keep(
    ctx,
    draft,
    { source: Readable.from(stream.rest(), { objectMode: false }), declaredSize: undefined, signal },
    paperLimit,
  )
  if (!kept.ok) return stream.broken() ? fail('cut-off') : kept
  const { sha256, size } = kept.value
  const storageKey = paperKey(ctx.actor.houseId, sha256)
  await ctx.storage.move(draft, storageKey)
  return ok({ mediaType, sizeBytes: BigInt(size), sha256, storageKey })
}

/** A paper on its way to whoever may read it, through the register like every byte that leaves. */
export function openKept(ctx: Delivering, paper: KeptPaper & { id: string; fileName: string }, caller: Caller): OpenFile {
  const file = storedObject(paper.storageKey, Number(paper.sizeBytes))
  return {
    fileName: paper.fileName,
    mediaType: paper.mediaType,
    size: file.size,
    etag: etagOf(file, paper.sha256),
    inline: false,
    keep: 'nobody',
    open: leaving(ctx, file, { rendition: 'paper', fileSha256: paper.sha256 }, `paper ${paper.id}`, caller),
  }
}
