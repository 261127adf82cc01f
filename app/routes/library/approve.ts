import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerDecision } from '#app/http/decision.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { approveReview } from '#services/review/reviews.ts'
import { approveReviewInput } from '#services/review/schema.ts'

/** The reviewer’s yes. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { reviewId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, approveReviewInput)
  if (form.status !== 'success')
    return redirectWithToast(`/library/review/${reviewId}`, { tone: 'danger', text: 'A reason has at most 1,000 characters.' })
  return answerDecision(ctx, reviewId, await approveReview(ctx, { reviewId, ...form.value }), fields.get('back'))
}
