import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { MoveRouteError } from '#services/review/errors.ts'
import { moveRoute } from '#services/review/routes.ts'

const sayings = { 'at-the-end': 'It stands at the end already.' } satisfies Record<MoveRouteError, string>

/** Ask a route earlier or later. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, z.object({ step: z.enum(['up', 'down']) }))
  const outcome = await moveRoute(ctx, { routeId: args.params.routeId ?? '', step: form.status === 'success' ? form.value.step : 'down' })
  return redirectWithToast(
    '/library/review/routes',
    outcome.ok ? { tone: 'success', text: 'Moved.' } : { tone: 'danger', text: sayings[outcome.error] },
  )
}
