import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { removeSynonyms } from '#services/catalog/synonyms.ts'

/** Words that were taken for the same are different again. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  await removeSynonyms(ctx, { synonymId: args.params.synonymId ?? '' })
  return redirectWithToast('/library/searches', { tone: 'info', text: 'These words are different again.' })
}

export const loader = () => redirect('/library/searches')
