import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { archiveCollection } from '#services/catalog/collections.ts'

/** Takes a collection off the store. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  await archiveCollection(ctx, { collectionId: args.params.collectionId ?? '' })
  return redirectWithToast('/library/collections', { tone: 'info', text: 'The collection is archived.' })
}

export const loader = () => redirect('/library/collections')
