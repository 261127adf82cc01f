import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { MoveAssetError } from '#services/assets/errors.ts'
import { restoreAsset } from '#services/assets/publishing.ts'

const sayings = { 'wrong-state': 'It is not in the archive.' } satisfies Record<MoveAssetError, string>

/** Take it out of the archive, as a draft. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const outcome = await restoreAsset(ctx, { assetId })
  const toast = outcome.ok
    ? ({ tone: 'success', text: 'Restored as a draft.' } as const)
    : ({ tone: 'danger', text: sayings[outcome.error] } as const)
  return redirectWithToast(`/library/assets/${assetId}`, toast)
}
