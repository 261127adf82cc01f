import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { changeSavedSearch } from '#services/catalog/saved-searches.ts'
import { changeSavedSearchInput } from '#services/catalog/schema.ts'

export const loader = () => redirect('/account/searches')

/** Another name or pace for a kept search. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'saved')
  const fields = await fieldsOf(args.request)
  fields.set('id', args.params.searchId ?? '')
  const form = parseFields(fields, changeSavedSearchInput)
  if (form.status !== 'success') return redirectWithToast('/account/searches', { tone: 'warning', text: t('name-missing') })
  await changeSavedSearch(ctx, form.value)
  return redirectWithToast('/account/searches', { tone: 'success', text: t('changed') })
}
