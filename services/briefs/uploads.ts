import type { Door } from '../assets/doors.ts'
import type { ReceiveUploadError } from '../assets/errors.ts'
import { beginUpload, finishUpload, type NewUpload } from '../assets/resumable.ts'
import { receiveUpload, type Received, type ReceiveUpload } from '../assets/uploads.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { briefFor } from './briefs.ts'
import { layUnderBrief } from './deliveries.ts'
import type { BriefDoorError } from './errors.ts'
import { mayMakeBrief } from './policy.ts'
import { takesFiles } from './rules/brief-states.ts'

type Storing = Ctx<'db' | 'clock' | 'actor' | 'storage'>

/** What lands by this way lies under its brief, in the same transaction. */
const briefDoor = (briefId: string): Door<BriefDoorError> => ({
  async admit(tx) {
    const open = await tx.db.brief.count({ where: { id: briefId, houseId: tx.actor.houseId, state: { in: [...takesFiles] } } })
    return open > 0 ? ok(null) : fail('brief-closed')
  },
  // A brief that ended meanwhile takes nothing more; the file is in the library all the same.
  landed: async (tx, { assetId }) => void (await layUnderBrief(tx, briefId, assetId)),
})

async function doorOf(ctx: Storing, briefId: string | undefined): Promise<Door<BriefDoorError> | undefined> {
  if (!briefId) return undefined
  if (!mayMakeBrief(ctx.actor, await briefFor(ctx, briefId))) throw new Refusal('forbidden', 'upload for this brief')
  return briefDoor(briefId)
}

/** Begin a file in pieces, for a brief where one is named. */
export const beginForBrief = async (
  ctx: Storing,
  input: NewUpload,
): Promise<Result<{ uploadId: string }, 'too-large' | 'asset-archived' | BriefDoorError>> =>
  beginUpload(ctx, input, await doorOf(ctx, input.briefId))

/** Finish a file in pieces; the brief that it was begun for has it from then on. */
export async function finishForBrief(
  ctx: Storing,
  input: { uploadId: string; evenIfDuplicate?: boolean },
): Promise<Result<Received, ReceiveUploadError>> {
  const upload = await ctx.db.upload.findFirst({ where: { id: input.uploadId, houseId: ctx.actor.houseId }, select: { briefId: true } })
  return finishUpload(ctx, input, upload?.briefId ? briefDoor(upload.briefId) : undefined)
}

/** A file in one request, for a brief where one is named. */
export const receiveForBrief = async (ctx: Storing, input: ReceiveUpload): Promise<Result<Received, ReceiveUploadError | BriefDoorError>> =>
  receiveUpload(ctx, input, await doorOf(ctx, input.briefId))
