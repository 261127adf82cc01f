import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { DecideLikenessError } from '#services/rights/errors.ts'
import { decideLikenessForm } from '#services/rights/likeness-schema.ts'
import { decideLikeness } from '#services/rights/lookalikes.ts'
import type { LikenessDecision } from '#services/rights/rules/likeness-states.ts'

const page = '/library/duplicates'
const sayings = {
  'already-decided': 'Somebody decided this a moment ago.',
  'not-a-draft': 'The newer picture is no draft any more: it cannot become a version or be discarded. Withdraw it first.',
  'asset-archived': 'The older picture is in the archive. Restore it first.',
  'same-as-current': 'The older picture has exactly this file already. Discard the upload instead.',
  'in-other-groups': 'These pictures are in different groups of twins. Take one out of its group first.',
  'dismissed-before': 'Somebody said of these pictures that they are no twins. A rights manager can group them all the same.',
  'sold-to-both': 'Licences in force on these pictures exclude each other, so they cannot share their exclusivity now.',
} satisfies Record<DecideLikenessError, string>
const done: Record<LikenessDecision, string> = {
  newVersion: 'It is a new version now; the draft is in the archive.',
  twins: 'Both stay. What is sold exclusively of one is taken for both.',
  different: 'Both stay, as different pictures. They will not be compared again.',
  discard: 'The upload is in the archive.',
}

export const loader = () => redirect(page)

/** One answer about two pictures that look alike. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'CONTRIBUTOR')
  const form = await parseForm(args.request, decideLikenessForm)
  if (form.status !== 'success') return redirectWithToast(page, { tone: 'danger', text: 'Choose one of the answers.' })
  const { decision, back } = form.value
  const outcome = await decideLikeness(ctx, { likenessId: args.params.likenessId ?? '', decision })
  const to = safePath(back, page)
  if (!outcome.ok) return redirectWithToast(to, { tone: 'danger', text: sayings[outcome.error] })
  const more = outcome.value.stillSuspected ? ' Until a rights manager agrees, they share their exclusivity.' : ''
  return redirectWithToast(to, { tone: 'success', text: done[decision] + more })
}
