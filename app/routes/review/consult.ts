import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { ConsultError } from '#services/review/errors.ts'
import { consult } from '#services/review/handing.ts'
import { consultInput } from '#services/review/schema.ts'

const sayings = {
  'already-decided': 'This step has been decided a moment ago.',
  'no-such-colleague': 'This colleague has no seat any more. Choose another.',
  'asked-oneself': 'Ask somebody else.',
} satisfies Record<ConsultError, string>

/** A colleague is asked what they think. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/review/${args.params.reviewId ?? ''}`
  const form = await parseForm(args.request, consultInput)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Choose a colleague and ask a question.' })
  const outcome = await consult(ctx, form.value)
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Asked. The answer will stand here.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
