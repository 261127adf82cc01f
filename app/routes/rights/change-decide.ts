import type { ActionFunctionArgs } from '@remix-run/node'
import { backToPlan } from '#app/http/change-answer.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import type { DecideItemError } from '#services/desk/change-errors.ts'
import { decideItem } from '#services/desk/change-deciding.ts'
import { decideItemInput } from '#services/desk/change-schema.ts'

const sayings = {
  'not-a-draft': 'This plan has been applied or dropped meanwhile: its lines are no longer decided here.',
  'does-not-fit': 'That decision does not fit this line. Choose another.',
} satisfies Record<DecideItemError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { planId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const back = fields.get('back')
  const form = parseFields(fields, decideItemInput)
  if (form.status !== 'success') return backToPlan(planId, back, { tone: 'danger', text: 'Choose what happens to this line, then decide.' })
  const outcome = await decideItem(ctx, { ...form.value, planId })
  if (!outcome.ok) return backToPlan(planId, back, { tone: 'danger', text: sayings[outcome.error] })
  return backToPlan(planId, back, { tone: 'success', text: 'Decided.' })
}
