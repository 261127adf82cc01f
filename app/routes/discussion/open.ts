import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk, refuseWords } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { openThreadInput } from '#services/discussion/schema.ts'
import { openThread } from '#services/discussion/threads.ts'

/** Begin a thread on a version. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const page = `/library/assets/${args.params.assetId ?? ''}/discussion`
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, openThreadInput)
  if (form.status === 'error') return refuseWords(fields, 'Write something first, at most 4,000 characters.', page)
  const outcome = await openThread(ctx, form.value)
  if (!outcome.ok) return refuseTalk(fields, outcome, page)
  return redirect(backOf(fields, page, outcome.value.threadId), { status: 303 })
}
