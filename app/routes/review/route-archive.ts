import type { ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { archiveRoute } from '#services/review/routes.ts'

/** Put a route away. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  await archiveRoute(ctx, { routeId: args.params.routeId ?? '' })
  return redirectWithToast('/library/review/routes', { tone: 'success', text: 'Put away. Nothing begins on it any more.' })
}
