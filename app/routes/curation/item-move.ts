import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { moveInCollection } from '#services/catalog/collections.ts'
import { moveItemInput } from '#services/catalog/schema.ts'

const sayings = { 'not-there': 'It was not in this collection any more.' } as const

/** Moves a picture earlier or later in its collection. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const collectionId = args.params.collectionId ?? ''
  const form = await parseForm(args.request, moveItemInput.omit({ collectionId: true }))
  if (form.status !== 'success') return answerForm(form)
  const outcome = await moveInCollection(ctx, { collectionId, ...form.value })
  if (!outcome.ok) return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirect(`/library/collections/${collectionId}`, 303)
}

export const loader = leadsTo('/library/collections/:collectionId')
