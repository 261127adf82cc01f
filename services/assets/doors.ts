import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { DuplicateDetail, ReceiveUploadError } from './errors.ts'
import { may } from './policy.ts'
import type { Received } from './uploads.ts'
import { addVersion, type Arrived } from './versions.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** Whose an upload is, as columns of its row: each read of an upload carries them. */
export type Sender = { houseId: string; userId: string } | { houseId: string; linkId: string; sendingId: string }

/** Who sends: a person whose role allows it, or a guest at the door of a link. */
export function senderOf({ actor }: Ctx<'actor'>): Sender {
  if (actor.kind === 'guest' && actor.sending) return { houseId: actor.houseId, linkId: actor.sending.linkId, sendingId: actor.sending.id }
  if (!isPerson(actor) || !may(actor, 'upload')) throw new Refusal('forbidden', 'upload')
  return { houseId: actor.houseId, userId: actor.userId }
}

/** A file that is in the library; `known`: it was there before. */
export interface Landed extends Received {
  known: boolean
  file: Arrived
}

/** What a way in asks and does besides the library's own rules, in the transactions that write. */
export interface Door<E extends string> {
  /** Whether there is room for so many bytes more; `counted` is the upload that is counted already, and is being weighed. */
  admit(tx: Tx, size: number, counted?: string): Promise<Result<null, E>>
  /** Runs where the file lands, so that neither is there without the other. */
  landed(tx: Tx, landed: Landed): Promise<void>
  /** What the library has already is pointed at, and its sender hears nothing of it. */
  pointsAtTwins?: boolean
}

/** The rows of an arrived file, and what its door makes of it. Runs inside the upload's transaction. */
export async function landUpload(
  tx: Tx,
  file: Arrived,
  wanted: { assetId: string | undefined; evenIfDuplicate: boolean },
  door: Door<string> | undefined,
): Promise<Result<Received, ReceiveUploadError>> {
  const added = await addVersion(tx, file, wanted)
  if (!door) return added
  if (added.ok) await door.landed(tx, { ...added.value, known: false, file })
  if (added.ok || added.error !== 'duplicate-of' || !door.pointsAtTwins) return added
  const twin = await pointAtTwin(tx, file, (added.detail as DuplicateDetail).assetId)
  await door.landed(tx, { ...twin, known: true, file })
  return ok(twin)
}

/** The upload ends at what the library has: the same bytes, under the name that they have here. */
async function pointAtTwin(tx: Tx, { uploadId, sha256 }: Arrived, assetId: string): Promise<Received> {
  const { houseId } = tx.actor
  const version = await tx.db.assetVersion.findFirstOrThrow({
    where: { houseId, assetId, sha256 },
    orderBy: { number: 'desc' },
    select: { id: true, number: true, asset: { select: { title: true } } },
  })
  const { id: versionId, number } = version
  await tx.db.upload.update({
    where: { id: uploadId },
    data: { state: 'STORED', assetId, versionId, reason: 'the library has it', endedAt: tx.clock.now() },
  })
  return { assetId, versionId, number, title: version.asset.title }
}
