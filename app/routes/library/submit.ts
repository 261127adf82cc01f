import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { MissingDetail } from '#services/assets/errors.ts'
import type { SendForReviewError } from '#services/review/errors.ts'
import { submitAsset } from '#services/review/reviews.ts'
import { submitAssetInput } from '#services/review/schema.ts'

const sayings = {
  'already-waiting': () => 'This version waits for review already.',
  'not-described': (detail) => (detail as MissingDetail).join(' '),
  'nothing-new': () => 'The version that is live is the newest. Upload a new version first.',
  'wrong-state': () => 'In its present state it cannot be sent for review.',
} satisfies Record<SendForReviewError, (detail: unknown) => string>

/** Send for review. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const page = `/library/assets/${assetId}`
  const form = await parseForm(args.request, submitAssetInput.omit({ assetId: true }))
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'The note has at most 1,000 characters.' })
  const outcome = await submitAsset(ctx, { ...form.value, assetId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Sent for review.' } : { tone: 'danger', text: sayings[outcome.error](outcome.detail) },
  )
}
