import { safePath } from './guard.server.ts'
import { redirectWithToast } from './toast.server.ts'
import { nextReviewAfter } from '#services/review/review-view.ts'
import type { DecideStepError } from '#services/review/errors.ts'
import type { approveReview } from '#services/review/reviews.ts'
import type { Ctx } from '#services/platform/context.ts'

export const decisionSayings = {
  'already-decided': 'Somebody else decided this a moment ago.',
  'own-submission': 'You sent this for review yourself: somebody else must judge it.',
  outdated: 'A new version has been uploaded since: this question is about the old one. Open the asset to see what waits now.',
  'not-open': 'This step has not begun yet: the one before it comes first.',
  'not-asked': 'This step wants everybody’s word, and it waits for others. Take it over first.',
  'spoke-already': 'This has been said already; the step waits for others.',
  'delegate-not-qualified': 'You stand in for somebody here, but may not decide this step yourself. Hand it to somebody who may.',
  'stands-in-no-more': 'You do not stand in for this person today.',
  'own-word-first': 'This step counts people, and you are one of them: decide in your own name.',
} satisfies Record<DecideStepError, string>

const ends = {
  APPROVED: 'Approved.',
  CHANGES_ASKED: 'Sent back with what to change.',
  REJECTED: 'Rejected.',
} as const

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** What a decision has come to, in a sentence. */
export const decidedWords = ({ state, opened }: { state: 'WAITING' | keyof typeof ends; opened: readonly string[] }): string =>
  state !== 'WAITING' ? ends[state] : opened.length > 0 ? `Noted. It goes on to ${list(opened)}.` : 'Noted. Others are still asked.'

/** A decision's answer: on to the next that waits for the reader, or to the list; a no goes back to the review. From the board, back to it. */
export async function answerDecision(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  reviewId: string,
  outcome: Awaited<ReturnType<typeof approveReview>>,
  back: unknown,
): Promise<Response> {
  // The board asks and wants its own page again; a refusal stands where the card is.
  const board = typeof back === 'string' && back !== '' ? safePath(back, '/library/review') : null
  if (!outcome.ok)
    return redirectWithToast(board ?? `/library/review/${reviewId}`, { tone: 'danger', text: decisionSayings[outcome.error] })
  const done = decidedWords(outcome.value)
  if (board) return redirectWithToast(board, { tone: 'success', text: done })
  const next = await nextReviewAfter(ctx, reviewId)
  return redirectWithToast(next ? `/library/review/${next}` : '/library/review', {
    tone: 'success',
    text: next ? `${done} This one waits next.` : done,
  })
}
