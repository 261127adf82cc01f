import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerDecision } from '#app/http/decision.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { approveReview } from '#services/assets/reviews.ts'
import { approveReviewInput } from '#services/assets/schema.ts'

/** The reviewer's yes. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { reviewId = '' } = args.params
  const form = await parseForm(args.request, approveReviewInput.omit({ reviewId: true }))
  const reason = form.status === 'success' ? form.value.reason : ''
  return answerDecision(ctx, reviewId, await approveReview(ctx, { reviewId, reason }), 'Approved.')
}
