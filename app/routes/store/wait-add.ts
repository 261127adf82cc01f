import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { readAnswers, termsOf } from '#app/components/catalog/use-questions.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { houseZone } from '#services/catalog/views.ts'
import { dayOf } from '#services/kernel/period.ts'
import type { WaitError } from '#services/licensing/errors.ts'
import { waitForScope } from '#services/licensing/waits.ts'

const sayings = {
  'free-now': 'waiting-told.free-now',
  'own-hold': 'waiting-told.own-hold',
  taken: 'waiting-told.taken',
  'already-waiting': 'waiting-told.already-waiting',
  'too-many-waits': 'waiting-told.too-many-waits',
  'not-for-sale': 'waiting-told.not-for-sale',
  'cannot-widen': 'waiting-told.cannot-widen',
} as const satisfies Record<WaitError, string>

/** Stand in line for a use that somebody is at the till with. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'cart')
  const form = await fieldsOf(args.request)
  const zone = await houseZone(ctx)
  const answers = readAnswers(form, dayOf(ctx.clock.now(), zone))
  const assetId = String(form.get('assetId') ?? '').slice(0, 64).replace(/\p{Cs}/gu, '')
  const back = safePath(String(form.get('back') ?? ''), `/assets/${encodeURIComponent(assetId)}`)
  const terms = answers.model === 'RIGHTS_MANAGED' ? termsOf(answers, zone) : null
  if (!answers.model || (answers.model === 'RIGHTS_MANAGED' && !terms))
    return redirectWithToast(back, { tone: 'warning', text: t('waiting-told.answer-first') })
  const outcome = await waitForScope(ctx, {
    assetId,
    model: answers.model,
    ...(terms && { terms }),
    ...(answers.widen && { upgradesLicenceId: answers.widen }),
  })
  return redirectWithToast(
    back,
    outcome.ok ? { tone: 'success', text: t('waiting-told.joined') } : { tone: 'warning', text: t(sayings[outcome.error]) },
  )
}

/** After a sign-in in between: the line is listed there. */
export const loader = () => redirect('/licences')
