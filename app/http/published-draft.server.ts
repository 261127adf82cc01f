import { zoneOfHouse } from '#services/accounts/houses.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { dayOf, wallTimeOf } from '#services/kernel/period.ts'
import { publishedFrom, type PublishedDraft } from '#services/licensing/price-drafts.ts'
import type { Ctx } from '#services/platform/context.ts'
import { redirectWithToast } from './toast.server.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** To the version that a draft has become, which is told with who published it, when, and from when it holds. */
export async function toVersion(ctx: Asking, { version, at, effectiveFrom, by }: PublishedDraft): Promise<Response> {
  const zone = await zoneOfHouse(ctx)
  const said = (instant: Date) => `${dayInWords(dayOf(instant, zone))}, ${wallTimeOf(instant, zone).slice(11, 16)}`
  const holds = effectiveFrom > ctx.clock.now() ? ` It holds from ${dayInWords(dayOf(effectiveFrom, zone))}.` : ''
  return redirectWithToast(`/rights/prices?version=${version}`, {
    tone: 'info',
    text: `This draft is published already, as version ${version}: by ${by} on ${said(at)}.${holds}`,
  })
}

/** Thrown where a page of a draft is asked for that has become a version meanwhile; else nothing happens. */
export async function leavePublished(ctx: Asking, draftId: string): Promise<void> {
  const published = await publishedFrom(ctx, draftId)
  if (published) throw await toVersion(ctx, published)
}
