import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { houseZone } from '#services/catalog/views.ts'
import { dayOf } from '#services/kernel/period.ts'
import type { WaitError } from '#services/licensing/errors.ts'
import { waitForScope } from '#services/licensing/waits.ts'

const sayings = {
  'free-now': 'It is free just now: you need not wait.',
  'own-hold': 'Your own company is at the till with it.',
  taken: 'It is sold, so waiting does not help. See what comes nearest.',
  'already-waiting': 'You are in line for this already.',
  'too-many-waits': 'You wait for twenty uses already. Leave one of those lines first.',
  'not-for-sale': 'This licence is not sold for this picture at present.',
} as const satisfies Record<WaitError, string>

/** Stand in line for a use that somebody is at the till with. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await fieldsOf(args.request)
  const zone = await houseZone(ctx)
  const answers = readAnswers(form, dayOf(ctx.clock.now(), zone))
  const assetId = String(form.get('assetId') ?? '').slice(0, 64)
  const back = safePath(String(form.get('back') ?? ''), `/assets/${encodeURIComponent(assetId)}`)
  const terms = answers.model === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : null
  if (!answers.model || (answers.model === 'RIGHTS_MANAGED' && !terms))
    return redirectWithToast(back, { tone: 'warning', text: 'Answer the questions first: what it is for, and in which places.' })
  const outcome = await waitForScope(ctx, { assetId, model: answers.model, ...(terms && { terms }) })
  return redirectWithToast(
    back,
    outcome.ok
      ? { tone: 'success', text: 'You are in line. We write to you when it is free again, or sold.' }
      : { tone: 'warning', text: sayings[outcome.error] },
  )
}

/** After a sign-in in between: the line is listed there. */
export const loader = () => redirect('/licences')
