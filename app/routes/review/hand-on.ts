import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { HandOnError } from '#services/review/errors.ts'
import { handOn } from '#services/review/handing.ts'
import { handOnInput } from '#services/review/schema.ts'

const sayings = {
  'already-decided': 'This step has been decided a moment ago.',
  'not-qualified': 'They may not decide this step: it is for others.',
  'no-such-colleague': 'This colleague has no seat any more. Choose another.',
  'own-submission': 'They sent it for review themselves: somebody else must judge it.',
  'has-it-already': 'It is theirs already, or they have spoken.',
} satisfies Record<HandOnError, string>

/** A step goes to a colleague. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/review/${args.params.reviewId ?? ''}`
  const form = await parseForm(args.request, handOnInput)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Choose a colleague.' })
  const outcome = await handOn(ctx, form.value)
  return redirectWithToast(page, outcome.ok ? { tone: 'success', text: 'Handed on.' } : { tone: 'danger', text: sayings[outcome.error] })
}
