import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { LeaveGroupError } from '#services/rights/errors.ts'
import { leaveGroupForm } from '#services/rights/twin-schema.ts'
import { leaveGroup } from '#services/rights/twins.ts'

const sayings = { 'already-left': 'It was taken out a moment ago.' } satisfies Record<LeaveGroupError, string>
const page = '/rights/twins?show=all'

export const loader = () => redirect(page)

/** A picture leaves its group. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, leaveGroupForm)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say why, in a few words.' })
  const outcome = await leaveGroup(ctx, { memberId: args.params.memberId ?? '', reason: form.value.reason })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Taken out: it is sold by itself again.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
