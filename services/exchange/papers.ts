import { Readable } from 'node:stream'
import { peek } from '../assets/streams.ts'
import { record } from '../compliance/record.ts'
import { leaving, type Delivering } from '../delivery/downloads.ts'
import { etagOf, type Caller, type OpenFile } from '../delivery/files.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { storedObject } from '../platform/files/splice.ts'
import { paperKey, uploadKey } from '../platform/storage/keys.ts'
import { mustMay as mustMayRights } from '../rights/policy.ts'
import type { AddPaperError } from './errors.ts'
import { cleanName, keep } from './intake.ts'
import { mustMay } from './policy.ts'
import { paperLimit, paperTypeOf } from './rules/paper-types.ts'

export interface AddPaper {
  kind: 'CONTRACT' | 'RELEASE'
  /** Under which the contract or the release is filed; it must be known. */
  reference: string
  fileName: string
  source: Readable
  signal?: AbortSignal | undefined
}

/** Keep a signed paper by its hash, behind the contract or the release that it proves. It is never changed and never taken away. */
export async function addPaper(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'storage'>,
  { kind, reference, fileName, source, signal }: AddPaper,
): Promise<Result<{ id: string; fileName: string }, AddPaperError>> {
  mustMay(ctx.actor, 'exchange')
  await mustBeKnown(ctx, kind, reference)
  const { houseId } = ctx.actor
  const at = ctx.clock.now()
  const id = newId('ppr', at)
  const stream = await peek(source)
  const mediaType = paperTypeOf(stream.head)
  if (!mediaType) {
    source.destroy()
    return stream.broken() ? fail('cut-off') : stream.head.length === 0 ? fail('empty') : fail('refused-type')
  }
  const draft = uploadKey(id)
  const kept = await keep(
    ctx,
    draft,
    { source: Readable.from(stream.rest(), { objectMode: false }), declaredSize: undefined, signal },
    paperLimit,
  )
  if (!kept.ok) return stream.broken() ? fail('cut-off') : kept
  const { sha256, size } = kept.value
  const storageKey = paperKey(houseId, sha256)
  await ctx.storage.move(draft, storageKey)
  const name = cleanName(fileName)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ id: string; fileName: string }, AddPaperError>> => {
    const { count } = await tx.db.paper.createMany({
      data: [
        {
          id,
          houseId,
          kind,
          reference,
          fileName: name,
          mediaType,
          sizeBytes: BigInt(size),
          sha256,
          storageKey,
          addedAt: at,
          addedById: tx.actor.kind === 'person' ? tx.actor.userId : null,
        },
      ],
      skipDuplicates: true,
    })
    if (count === 0) return fail('kept-already')
    await record(tx, {
      type: 'paper.added',
      subject: { kind: 'paper', id },
      data: { kind, reference, fileName: name, sha256, bytes: size },
    })
    return ok({ id, fileName: name })
  })
}

async function mustBeKnown(ctx: Ctx<'db' | 'actor'>, kind: AddPaper['kind'], reference: string): Promise<void> {
  const where = { houseId: ctx.actor.houseId, reference }
  const known =
    kind === 'CONTRACT'
      ? await ctx.db.contract.findFirst({ where, select: { id: true } })
      : await ctx.db.release.findFirst({ where, select: { id: true } })
  if (!known) throw new Refusal('not-found', `no ${kind} ${reference}`)
}

/**
 * A paper on its way to one of the house's own people, through the register like every byte that leaves. What a contract
 * cost is for those who see contracts; a release is read by everybody who works on the picture.
 */
export async function openPaper(ctx: Delivering, paperId: string, caller: Caller): Promise<OpenFile> {
  mustMayRights(ctx.actor, 'see-rights')
  const paper = await ctx.db.paper.findFirst({ where: { id: paperId, houseId: ctx.actor.houseId } })
  if (!paper) throw new Refusal('not-found', `no paper ${paperId}`)
  if (paper.kind === 'CONTRACT') mustMay(ctx.actor, 'see-exchange')
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
