import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { applyChange } from '#services/desk/change-applying.ts'
import type { ApplyError } from '#services/desk/change-errors.ts'

const sayings = {
  'not-a-draft': 'Somebody else has applied or dropped this plan meanwhile.',
  undecided: 'Some lines are not decided yet. Decide them, then apply.',
  'decisions-clash':
    'A picture is to leave a kit while a licence that the kit gave for it is to stay. Decide either the kit or the licence otherwise.',
  'ground-moved':
    'Something was sold, recorded or shown differently since this was drawn up. Draw it up anew: your decisions stay where they still fit.',
} satisfies Record<ApplyError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const outcome = await applyChange(ctx, { planId })
  if (outcome.ok) return backToPlan(planId, '', { tone: 'success', text: 'The change holds. Its lines are being carried out.' })
  const back = outcome.error === 'undecided' ? '?decision=open' : ''
  return backToPlan(planId, back, { tone: 'danger', text: sayings[outcome.error] })
}
