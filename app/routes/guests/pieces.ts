import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { statusOf } from '#app/components/assets/upload-words.ts'
import { guestRefusal, visitorOf } from '#app/http/guest-link.server.ts'
import { answerPieces } from '#app/http/tus.server.ts'
import { addToGuestUpload, beginGuestUpload } from '#services/intake/guest-uploads.ts'
import { Declined } from '#services/platform/resumable.ts'

/** A guest's file in pieces: begun by POST, asked about by HEAD, carried on by PATCH, given up by DELETE. */
async function receive(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> {
  const { ctx, secret } = await visitorOf(args)
  return answerPieces(args, ctx, {
    path: `/u/${secret}/pieces`,
    async begin(file) {
      const began = await beginGuestUpload(ctx, file)
      if (began.ok) return began.value.uploadId
      const answer = guestRefusal(ctx.language, began.error, began.detail)
      throw new Declined(statusOf(answer), answer)
    },
    add: (more) => addToGuestUpload(ctx, more),
  })
}

export const loader = receive
export const action = receive
