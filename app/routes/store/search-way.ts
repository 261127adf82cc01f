import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { rememberWay } from '#app/http/browsing.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'

/** Remembers whether results go on page by page or continuously, and comes back to them. */
export async function action(args: ActionFunctionArgs) {
  await contextOf(args)
  const form = await fieldsOf(args.request)
  const back = form.get('back')
  return redirect(safePath(typeof back === 'string' ? back : null, '/search'), {
    status: 303,
    headers: { 'Set-Cookie': await rememberWay(form.get('way')) },
  })
}

export const loader = () => redirect('/search')
