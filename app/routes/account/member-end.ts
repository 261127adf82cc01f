import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { signedOutCookie } from '#app/http/session.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import type { EndMembershipError } from '#services/accounts/errors.ts'
import { endMembership } from '#services/accounts/members.ts'

export const loader = () => redirect('/organisation/members')

const sayings = {
  'last-administrator': 'told.last-administrator',
  'membership-ended': 'told.left-already',
} as const satisfies Record<EndMembershipError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const { memberId = '' } = args.params
  const back = safePath(String((await fieldsOf(args.request)).get('then') ?? ''), '/organisation/members')

  const outcome = await endMembership(ctx, { memberId })
  if (!outcome.ok) return redirectWithToast(back, { tone: 'danger', text: t(sayings[outcome.error]) })
  if (memberId === ctx.actor.memberId)
    return redirectWithToast(
      '/',
      { tone: 'info', text: t('told.left', { org: ctx.actor.orgName }) },
      new Headers({ 'Set-Cookie': signedOutCookie(args) }),
    )
  return redirectWithToast(back, { tone: 'success', text: t('told.removed') })
}
