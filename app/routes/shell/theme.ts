import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { assertOwnOrigin, safePath } from '#app/http/guard.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { answering } from '#app/http/answer.server.ts'
import { rememberTheme } from '#app/http/theme.server.ts'

/** Remembers light, dark or as the system says. Without JavaScript the form also says where to go back to. */
export const action = answering(async ({ request, context }: ActionFunctionArgs) => {
  assertOwnOrigin(request, context.house.context.origin)
  const form = await fieldsOf(request)
  const headers = { 'Set-Cookie': await rememberTheme(form.get('theme')) }
  const back = form.get('back')
  if (typeof back === 'string') return redirect(safePath(back, '/'), { status: 303, headers })
  return data({ done: true }, { headers })
})

export const loader = () => redirect('/')
