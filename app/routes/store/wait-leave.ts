import type { ActionFunctionArgs } from '@remix-run/node'
import { safePath } from '#app/http/guard.server.ts'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import type { LeaveLineError } from '#services/licensing/errors.ts'
import { leaveLine } from '#services/licensing/waits.ts'

const sayings = { 'already-ended': 'waiting-told.already-ended' } as const satisfies Record<LeaveLineError, string>

/** No longer wait for a use. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'cart')
  const form = await fieldsOf(args.request)
  const outcome = await leaveLine(ctx, { waitId: args.params.waitId ?? '' })
  return redirectWithToast(
    safePath(String(form.get('back') ?? ''), '/licences'),
    outcome.ok ? { tone: 'success', text: t('waiting-told.left') } : { tone: 'warning', text: t(sayings[outcome.error]) },
  )
}
