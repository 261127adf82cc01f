import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { HandOnError } from '#services/review/errors.ts'
import { takeOver } from '#services/review/handing.ts'
import { takeOverInput } from '#services/review/schema.ts'

const sayings = {
  'already-decided': 'This step has been decided a moment ago.',
  'not-qualified': 'You may not decide this step: it is for others.',
  'no-such-colleague': 'This colleague has no seat any more. Choose another.',
  'own-submission': 'You sent it for review yourself: somebody else must judge it.',
  'has-it-already': 'It is yours already, or you have spoken.',
} satisfies Record<HandOnError, string>

/** A step becomes one’s own. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/review/${args.params.reviewId ?? ''}`
  const form = await parseForm(args.request, takeOverInput)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'This step is not there.' })
  const outcome = await takeOver(ctx, form.value)
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'It is yours now.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
