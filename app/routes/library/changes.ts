import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerDecision } from '#app/http/decision.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { askForChanges } from '#services/assets/reviews.ts'
import { refuseReviewInput } from '#services/assets/schema.ts'

/** Back to the sender, with what to change. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { reviewId = '' } = args.params
  const form = await parseForm(args.request, refuseReviewInput.omit({ reviewId: true }))
  if (form.status !== 'success')
    return redirectWithToast(`/library/review/${reviewId}`, { tone: 'danger', text: 'Say in a sentence what should change.' })
  return answerDecision(ctx, reviewId, await askForChanges(ctx, { reviewId, ...form.value }), 'Sent back with what to change.')
}
