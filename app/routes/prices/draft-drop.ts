import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { dropPriceDraft } from '#services/licensing/price-drafts.ts'

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const dropped = await dropPriceDraft(ctx, { draftId: args.params.draftId ?? '' })
  return redirectWithToast(
    '/rights/prices',
    dropped ? { tone: 'success', text: 'Draft thrown away.' } : { tone: 'info', text: 'That draft was gone already.' },
  )
}
