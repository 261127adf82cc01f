import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import type { ChangeRolesError } from '#services/accounts/errors.ts'
import { changeRoles } from '#services/accounts/members.ts'
import { rolesInput } from '#services/accounts/schema.ts'

export const loader = () => redirect('/organisation/members')

const sayings = {
  'last-administrator': 'told.last-administrator',
  'roles-do-not-fit': 'told.roles-do-not-fit',
  'membership-ended': 'told.no-longer-member',
} as const satisfies Record<ChangeRolesError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const fields = await fieldsOf(args.request)
  const back = safePath(String(fields.get('then') ?? ''), '/organisation/members')
  fields.set('memberId', args.params.memberId ?? '')
  const form = parseFields(fields, rolesInput)
  if (form.status !== 'success') return redirectWithToast(back, { tone: 'danger', text: t('told.choose-role') })

  const outcome = await changeRoles(ctx, form.value)
  if (!outcome.ok) return redirectWithToast(back, { tone: 'danger', text: t(sayings[outcome.error]) })
  return redirectWithToast(back, { tone: 'success', text: t('told.roles-changed') })
}
