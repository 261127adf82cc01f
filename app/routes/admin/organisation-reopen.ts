import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { reopenOrganisation } from '#services/accounts/organisations.ts'

export const loader = leadsTo('/admin/organisations/:orgId')

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const { orgId = '' } = args.params
  const outcome = await reopenOrganisation(ctx, { orgId })
  const text = outcome.ok ? 'The organisation is open again; its members can sign in.' : 'It is open already.'
  return redirectWithToast(`/admin/organisations/${orgId}`, { tone: outcome.ok ? 'success' : 'info', text })
}
