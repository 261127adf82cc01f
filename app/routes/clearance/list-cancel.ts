import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { CancelListError } from '#services/clearance/errors.ts'
import { cancelList } from '#services/clearance/lists.ts'

export const loader = leadsTo('/clearance/lists/:clearanceId')

const sayings = { 'already-finished': 'The list had finished before it could be cancelled.' } satisfies Record<CancelListError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const outcome = await cancelList(ctx, args.params.clearanceId ?? '')
  return redirectWithToast(
    `/clearance/lists/${args.params.clearanceId}`,
    outcome.ok ? { tone: 'success', text: 'Cancelled. What was answered before stays.' } : { tone: 'info', text: sayings[outcome.error] },
  )
}
