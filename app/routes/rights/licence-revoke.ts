import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { revokeSold, type RevokeSoldError } from '#services/commerce/revoking.ts'
import { revokeDecision } from '#services/licensing/schema.ts'

const sayings = {
  'already-ended': 'This licence had ended already.',
  'narrower-undecided': 'Say what becomes of the licence that it widened.',
} satisfies Record<RevokeSoldError, string>

export const loader = leadsTo('/rights/licences/:licenceId')

/** End it for good. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { licenceId = '' } = args.params
  const page = `/rights/licences/${licenceId}`
  const form = await parseForm(args.request, revokeDecision.omit({ licenceId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say why, in a few words.' })
  const outcome = await revokeSold(ctx, { ...form.value, licenceId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Revoked. Downloads have stopped.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
