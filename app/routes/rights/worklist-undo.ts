import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { undoStroke } from '#services/desk/marks.ts'
import type { UndoStrokeError } from '#services/desk/worklist-errors.ts'

const sayings = { 'already-undone': 'Somebody has taken that back already.' } satisfies Record<UndoStrokeError, string>
const lines = (n: number) => `${n} ${n === 1 ? 'line' : 'lines'}`

export const loader = () => redirect('/rights')

/** Take back what was said about many lines. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(
    args.request,
    z.object({
      strokeId: z.string().max(80),
      back: z
        .string()
        .max(4_000)
        .regex(/^\/rights(\?|$)/)
        .catch('/rights'),
    }),
  )
  if (form.status !== 'success') return redirect('/rights', 303)
  const outcome = await undoStroke(ctx, form.value)
  const text = outcome.ok
    ? `${lines(outcome.value.lines)} ${outcome.value.lines === 1 ? 'is' : 'are'} as before.${outcome.value.left > 0 ? ` ${lines(outcome.value.left)} marked anew since stay.` : ''}`
    : sayings[outcome.error]
  return redirectWithToast(form.value.back, { tone: outcome.ok ? 'success' : 'info', text })
}
