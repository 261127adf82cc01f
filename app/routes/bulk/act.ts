import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { applyBulkEdit, dropBulkEdit, undoBulkEdit } from '#services/assets/bulk-edits.ts'
import { Refusal } from '#services/kernel/errors.ts'

const input = z.object({ verb: z.enum(['apply', 'undo', 'drop']) })
const sayings = {
  'not-a-draft': 'Somebody else has decided about this bulk edit already.',
  'not-applied': 'Only a bulk edit that was applied, and not yet taken back, can be undone.',
} satisfies Record<'not-a-draft' | 'not-applied', string>

/** Apply a bulk edit, take it back, or drop its preview. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, input)
  if (form.status !== 'success') throw new Refusal('malformed', 'no such act')
  const { editId = '' } = args.params
  const here = `/library/bulk/${editId}${new URL(args.request.url).search}`
  const { verb } = form.value
  const done = { apply: applyBulkEdit, undo: undoBulkEdit, drop: dropBulkEdit }[verb]
  const outcome = await done(ctx, { editId })
  if (!outcome.ok) return redirectWithToast(here, { tone: 'warning', text: sayings[outcome.error] })
  if (verb === 'drop') return redirectWithToast('/library/bulk', { tone: 'success', text: 'Dropped. Nothing was changed.' })
  const awaited = outcome.value?.awaited ?? false
  const text = awaited ? (verb === 'apply' ? 'The records are changed.' : 'Taken back.') : 'Under way. You may leave this page.'
  return redirectWithToast(here, { tone: 'success', text })
}
