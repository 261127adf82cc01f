import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import type { RedrawError } from '#services/desk/change-errors.ts'
import { redrawChange } from '#services/desk/change-plans.ts'

const sayings = {
  'not-a-draft': 'This plan has been applied or dropped meanwhile.',
  'nothing-cites-it': 'No picture cites this paper any more. Drop the plan.',
  'too-many-assets': 'More than 20,000 pictures cite it by now. Drop the plan, and make several.',
  'nothing-changes': 'Every row lies within the change already: nothing is left to apply. Drop the plan.',
} satisfies Record<RedrawError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const outcome = await redrawChange(ctx, { planId })
  if (!outcome.ok) return backToPlan(planId, '', { tone: 'danger', text: sayings[outcome.error] })
  const { kept, open } = outcome.value
  return backToPlan(planId, open > 0 ? '?decision=open' : '', {
    tone: 'success',
    text: `Drawn up anew: ${kept} ${kept === 1 ? 'decision stays' : 'decisions stay'}, ${open} ${open === 1 ? 'line waits' : 'lines wait'} for one.`,
  })
}
