import type { ActionFunctionArgs } from '@remix-run/node'
import { statusOf } from '#app/components/assets/upload-words.ts'
import { asJson, guestRefusal, visitorOf } from '#app/http/guest-link.server.ts'
import { finishGuestUpload } from '#services/intake/guest-uploads.ts'

/** The last step of a guest's file; may be asked as often as the answer gets lost. Tells that it arrived, and nothing of the library. */
export async function action(args: ActionFunctionArgs) {
  const { ctx } = await visitorOf(args)
  const outcome = await finishGuestUpload(ctx, { uploadId: args.params.uploadId ?? '' })
  const answer = outcome.ok ? ({ ok: true } as const) : guestRefusal(ctx.language, outcome.error, outcome.detail)
  return asJson(answer, statusOf(answer))
}
