import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/answer.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { assertOwnOrigin, safePath } from '#app/http/guard.server.ts'
import { rememberLanguage } from '#app/http/language.server.ts'
import { localHref } from '#app/words/addresses.ts'
import { languageNamed } from '#services/kernel/language.ts'

/** Remembers the language that a reader picks, and shows them the same page in it. */
export const action = answering(async ({ request, context }: ActionFunctionArgs) => {
  const { origin } = context.house.context
  assertOwnOrigin(request, origin)
  const form = await fieldsOf(request)
  const language = languageNamed(form.get('language'))
  const back = safePath(String(form.get('back') ?? '/'), '/')
  return redirect(localHref(language, back), { status: 303, headers: { 'Set-Cookie': rememberLanguage(language, origin) } })
})

export const loader = () => redirect('/')
