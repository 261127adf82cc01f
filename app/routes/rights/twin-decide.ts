import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { DecideTwinError } from '#services/rights/errors.ts'
import { decideTwinForm } from '#services/rights/twin-schema.ts'
import { decideTwin } from '#services/rights/twins.ts'

const sayings = { 'already-decided': 'Somebody decided this a moment ago.' } satisfies Record<DecideTwinError, string>
const done = {
  confirm: 'It is a twin: exclusivity on one holds for all.',
  dismiss: 'It is another picture: it is sold by itself again.',
} as const

export const loader = () => redirect('/rights/twins')

/** A suspected twin is one, or is not. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, decideTwinForm)
  if (form.status !== 'success') return redirectWithToast('/rights/twins', { tone: 'danger', text: 'Say whether it is a twin.' })
  const { decision } = form.value
  const outcome = await decideTwin(ctx, { memberId: args.params.memberId ?? '', decision })
  return redirectWithToast(
    '/rights/twins',
    outcome.ok ? { tone: 'success', text: done[decision] } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
