import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { endAcquisition } from '#services/rights/acquisitions.ts'
import type { SupersedeError } from '#services/rights/errors.ts'
import { reasonForm } from '#services/rights/schema.ts'

const sayings = { 'already-superseded': 'This contract has been ended or replaced already.' } satisfies Record<SupersedeError, string>

/** A contract gives us nothing any more. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { assetId = '', rowId = '' } = args.params
  const form = await parseForm(args.request, reasonForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await endAcquisition(ctx, { id: rowId, reason: form.value.reason })
  return redirectWithToast(
    `/rights/assets/${assetId}`,
    outcome.ok
      ? { tone: 'success', text: 'The contract is ended. The overview lists licences that lie outside what is held now.' }
      : { tone: 'warning', text: sayings[outcome.error] },
  )
}
