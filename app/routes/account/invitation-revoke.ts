import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { revokeInvitation } from '#services/accounts/invitations.ts'

export const loader = () => redirect('/organisation/members')

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const back = safePath(String((await fieldsOf(args.request)).get('then') ?? ''), '/organisation/members')

  const outcome = await revokeInvitation(ctx, { invitationId: args.params.invitationId ?? '' })
  if (!outcome.ok) return redirectWithToast(back, { tone: 'warning', text: t('told.invitation-gone') })
  return redirectWithToast(back, { tone: 'success', text: t('told.invitation-revoked') })
}
