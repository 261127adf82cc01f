import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { mergeTerms, type MergeTermsError } from '#services/assets/term-merging.ts'
import { restoreTerm, retireTerm, type RetireTermError } from '#services/assets/vocabularies.ts'

const input = z.object({ verb: z.enum(['merge', 'retire', 'restore']), intoId: z.string().max(64).optional() })
const sayings = {
  'same-term': 'Choose another term than this one.',
  'other-vocabulary': 'Only terms of one vocabulary are merged.',
  'already-retired': 'It is retired already.',
  'stands-below': 'The other term stands below this one. Move it out first.',
  'too-many-selected': 'More than 20,000 assets have it. Move them in parts by a bulk edit first.',
  'no-such-successor': 'This term is no longer there. Choose another.',
  'not-retired': 'It is in use already.',
} satisfies Record<MergeTermsError | RetireTermError | 'not-retired', string>

/** Merge a term into another, retire it, or bring it back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, input)
  if (form.status !== 'success') throw new Refusal('malformed', 'no such act')
  const { vocabularyId = '', termId = '' } = args.params
  const { verb, intoId } = form.value
  const back = `/library/vocabularies/${vocabularyId}/terms/${termId}`
  if (verb === 'merge') {
    if (!intoId) return redirectWithToast(back, { tone: 'warning', text: 'Choose the term that stays.' })
    const merged = await mergeTerms(ctx, { fromId: termId, intoId })
    if (!merged.ok) return redirectWithToast(back, { tone: 'warning', text: sayings[merged.error] })
    const { editId } = merged.value
    return redirectWithToast(editId ? `/library/bulk/${editId}` : back, {
      tone: 'success',
      text: editId ? 'Merged; the records follow.' : 'Merged. No record had it.',
    })
  }
  const outcome = verb === 'retire' ? await retireTerm(ctx, { termId, replacedById: intoId }) : await restoreTerm(ctx, { termId })
  if (!outcome.ok) return redirectWithToast(back, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast(back, { tone: 'success', text: verb === 'retire' ? 'Retired.' : 'It is offered again.' })
}
