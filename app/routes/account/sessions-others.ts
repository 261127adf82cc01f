import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { endOtherSessions } from '#services/accounts/sessions.ts'

export const loader = () => redirect('/account/sessions')

export async function action(args: ActionFunctionArgs) {
  await endOtherSessions(await personOf(args))
  return redirectWithToast('/account/sessions', { tone: 'success', text: 'All other devices are signed out.' })
}
