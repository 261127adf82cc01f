import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { removeFromCollection } from '#services/catalog/collections.ts'
import { collectionItemInput } from '#services/catalog/schema.ts'

const sayings = { 'not-there': 'It was not in this collection any more.' } as const

/** Takes a picture out of a collection. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const collectionId = args.params.collectionId ?? ''
  const form = await parseForm(args.request, collectionItemInput.omit({ collectionId: true }))
  if (form.status !== 'success') return answerForm(form)
  const outcome = await removeFromCollection(ctx, { collectionId, ...form.value })
  if (!outcome.ok) return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'info', text: 'Taken out.' })
}

export const loader = leadsTo('/library/collections/:collectionId')
