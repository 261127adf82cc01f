import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { signedOutCookie } from '#app/http/session.server.ts'
import { signOut } from '#services/accounts/sessions.ts'

/** A link or a bookmark to this address changes nothing. */
export const loader = () => redirect('/')

export async function action(args: ActionFunctionArgs) {
  await signOut(await contextOf(args))
  return redirect('/', { status: 303, headers: { 'Set-Cookie': signedOutCookie(args) } })
}
