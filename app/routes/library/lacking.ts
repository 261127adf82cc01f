import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { fillChanges, fillsOnSheet } from '#app/components/library/lack-ways.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { lacking } from '#services/assets/lacks.ts'
import { keepSelection, selectionOf } from '#services/assets/selections.ts'

export const loader = leadsTo('/library/selections/:selectionId')

/** Those of a selection that lack something become a selection of their own, and go where it is filled in. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { selectionId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const demand = String(fields.get('demand') ?? '')
  const [{ says }, { ids, label }] = await Promise.all([selectionOf(ctx, selectionId), lacking(ctx, selectionId, [demand])])
  const lacks = `without: ${label.toLowerCase()}`
  const kept = await keepSelection(ctx, { ids, says: says ? `${says} · ${lacks}` : lacks })
  if (!kept.ok) return redirectWithToast(`/library/selections/${selectionId}`, { tone: 'info', text: 'None of them lacks that any more.' })
  const { id } = kept.value
  if (!fields.has('fill')) return redirect(`/library/selections/${id}`, 303)
  if (fillsOnSheet(demand)) return redirect(`/library/selections/${id}/sheet`, 303)
  const changes = fillChanges(demand).map((change) => ['change', change])
  return redirect(`/library/bulk?${new URLSearchParams([['selection', id], ['from', selectionId], ...changes])}`, 303)
}
