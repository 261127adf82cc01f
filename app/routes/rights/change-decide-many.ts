import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import type { DecideItemError } from '#services/desk/change-errors.ts'
import { decideMany } from '#services/desk/change-deciding.ts'
import { decideManyInput } from '#services/desk/change-schema.ts'

const sayings = {
  'not-a-draft': 'This plan has been applied or dropped meanwhile: its lines are no longer decided here.',
  'does-not-fit': 'That decision fits none of these lines. Choose another.',
} satisfies Record<DecideItemError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const back = fields.get('back')
  const form = parseFields(fields, decideManyInput)
  if (form.status !== 'success')
    return backToPlan(planId, back, { tone: 'danger', text: 'Choose what happens to these lines, then decide.' })
  const outcome = await decideMany(ctx, { ...form.value, planId })
  if (!outcome.ok) return backToPlan(planId, back, { tone: 'danger', text: sayings[outcome.error] })
  const { decided, left } = outcome.value
  const done = decided === 1 ? 'One line is decided.' : `${decided.toLocaleString('en-GB')} lines are decided.`
  const rest =
    left === 1
      ? ' It does not fit one other, which stays as it was.'
      : ` It does not fit ${left.toLocaleString('en-GB')} others, which stay as they were.`
  return backToPlan(planId, back, { tone: 'success', text: left > 0 ? done + rest : done })
}
