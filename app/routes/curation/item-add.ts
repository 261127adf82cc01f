import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addToCollection, type AddItemError } from '#services/catalog/collections.ts'
import { collectionItemInput } from '#services/catalog/schema.ts'

const sayings = {
  'already-there': 'It is in this collection already.',
  full: 'The collection is full. Make a second one: two subjects read better than one long list.',
  'not-for-the-store': 'Only pictures of the store go into its collections.',
} as const satisfies Record<AddItemError, string>

/** Puts a picture into a collection. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const collectionId = args.params.collectionId ?? ''
  const form = await parseForm(args.request, collectionItemInput.omit({ collectionId: true }))
  if (form.status !== 'success') return answerForm(form)
  const outcome = await addToCollection(ctx, { collectionId, ...form.value })
  if (!outcome.ok) return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'success', text: 'Added.' })
}

export const loader = leadsTo('/library/collections/:collectionId')
