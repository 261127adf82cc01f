import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerDecision } from '#app/http/decision.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { askForChanges } from '#services/review/reviews.ts'
import { refuseReviewInput } from '#services/review/schema.ts'

/** Back to the sender, with what to change. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { reviewId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, refuseReviewInput)
  if (form.status !== 'success')
    return redirectWithToast(`/library/review/${reviewId}`, { tone: 'danger', text: 'Say in a sentence what should change.' })
  return answerDecision(ctx, reviewId, await askForChanges(ctx, { reviewId, ...form.value }), fields.get('back'))
}
