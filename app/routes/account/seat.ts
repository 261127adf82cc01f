import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { landingOf } from '#app/http/landing.server.ts'
import { sessionSecretOf } from '#app/http/session.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { seatInput } from '#services/accounts/schema.ts'
import { personOfSession, switchMembership } from '#services/accounts/sessions.ts'
import { Refusal } from '#services/kernel/errors.ts'

export const loader = () => redirect('/account')

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const form = await parseForm(args.request, seatInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'no seat named')

  await switchMembership(ctx, form.value)
  const person = await personOfSession(ctx, sessionSecretOf(args) ?? '')
  return redirectWithToast(person ? landingOf(person) : '/', {
    tone: 'success',
    text: t('now-for', { org: person?.orgName ?? '' }),
  })
}
