import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { renewComp } from '#services/licensing/comps.ts'
import type { RenewCompError } from '#services/licensing/errors.ts'

const sayings = {
  'not-for-sale': 'not-for-sale',
  'nothing-to-license': 'nothing-to-license',
  'no-file': 'no-file',
  suspended: 'suspended',
  'too-early': 'too-early',
} as const satisfies Record<RenewCompError, string>

/** Another term for a layout file, under a licence of its own. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const licenceId = args.params.licenceId ?? ''
  const outcome = await renewComp(ctx, { licenceId })
  const t = wordsOf(ctx.language, 'comps')
  if (!outcome.ok) {
    const { why = [] } = (outcome.detail ?? {}) as { why?: string[] }
    return redirectWithToast(`/licences/${licenceId}`, {
      tone: 'warning',
      text: [t(sayings[outcome.error]), ...why].join(' ').slice(0, 480),
    })
  }
  return redirectWithToast(`/licences/${outcome.value.licenceId}`, { tone: 'success', text: t('renewed') })
}

export const loader = () => redirect('/licences?show=comps')
