import type { ActionFunctionArgs } from '@remix-run/node'
import { lifeSayings } from '#app/components/assets/life-words.ts'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { withdrawAsset } from '#services/assets/publishing.ts'
import { endAssetInput } from '#services/assets/schema.ts'

/** Take it out of store and portal. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const page = `/library/assets/${assetId}`
  const form = await parseForm(args.request, endAssetInput.omit({ assetId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Say in a sentence why it is withdrawn.' })
  const outcome = await withdrawAsset(ctx, { ...form.value, assetId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Withdrawn.' } : { tone: 'danger', text: lifeSayings[outcome.error](outcome.detail) },
  )
}
