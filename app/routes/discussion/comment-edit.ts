import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk, refuseWords } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { editComment } from '#services/discussion/comments.ts'
import { editCommentInput } from '#services/discussion/schema.ts'

/** Change one's own words. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { commentId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, editCommentInput.omit({ commentId: true }))
  if (form.status === 'error') return refuseWords(fields, 'Write something first, at most 4,000 characters.', '/library')
  const outcome = await editComment(ctx, { ...form.value, commentId })
  if (!outcome.ok) return refuseTalk(fields, outcome, '/library')
  return redirect(backOf(fields, `/library/assets/${outcome.value.assetId}/discussion`, commentId), { status: 303 })
}
