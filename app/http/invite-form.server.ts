import { answerForm, parseForm } from './form.server.ts'
import { redirectWithToast } from './toast.server.ts'
import { tooManySaying } from './waiting.server.ts'
import { wordsOf, type Saying } from '#app/words/words.ts'
import type { InviteError } from '#services/accounts/errors.ts'
import { inviteMember } from '#services/accounts/invitations.ts'
import { inviteInput } from '#services/accounts/schema.ts'
import type { Language } from '#services/kernel/language.ts'
import type { Context } from '#services/platform/context.ts'

const sayings = {
  'already-member': (t) => ({ fieldErrors: { email: [t('told.already-member')] } }),
  'roles-do-not-fit': (t) => ({ fieldErrors: { roles: [t('told.roles-do-not-fit')] } }),
  'organisation-closed': (t) => ({ formErrors: [t('told.organisation-closed')] }),
  'too-many': (_, detail, language) => ({ formErrors: [tooManySaying(detail, language)] }),
} satisfies Record<InviteError, (t: Saying<'account'>, detail: unknown, language: Language) => object>

/** The invitation form stands on three pages: one's own members, the house's staff, and the members of one of its organisations. */
export async function answerInviteForm(request: Request, ctx: Context, orgId: string, back: string) {
  const { language } = ctx
  const t = wordsOf(language, 'account')
  const form = await parseForm(request, inviteInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await inviteMember(ctx, { orgId, ...form.value })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](t, outcome.detail, language), outcome.error === 'too-many' ? 429 : 409)
  throw await redirectWithToast(back, { tone: 'success', text: t('told.invitation-sent', { email: form.value.email }) })
}
