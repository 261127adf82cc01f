import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { MissingDetail, PublishAssetError } from '#services/assets/errors.ts'
import { publishAsset } from '#services/assets/publishing.ts'

const sayings = {
  'wrong-state': () => 'Only what is approved or withdrawn can be published.',
  'not-publishable': (detail) => (detail as MissingDetail).join(' '),
} satisfies Record<PublishAssetError, (detail: unknown) => string>

/** Show it to its audience. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const outcome = await publishAsset(ctx, { assetId })
  const toast = outcome.ok
    ? ({ tone: 'success', text: 'Published.' } as const)
    : ({ tone: 'danger', text: sayings[outcome.error](outcome.detail) } as const)
  return redirectWithToast(`/library/assets/${assetId}`, toast)
}
