import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { endOtherSessions } from '#services/accounts/sessions.ts'

export const loader = () => redirect('/account/sessions')

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  await endOtherSessions(ctx)
  return redirectWithToast('/account/sessions', { tone: 'success', text: t('all-out') })
}
