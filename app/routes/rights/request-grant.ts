import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { DecideError } from '#services/licensing/errors.ts'
import { grantRequest } from '#services/licensing/requests.ts'
import { grantRequestFields } from '#services/licensing/schema.ts'

const sayings = {
  'already-decided': 'Somebody decided this request a moment ago.',
  'wider-than-asked': 'A grant may be narrower than the request, never wider. Check the days.',
  'asset-not-available': 'The asset is not published at present, so nothing can be granted for it.',
  'rights-taken': 'Part of this is taken by somebody else. The page says which part: take it out.',
  'rights-not-held': 'The house does not hold all of these rights. The page says which: take them out.',
  'rights-barred': 'A restriction or a missing release stands in the way. The page says which.',
} satisfies Record<DecideError, string>

export const loader = leadsTo('/rights/requests/:requestId')

/** Grant it, or the part of it that was left ticked. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { requestId = '' } = args.params
  const page = `/rights/requests/${requestId}`
  const form = await parseForm(args.request, grantRequestFields)
  if (form.status !== 'success')
    return redirectWithToast(page, { tone: 'danger', text: 'Check the days: the last one must not be before the first.' })
  const outcome = await grantRequest(ctx, { ...form.value, requestId })
  return redirectWithToast(
    page,
    outcome.ok ? { tone: 'success', text: 'Granted. The licence is issued.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
