import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { revokeAccessKey } from '#services/accounts/access-keys.ts'
import type { RevokeAccessKeyError } from '#services/accounts/errors.ts'
import { keyInput } from '#services/accounts/schema.ts'
import { Refusal } from '#services/kernel/errors.ts'

export const loader = () => redirect('/account/keys')

const sayings = { 'already-revoked': 'keys.revoked-already' } as const satisfies Record<RevokeAccessKeyError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const form = await parseForm(args.request, keyInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'no key named')
  const outcome = await revokeAccessKey(ctx, form.value)
  return redirectWithToast(
    '/account/keys',
    outcome.ok ? { tone: 'success', text: t('keys.revoked-now') } : { tone: 'info', text: t(sayings[outcome.error]) },
  )
}
