import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SupersedeError } from '#services/rights/errors.ts'
import { liftRestriction } from '#services/rights/restrictions.ts'
import { reasonForm } from '#services/rights/schema.ts'

const sayings = { 'already-superseded': 'This ban has been lifted or replaced already.' } satisfies Record<SupersedeError, string>

/** The ban is over. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { assetId = '', rowId = '' } = args.params
  const form = await parseForm(args.request, reasonForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await liftRestriction(ctx, { id: rowId, reason: form.value.reason })
  return redirectWithToast(
    `/rights/assets/${assetId}`,
    outcome.ok ? { tone: 'success', text: 'The ban is lifted.' } : { tone: 'warning', text: sayings[outcome.error] },
  )
}
