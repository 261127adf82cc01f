import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { EndImportedSaleError, SettleImportedSaleError } from '#services/rights/errors.ts'
import { stillInTheWay } from '#services/rights/imported-sale-views.ts'
import { endImportedSale, settleImportedSale } from '#services/rights/imported-sales.ts'
import { inOneMessage, type Collision } from '#services/rights/rules/collision-words.ts'
import { importedSaleForm } from '#services/rights/schema.ts'

const sayings = {
  'not-colliding': 'Somebody has settled or ended this sale meanwhile; nothing was changed.',
  'still-collides': 'It still runs into something, so nothing was changed.',
  'already-ended': 'This sale was ended before; nothing was changed.',
} satisfies Record<SettleImportedSaleError | EndImportedSaleError, string>
const done = {
  accept: 'It is kept as a known conflict, without a claim.',
  retry: 'It has its claim now: exclusivity sees it.',
  end: 'It has ended. What it had taken is free again.',
} as const

const panelOf = (assetId = ''): string => `/rights/assets/${assetId}#imported-sales`

export const loader = ({ params }: LoaderFunctionArgs) => redirect(panelOf(params.assetId))

/** What is to become of another shop's sale: it stands as a conflict, it is tried again, or it has ended there. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { assetId = '', saleId: id = '' } = args.params
  const form = await parseForm(args.request, importedSaleForm)
  if (form.status !== 'success')
    return redirectWithToast(panelOf(assetId), {
      tone: 'danger',
      text: 'Say what is to become of the sale, and why, in at most 500 characters.',
    })
  const { decision, note } = form.value
  const outcome =
    decision === 'end'
      ? await endImportedSale(ctx, { id, assetId, reason: note })
      : await settleImportedSale(ctx, { id, assetId, decision, note })
  if (outcome.ok) return redirectWithToast(panelOf(assetId), { tone: 'success', text: done[decision] })
  const why = outcome.error === 'still-collides' ? await stillInTheWay(ctx, id, outcome.detail as Collision[]) : []
  return redirectWithToast(panelOf(assetId), { tone: 'warning', text: [sayings[outcome.error], inOneMessage(why)].join(' ').trim() })
}
