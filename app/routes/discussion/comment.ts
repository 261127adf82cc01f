import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { placeOfComment } from '#services/discussion/views.ts'

/** The lasting address of one comment: the page on which it stands now. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { commentId = '' } = args.params
  const { assetId, threadId, version } = await placeOfComment(ctx, commentId)
  return redirect(`/library/assets/${assetId}/discussion?version=${version}&thread=${threadId}#${commentId}`)
}
