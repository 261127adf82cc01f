import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { staffOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { toVersion } from '#app/http/published-draft.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { isDay, startOfDay } from '#services/kernel/period.ts'
import { publishPriceDraft, type PublishDraftError, type PublishedDraft } from '#services/licensing/price-drafts.ts'

const input = z.object({
  revision: z.coerce.number().int().min(0).max(1_000_000),
  from: z.string().refine(isDay).optional(),
  forward: z.literal('yes').optional(),
})

const sayings = {
  'changed-meanwhile': 'Somebody saved this draft since you looked at it. Look again, then publish.',
  'another-version': 'Another version was published since. Compare with it first.',
  'nothing-changed': 'There is nothing to publish: no figure differs.',
  'note-needed': 'Say first what is new in this version, and save.',
  'limit-raised': 'This version widens what people may give by hand: an administrator publishes it.',
  'before-the-coming':
    'The version that this draft stands on begins later. Choose its day or a later one, or say that its figures begin earlier as well.',
  'in-the-past': 'Prices cannot begin in the past. Choose a later day, or leave it empty to begin at once.',
} satisfies Record<Exclude<PublishDraftError, 'already-published'>, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const draftId = args.params.draftId ?? ''
  const here = `/rights/prices/drafts/${draftId}`
  const form = await parseForm(args.request, input)
  if (form.status !== 'success')
    return redirectWithToast(here, { tone: 'danger', text: 'Write the first day as year-month-day, e.g. 2027-01-01.' })
  const { revision, from, forward } = form.value
  const effectiveFrom = from === undefined ? undefined : startOfDay(from, await zoneOfHouse(ctx))
  const outcome = await publishPriceDraft(ctx, { draftId, revision, effectiveFrom, bringsForward: forward === 'yes' })
  if (outcome.ok)
    return redirectWithToast(`/rights/prices?version=${outcome.value.version}`, {
      tone: 'success',
      text: `Version ${outcome.value.version} is published.`,
    })
  if (outcome.error === 'already-published') return toVersion(ctx, outcome.detail as PublishedDraft)
  return redirectWithToast(here, { tone: 'danger', text: sayings[outcome.error] })
}
