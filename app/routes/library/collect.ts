import type { ActionFunctionArgs } from '@remix-run/node'
import { backTo } from '#app/http/library-back.server.ts'
import { droppedIds, selectionSayings } from '#app/http/library-dropped.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addToCollection, mostItems } from '#services/catalog/collections.ts'

/** What was dropped on a collection's name. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const fields = await fieldsOf(args.request)
  const dropped = await droppedIds(ctx, fields)
  if (!dropped.ok) return redirectWithToast(backTo(args.request), { tone: 'warning', text: selectionSayings[dropped.error] })
  const ids = dropped.value
  // Which of all that was found come in is not for chance to say.
  if (fields.has('all') && ids.length > mostItems)
    return redirectWithToast(backTo(args.request), {
      tone: 'warning',
      text: `Nothing was put into the collection: it holds ${mostItems} pictures, and ${ids.length.toLocaleString('en-GB')} are selected. Narrow the search down, or let the search fill it on the collection’s page.`,
    })
  let added = 0
  for (const assetId of ids.slice(0, mostItems)) {
    const outcome = await addToCollection(ctx, { collectionId: String(fields.get('collectionId') ?? ''), assetId })
    if (outcome.ok) added++
  }
  const left = ids.length - added
  return redirectWithToast(backTo(args.request), {
    tone: left > 0 ? 'warning' : 'success',
    text: `${added} put into the collection.${left > 0 ? ` ${left} were there already, are not for the store, or found it full.` : ''}`,
  })
}
