import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { forgetMiss } from '#services/catalog/misses.ts'
import { forgetMissInput } from '#services/catalog/schema.ts'

/** Takes a search that found nothing off the librarian's list. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, forgetMissInput)
  if (form.status !== 'success') return answerForm(form)
  await forgetMiss(ctx, form.value)
  return redirectWithToast('/library/searches', { tone: 'info', text: 'Taken off the list.' })
}

export const loader = () => redirect('/library/searches')
