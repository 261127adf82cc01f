import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { ReinstateError } from '#services/licensing/errors.ts'
import { licenceDecision } from '#services/licensing/schema.ts'
import { reinstateLicence } from '#services/licensing/standing.ts'

const sayings = {
  'not-suspended': 'Only a suspended licence can be reinstated.',
  'term-is-over': 'Its term is over meanwhile: it needs a new licence.',
} satisfies Record<ReinstateError, string>

export const loader = leadsTo('/rights/licences/:licenceId')

/** Open delivery again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { licenceId = '' } = args.params
  const page = `/rights/licences/${licenceId}`
  const form = await parseForm(args.request, licenceDecision.omit({ licenceId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say why, in a few words.' })
  const outcome = await reinstateLicence(ctx, { ...form.value, licenceId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Back in force.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
