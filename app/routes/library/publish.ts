import type { ActionFunctionArgs } from '@remix-run/node'
import { lifeSayings } from '#app/components/assets/life-words.ts'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { publishAsset } from '#services/assets/publishing.ts'

/** Show it to its audience. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const outcome = await publishAsset(ctx, { assetId })
  const toast = outcome.ok
    ? ({ tone: 'success', text: 'Published.' } as const)
    : ({ tone: 'danger', text: lifeSayings[outcome.error](outcome.detail) } as const)
  return redirectWithToast(`/library/assets/${assetId}`, toast)
}
