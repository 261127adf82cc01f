import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { noteVersion } from '#services/assets/roll-backs.ts'
import { noteVersionInput } from '#services/assets/schema.ts'

/** Why there is a version, in a sentence. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '', versionId = '' } = args.params
  const form = await parseForm(args.request, noteVersionInput.omit({ versionId: true }))
  const page = `/library/assets/${assetId}/versions`
  if (form.status === 'error') return redirectWithToast(page, { tone: 'danger', text: 'A note has at most 1,000 characters.' })
  await noteVersion(ctx, { versionId, note: form.value.note })
  return redirectWithToast(page, { tone: 'success', text: 'The note is kept.' })
}
