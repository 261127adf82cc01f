import type { ActionFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { seenCookie } from '#app/http/seen.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { forgetSeen } from '#services/catalog/seen.ts'

/** Forgets what was looked at, in the account and in the browser. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  await forgetSeen(ctx)
  const headers = new Headers({ 'Set-Cookie': await seenCookie(args, []) })
  return redirectWithToast('/seen', { tone: 'success', text: wordsOf(ctx.language, 'seen')('cleared') }, headers)
}

export const loader = () => redirect('/seen')
