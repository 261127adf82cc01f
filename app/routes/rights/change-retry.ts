import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { retryChange } from '#services/desk/change-applying.ts'
import type { RetryError } from '#services/desk/change-errors.ts'

const sayings = { 'nothing-failed': 'Nothing is left that could be tried again.' } satisfies Record<RetryError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const outcome = await retryChange(ctx, { planId })
  if (!outcome.ok) return backToPlan(planId, '', { tone: 'danger', text: sayings[outcome.error] })
  return backToPlan(planId, '', { tone: 'success', text: 'They are tried once more.' })
}
