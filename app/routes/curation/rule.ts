import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { fillCollection, ruleCollection } from '#services/catalog/ruled-collections.ts'

const sayings = {
  'no-rule': 'Say first by which search it is filled.',
  'not-understood': 'Its search cannot be read. Try it in the library first.',
  'too-many-selected': 'Its search finds more than the 200 that a collection holds. Narrow it down.',
} as const

/** The search of a collection: kept, or carried out. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { collectionId = '' } = args.params
  const fields = await fieldsOf(args.request)
  const back = `/library/collections/${collectionId}`
  if (fields.get('verb') !== 'fill') {
    await ruleCollection(ctx, { collectionId, text: String(fields.get('text') ?? '').slice(0, 1_000) })
    return redirectWithToast(back, { tone: 'success', text: 'Saved. Nothing in the collection has changed yet.' })
  }
  const outcome = await fillCollection(ctx, { collectionId })
  if (!outcome.ok) return redirectWithToast(back, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast(back, { tone: 'success', text: `${outcome.value.added} added, ${outcome.value.removed} taken out.` })
}
