import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf, refuseTalk } from '#app/http/discussion.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { deleteComment } from '#services/discussion/comments.ts'

/** Take words back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { commentId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const outcome = await deleteComment(ctx, { commentId })
  if (!outcome.ok) return refuseTalk(fields, outcome, '/library')
  const page = `/library/assets/${outcome.value.assetId}/discussion`
  return redirectWithToast(backOf(fields, page, commentId), { tone: 'success', text: 'Taken back.' })
}
