import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { refuseRequest } from '#services/licensing/requests.ts'
import { refuseRequestInput } from '#services/licensing/schema.ts'

const sayings = { 'already-decided': 'Somebody decided this request a moment ago.' } as const

export const loader = leadsTo('/rights/requests/:requestId')

/** Refuse it, with the reason that the asker reads. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { requestId = '' } = args.params
  const page = `/rights/requests/${requestId}`
  const form = await parseForm(args.request, refuseRequestInput.omit({ requestId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say why: they read it.' })
  const outcome = await refuseRequest(ctx, { ...form.value, requestId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Refused, with your reason.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
