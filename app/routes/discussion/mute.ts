import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { backOf } from '#app/http/discussion.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { muteThread } from '#services/discussion/carrying.ts'
import { muteInput } from '#services/discussion/schema.ts'

/** No letters about a thread, or letters again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { threadId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const form = parseFields(fields, muteInput.omit({ threadId: true }))
  const muted = form.status === 'success' && form.value.muted
  const { assetId } = await muteThread(ctx, { threadId, muted })
  return redirectWithToast(backOf(fields, `/library/assets/${assetId}/discussion`, threadId), {
    tone: 'success',
    text: muted ? 'You get no letters about this thread any more.' : 'You get letters about this thread again.',
  })
}
