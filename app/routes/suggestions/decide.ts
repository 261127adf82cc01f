import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { decideSuggestions, undoSuggestions } from '#services/suggestions/deciding.ts'
import type { DecideSuggestionsError, UndoSuggestionsError } from '#services/suggestions/errors.ts'
import { decideSuggestionsInput, undoSuggestionsInput } from '#services/suggestions/schema.ts'

const sayings = {
  'already-decided': 'Nothing was open among them: tick at least one, or somebody was faster.',
  'not-decided': 'That was taken back already.',
  'changed-since': 'The record says something else by now; change it in the form.',
  'asset-archived': 'The record is put away. Restore it first.',
  'changed-meanwhile': 'Somebody changed the record a moment ago. Look again.',
  'published-needs': 'It is published, and with this change it would no longer be fit for it.',
  'own-fields-wrong': 'A field of your house’s own keeps the record from being saved. Open its form to see which.',
} satisfies Record<DecideSuggestionsError | UndoSuggestionsError, string>

export const loader = leadsTo('/library/assets/:assetId')

/** Suggestions of one asset are taken, refused, or an answer is taken back: `act` says what, of which. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const [act = '', one] = String(fields.get('act') ?? '').split(':')
  const to = safePath(String(fields.get('back') ?? ''), `/library/assets/${assetId}`)
  const ids = one ? [one] : fields.getAll('ids').map(String)
  if (act === 'undo') {
    const asked = undoSuggestionsInput.safeParse({ assetId, ids })
    if (!asked.success) return redirectWithToast(to, { tone: 'danger', text: 'Choose what to take back.' })
    const undone = await undoSuggestions(ctx, asked.data)
    return undone.ok
      ? redirectWithToast(to, { tone: 'success', text: 'Taken back. It is suggested again.' })
      : redirectWithToast(to, { tone: 'danger', text: sayings[undone.error] })
  }
  const input = decideSuggestionsInput.safeParse({
    assetId,
    ids,
    verdict: act.startsWith('refuse') ? 'refuse' : act.startsWith('accept') ? 'accept' : undefined,
    all: act === 'accept-sure',
    least: fields.get('least') ?? 0,
  })
  if (!input.success) return redirectWithToast(to, { tone: 'danger', text: 'Choose what to do.' })
  const outcome = await decideSuggestions(ctx, input.data)
  if (!outcome.ok) return redirectWithToast(to, { tone: 'danger', text: sayings[outcome.error] })
  const { labels } = outcome.value
  const what = labels.length === 1 ? `“${(labels[0] ?? '').slice(0, 80)}”` : `${labels.length} suggestions`
  return redirectWithToast(to, { tone: 'success', text: input.data.verdict === 'accept' ? `${what} accepted.` : `${what} refused.` })
}
