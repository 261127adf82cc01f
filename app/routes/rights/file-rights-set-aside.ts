import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { SetAsideError } from '#services/rights/errors.ts'
import { setAside } from '#services/rights/file-rights.ts'
import { setAsideInput } from '#services/rights/schema.ts'

const sayings = {
  'already-decided': 'Somebody else has decided about this meanwhile; nothing was changed.',
} satisfies Record<SetAsideError, string>

/** What a file says about rights is not so, or does not matter. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const back = `/rights/assets/${args.params.assetId ?? ''}`
  const form = await parseForm(args.request, setAsideInput)
  if (form.status !== 'success')
    return redirectWithToast(`${back}#file-rights`, { tone: 'danger', text: 'Say why it is set aside, in a sentence.' })
  const outcome = await setAside(ctx, form.value)
  if (!outcome.ok) return redirectWithToast(back, { tone: 'danger', text: sayings[outcome.error] })
  const { count } = outcome.value
  return redirectWithToast(back, { tone: 'success', text: count === 1 ? 'Set aside.' : `Set aside for ${count} pictures.` })
}
