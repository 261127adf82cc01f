import type { ActionFunctionArgs } from '@remix-run/node'
import { lifeSayings } from '#app/components/assets/life-words.ts'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { archiveAsset } from '#services/assets/publishing.ts'
import { endAssetInput } from '#services/assets/schema.ts'

/** Put it away. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const page = `/library/assets/${assetId}`
  const form = await parseForm(args.request, endAssetInput.omit({ assetId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say in a sentence why it is archived.' })
  const outcome = await archiveAsset(ctx, { ...form.value, assetId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Archived.' } : { tone: 'danger', text: lifeSayings[outcome.error](outcome.detail) },
  )
}
