import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { AnswerError } from '#services/review/errors.ts'
import { answerConsult } from '#services/review/handing.ts'
import { answerInput } from '#services/review/schema.ts'

const sayings = {
  'answered-already': 'You have answered this already.',
} satisfies Record<AnswerError, string>

/** What the colleague thinks. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/review/${args.params.reviewId ?? ''}`
  const form = await parseForm(args.request, answerInput)
  if (form.status !== 'success')
    return redirectWithToast(page, { tone: 'danger', text: 'An answer has some words, at most 2,000 characters.' })
  const outcome = await answerConsult(ctx, form.value)
  return redirectWithToast(page, outcome.ok ? { tone: 'success', text: 'Answered.' } : { tone: 'danger', text: sayings[outcome.error] })
}
