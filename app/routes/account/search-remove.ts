import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { dropSavedSearch } from '#services/catalog/saved-searches.ts'

export const loader = () => redirect('/account/searches')

/** A search that is no longer kept. Twice is once. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  await dropSavedSearch(ctx, { id: args.params.searchId ?? '' })
  return redirectWithToast('/account/searches', { tone: 'success', text: wordsOf(ctx.language, 'saved')('removed') })
}
