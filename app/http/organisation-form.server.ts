import { answerForm, parseForm } from './form.server.ts'
import { redirectWithToast } from './toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { changeOrganisation } from '#services/accounts/organisations.ts'
import { organisationInput } from '#services/accounts/schema.ts'
import type { Context } from '#services/platform/context.ts'

/** The same form on two pages: one's own organisation, and any of the house's in the administration. */
export async function answerOrganisationForm(request: Request, ctx: Context, orgId: string, back: string) {
  const form = await parseForm(request, organisationInput)
  if (form.status !== 'success') return answerForm(form)
  await changeOrganisation(ctx, { orgId, ...form.value })
  throw await redirectWithToast(back, { tone: 'success', text: wordsOf(ctx.language, 'account')('told.details-saved') })
}
