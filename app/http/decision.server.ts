import type { Result } from '#services/kernel/result.ts'
import type { Ctx } from '#services/platform/context.ts'
import { nextReviewAfter } from '#services/assets/asset-view.ts'
import type { DecideReviewError } from '#services/assets/errors.ts'
import { redirectWithToast } from './toast.server.ts'

const sayings = {
  'already-decided': 'Somebody else decided this review a moment ago.',
  'own-submission': 'You sent this for review yourself: somebody else must judge it.',
} satisfies Record<DecideReviewError, string>

/** A decision's answer: on to the next that waits, or to the queue; a no goes back to the review. */
export async function answerDecision(
  ctx: Ctx<'db' | 'actor'>,
  reviewId: string,
  outcome: Result<unknown, DecideReviewError>,
  done: string,
): Promise<Response> {
  if (!outcome.ok) return redirectWithToast(`/library/review/${reviewId}`, { tone: 'danger', text: sayings[outcome.error] })
  const next = await nextReviewAfter(ctx, reviewId)
  return redirectWithToast(next ? `/library/review/${next}` : '/library/review', {
    tone: 'success',
    text: next ? `${done} This one waits next.` : done,
  })
}
