import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { briefClosed, refusalOf } from '#app/components/assets/upload-words.ts'
import { addToUpload, assertOwnUpload, cancelUpload, uploadStanding, type NewUpload } from '#services/assets/resumable.ts'
import { writing } from '#services/assets/writers.ts'
import { beginForBrief } from '#services/briefs/uploads.ts'
import { answerTus, Declined } from '#services/platform/resumable.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Context } from '#services/platform/context.ts'
import { contextOf, staffOf, type PersonContext } from './context.server.ts'

/** The asset that a file is a new version of, or the brief that it is made for; what is no id is nobody's. */
function idIn(text: string | null | undefined): string | undefined {
  if (!text) return undefined
  if (!/^\w{1,64}$/.test(text)) throw new Refusal('not-found', 'no such asset or brief')
  return text
}

/** A sender's name for an attempt: long enough that two attempts never share one by chance. */
function keyIn(text: string | null | undefined): string | undefined {
  if (!text) return undefined
  if (!/^[\w-]{16,64}$/.test(text)) throw new Refusal('malformed', 'a key has 16 to 64 letters and digits')
  return text
}

/** Who sends. A program that sends cannot follow a signed-out person to a page: it is told so, and says it in its own words. */
export async function senderOf(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<PersonContext> {
  if (!isPerson((await contextOf(args)).actor)) throw new Response('Signed out.', { status: 401, headers: { 'Cache-Control': 'no-store' } })
  return staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
}

/** One request about a file that comes in pieces, by the tus protocol. */
export async function receivePieces(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> {
  const ctx = await senderOf(args)
  return answerPieces(args, ctx, {
    path: '/library/upload/pieces',
    async begin(file, metadata) {
      const began = await beginForBrief(ctx, { ...file, assetId: idIn(metadata.asset), briefId: idIn(metadata.brief) })
      if (began.ok) return began.value.uploadId
      if (began.error === 'brief-closed') throw new Declined(409, briefClosed)
      throw new Declined(began.error === 'too-large' ? 413 : 409, refusalOf(began.error, began.detail))
    },
    add: (more) => addToUpload(ctx, more),
  })
}

export interface PiecesWay {
  path: string
  /** Begins a file; a refusal is thrown as `Declined`, in the words of this way. */
  begin(file: Pick<NewUpload, 'fileName' | 'size' | 'key'>, metadata: Record<string, string | null>): Promise<string>
  add(more: Parameters<typeof addToUpload>[1]): Promise<number>
}

/** The protocol for whoever `ctx` is: their own uploads, and no others. */
export async function answerPieces(args: LoaderFunctionArgs | ActionFunctionArgs, ctx: Context, way: PiecesWay): Promise<Response> {
  const { uploadId: named } = args.params
  // A lock asks whoever writes to let go: nobody may ask that of somebody else's upload.
  if (named !== undefined) await assertOwnUpload(ctx, named)
  let stillWriting = () => Promise.resolve(true)
  return answerTus(args.request, way.path, {
    create: async ({ size, metadata }) => way.begin({ fileName: metadata.filename ?? '', size, key: keyIn(metadata.key) }, metadata),
    standing: (uploadId) => uploadStanding(ctx, uploadId),
    add: (uploadId, at, source) => way.add({ uploadId, at, source, stillWriting }),
    cancel: (uploadId) => cancelUpload(ctx, uploadId),
    failed: (error) => ctx.log.error('upload-failed', { requestId: ctx.requestId, uploadId: named, error }),
    alone: (uploadId, work) =>
      writing(ctx, uploadId, (still) => {
        stillWriting = still
        return work()
      }),
  })
}
