import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { DropError } from '#services/desk/change-errors.ts'
import { dropChange } from '#services/desk/change-plans.ts'

const sayings = { 'not-a-draft': 'This plan has been applied or dropped meanwhile.' } satisfies Record<DropError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const outcome = await dropChange(ctx, { planId })
  if (!outcome.ok) return backToPlan(planId, '', { tone: 'danger', text: sayings[outcome.error] })
  return redirectWithToast('/rights/changes', { tone: 'success', text: 'The plan is dropped. Nothing has happened by it.' })
}
