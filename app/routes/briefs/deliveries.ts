import type { ActionFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leadsTo } from '#app/http/leads-to.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { briefFor } from '#services/briefs/briefs.ts'
import { addDelivery, takeFromBrief } from '#services/briefs/deliveries.ts'
import type { AddDeliveryError } from '#services/briefs/errors.ts'
import { addDeliveryForm } from '#services/briefs/schema.ts'

const sayings = {
  'takes-no-files': 'errors.takes-no-files',
  'there-already': 'errors.there-already',
  'no-such-asset': 'errors.no-such-asset',
} as const satisfies Record<AddDeliveryError, string>

/** What the library has is laid under a brief, or taken from it. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const briefId = args.params.briefId ?? ''
  const page = `/briefs/${briefId}`
  const t = wordsOf(ctx.language, 'briefs')
  const form = await fieldsOf(args.request)
  await briefFor(ctx, briefId)
  const wanted = addDeliveryForm.safeParse({ assets: form.get('assets') })
  const assetId = wanted.data?.assets[0]
  if (!assetId) return redirectWithToast(page, { tone: 'warning', text: t('errors.no-such-asset') })
  const outcome =
    form.get('verb') === 'remove' ? await takeFromBrief(ctx, briefId, { assetId }) : await addDelivery(ctx, briefId, { assetId })
  return redirectWithToast(page, outcome.ok ? { tone: 'success', text: t('done') } : { tone: 'warning', text: t(sayings[outcome.error]) })
}

export const loader = leadsTo('/briefs/:briefId')
