import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { resolveInput } from '#services/discussion/schema.ts'
import { resolveThread } from '#services/discussion/threads.ts'

/** Settle a thread. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { threadId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, resolveInput.omit({ threadId: true }))
  const outcome = await resolveThread(ctx, { threadId, ...(form.status === 'success' && form.value) })
  if (!outcome.ok) return refuseTalk(fields, outcome, '/library')
  return redirectWithToast(backOf(fields, `/library/assets/${outcome.value.assetId}/discussion`), { tone: 'success', text: 'Resolved.' })
}
