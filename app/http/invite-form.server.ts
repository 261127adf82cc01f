import { answerForm, parseForm } from './form.server.ts'
import { redirectWithToast } from './toast.server.ts'
import { tooManySaying } from './waiting.server.ts'
import type { InviteError } from '#services/accounts/errors.ts'
import { inviteMember } from '#services/accounts/invitations.ts'
import { inviteInput } from '#services/accounts/schema.ts'
import type { Context } from '#services/platform/context.ts'

const sayings = {
  'already-member': () => ({ fieldErrors: { email: ['This person is a member already. Change their roles in the list.'] } }),
  'roles-do-not-fit': () => ({ fieldErrors: { roles: ['These roles are not for this kind of organisation.'] } }),
  'organisation-closed': () => ({ formErrors: ['This organisation is closed. Reopen it first.'] }),
  'too-many': (detail) => ({ formErrors: [tooManySaying(detail)] }),
} satisfies Record<InviteError, (detail: unknown) => object>

/** The invitation form stands on three pages: one's own members, the house's staff, and the members of one of its organisations. */
export async function answerInviteForm(request: Request, ctx: Context, orgId: string, back: string) {
  const form = await parseForm(request, inviteInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await inviteMember(ctx, { orgId, ...form.value })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail), outcome.error === 'too-many' ? 429 : 409)
  throw await redirectWithToast(back, { tone: 'success', text: `An invitation is on its way to ${form.value.email}.` })
}
