import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { RetryVersionError } from '#services/assets/errors.ts'
import { retryVersion } from '#services/assets/versions.ts'
import { retryVersionInput } from '#services/assets/schema.ts'

const sayings = {
  'not-rejected': 'The file is being read already.',
  'not-current': 'There is a newer version.',
} satisfies Record<RetryVersionError, string>

/** Read a rejected file once more. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const form = await parseForm(args.request, retryVersionInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await retryVersion(ctx, form.value)
  const toast = outcome.ok
    ? ({ tone: 'info', text: 'The file is read once more.' } as const)
    : ({ tone: 'danger', text: sayings[outcome.error] } as const)
  return redirectWithToast(`/library/assets/${args.params.assetId ?? ''}`, toast)
}
