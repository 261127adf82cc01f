import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk, refuseWords } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { answerInput } from '#services/discussion/schema.ts'
import { answerThread } from '#services/discussion/threads.ts'

/** Answer in a thread. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, answerInput.omit({ threadId: true }))
  if (form.status === 'error') return refuseWords(fields, 'Write something first, at most 4,000 characters.', '/library')
  const outcome = await answerThread(ctx, { ...form.value, threadId: args.params.threadId ?? '' })
  if (!outcome.ok) return refuseTalk(fields, outcome, '/library')
  const { assetId, commentId } = outcome.value
  return redirect(backOf(fields, `/library/assets/${assetId}/discussion`, commentId), { status: 303 })
}
