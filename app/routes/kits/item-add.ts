import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { AddKitItemError } from '#services/catalog/brand-kits.ts'
import { addKitItemInput } from '#services/catalog/schema.ts'
import { addToKit } from '#services/licensing/kit-changes.ts'

const sayings = {
  'already-there': 'It is in the kit already.',
  full: 'The kit is full: three hundred files at most. Begin a second kit.',
  'not-published': 'Only published assets can be handed out. Publish it first.',
  'internal-only': 'This asset is for the house only. Change its audience first.',
} satisfies Record<AddKitItemError, string>

/** Puts an asset into the kit; partners who hold the kit have its licence at once. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const kitId = args.params.kitId ?? ''
  const back = safePath(new URL(args.request.url).searchParams.get('back'), `/library/kits/${kitId}`)
  const form = await parseForm(args.request, addKitItemInput.omit({ kitId: true }))
  if (form.status !== 'success') return redirectWithToast(back, { tone: 'danger', text: 'Choose an asset to add.' })
  const outcome = await addToKit(ctx, { ...form.value, kitId })
  return redirectWithToast(back, outcome.ok ? { tone: 'success', text: 'Added.' } : { tone: 'warning', text: sayings[outcome.error] })
}
