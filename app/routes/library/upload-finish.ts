import type { ActionFunctionArgs } from '@remix-run/node'
import { refusalOf, statusOf, type UploadAnswer } from '#app/components/assets/upload-words.ts'
import { senderOf } from '#app/http/tus.server.ts'
import { finishForBrief } from '#services/briefs/uploads.ts'

/** The last step of a file in pieces; may be asked as often as the answer gets lost. `?twin=keep` takes in what is there already. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await senderOf(args)
  const evenIfDuplicate = new URL(args.request.url).searchParams.get('twin') === 'keep'
  const outcome = await finishForBrief(ctx, { uploadId: args.params.uploadId ?? '', evenIfDuplicate })
  const answer: UploadAnswer = outcome.ok ? { ok: true, ...outcome.value } : refusalOf(outcome.error, outcome.detail)
  return Response.json(answer, { status: statusOf(answer), headers: { 'Cache-Control': 'no-store' } })
}
