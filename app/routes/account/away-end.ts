import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { endAway } from '#services/review/absences.ts'

/** Back again, or not gone at all. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const form = await parseForm(args.request, z.object({ absenceId: z.string().min(1).max(64) }))
  const outcome = await endAway(ctx, { absenceId: form.status === 'success' ? form.value.absenceId : '' })
  return redirectWithToast(
    '/account/away',
    outcome.ok ? { tone: 'success', text: 'Ended. Tasks are theirs again.' } : { tone: 'info', text: 'It had ended already.' },
  )
}
