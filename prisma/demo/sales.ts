import { addToCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import { requestRefund, runRefund } from '#services/commerce/refunds.ts'
import type { AddToCart, BeginCheckout } from '#services/commerce/schema.ts'
import { settleOrder } from '#services/commerce/settle.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { askForGrant, grantRequest, refuseRequest } from '#services/licensing/requests.ts'
import { expireDue, revokeLicence, suspendLicence } from '#services/licensing/standing.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { standInLine, tellRights } from './asset-rights.ts'
import { fetchFiles } from './fetches.ts'
import { borrowForLayout } from './lightboxes.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

interface Wish {
  model: AddToCart['model']
  asset: string
  terms?: ScopeTerms
}
export interface Cast {
  [key: string]: Person
}

/** A rights-managed use, by days from the story's present day. */
const use = (story: Story, media: string[], places: string[], from: number, until: number, exclusive = false): ScopeTerms => {
  const today = story.today.toISOString().slice(0, 10)
  return { media, territory: { include: places }, industry: 'ALL', from: addDays(today, from), until: addDays(today, until), zone: 'Europe/Berlin', exclusive }
}

async function buy(story: Story, buyer: Person, library: Library, wishes: Wish[], input: BeginCheckout = {}) {
  const ctx = story.as(buyer)
  for (const { asset, model, terms } of wishes) sure(await addToCart(ctx, null, { assetId: library.get(asset) ?? '', model, terms }), `put ${asset} into the cart`)
  const { orderId } = sure(await beginCheckout(ctx, input), `check out ${wishes.map(({ asset }) => asset).join(', ')}`)
  const attempt = await ctx.db.checkoutAttempt.findFirstOrThrow({ where: { orderId, state: 'OPEN' }, select: { sessionId: true } })
  await story.pay(attempt.sessionId ?? '')
  const { state } = await settleOrder(ctx, orderId)
  if (state !== 'PAID') throw new Error(`the demo order ${orderId} ended as ${state}`)
  const licences = await ctx.db.licence.findMany({ where: { orderLineId: { in: (await ctx.db.orderLine.findMany({ where: { orderId }, select: { id: true } })).map(({ id }) => id) } }, select: { id: true } })
  return { orderId, licenceIds: licences.map(({ id }) => id) }
}

/** A year of trade: every state that a licence, an order and a request can be in, each reached as a customer would. */
export async function trade(story: Story, cast: Cast, library: Library): Promise<void> {
  const { clara, luc, grace, nora, maren, felix } = cast as Record<string, Person>
  if (!clara || !luc || !grace || !nora || !maren || !felix) throw new Error('the cast is not complete')

  await story.day(-364, 10)
  await tellRights(story, maren, library, 'the archive signs')
  await buy(story, clara, library, [{ model: 'RIGHTS_MANAGED', asset: 'french-alpine-landscape', terms: use(story, ['advertising-online', 'social'], ['DACH'], -364, 1) }], { purchaseOrder: 'PO-2025-118' })
  await buy(story, grace, library, [{ model: 'RIGHTS_MANAGED', asset: 'nagasaki-boats', terms: use(story, ['editorial'], ['WORLD'], -364, 800) }])

  await story.day(-210, 11)
  await tellRights(story, maren, library, 'the exhibition opens')
  await buy(story, clara, library, [{ model: 'ROYALTY_FREE_STANDARD', asset: 'seven-ridges' }, { model: 'ROYALTY_FREE_EXTENDED', asset: 'island-survey' }], { purchaseOrder: 'PO-2026-031' })
  await buy(story, clara, library, [{ model: 'RIGHTS_MANAGED', asset: 'black-canyon', terms: use(story, ['advertising-online'], ['EU27'], -210, -30) }])

  await story.day(-120, 15)
  const asked = sure(await askForGrant(story.as(nora), { assetId: library.get('tidal-currents') ?? '', purpose: 'Wall of the new roastery in Altona, and pictures of it on our site.', terms: use(story, ['corporate', 'social-organic'], ['DE'], -120, 245) }), 'ask for a grant')
  await story.day(-119)
  await tellRights(story, maren, library, 'the contract grows')
  sure(await grantRequest(story.as(maren), { requestId: asked.requestId, reason: 'With the credit line, please.' }), 'grant a request')

  await story.day(-90, 14)
  await buy(story, luc, library, [{ model: 'RIGHTS_MANAGED', asset: 'acanthus-mollis', terms: use(story, ['advertising'], ['FR', 'BE', 'CH', 'LU'], -90, 275, true) }], { licenseeName: 'Parfums Lavande SAS' })

  await story.day(-60, 10)
  await tellRights(story, maren, library, 'the exhibition closes')
  const disputed = await buy(story, grace, library, [{ model: 'ROYALTY_FREE_STANDARD', asset: 'summer-weave' }])
  const unwanted = sure(await askForGrant(story.as(nora), { assetId: library.get('dust-bowl-home') ?? '', purpose: 'Cups for the autumn edition.', terms: use(story, ['product'], ['DE'], -60, 120) }), 'ask for a second grant')
  await story.day(-58)
  sure(await refuseRequest(story.as(maren), { requestId: unwanted.requestId, reason: 'Merchandise is not part of the partner agreement. The store licenses it.' }), 'refuse a request')

  await story.day(-40, 16)
  const returned = await buy(story, grace, library, [{ model: 'ROYALTY_FREE_EXTENDED', asset: 'tidal-currents' }])
  await story.day(-38, 9)
  const { refundId } = sure(await requestRefund(story.as(felix), { orderId: returned.orderId, reason: 'Bought twice by mistake.', revokesLicence: 'yes' }), 'refund an order')
  await runRefund(story.as(felix), refundId)

  await story.day(-29, 1)
  await expireDue(story.as({ kind: 'system', houseId: clara.houseId, name: 'expiry-sweep' }))

  await story.day(-27, 10)
  await borrowForLayout(story, clara, library, 'french-alpine-landscape')

  await story.day(-20, 13)
  for (const licenceId of disputed.licenceIds) sure(await suspendLicence(story.as(maren), { licenceId, reason: 'Used on goods before the extended licence was paid; waiting for the publisher.' }), 'suspend a licence')
  const misused = await buy(story, luc, library, [{ model: 'ROYALTY_FREE_STANDARD', asset: 'seed-head' }])
  await story.day(-12, 13)
  for (const licenceId of misused.licenceIds) sure(await revokeLicence(story.as(maren), { licenceId, reason: 'Sold on as a print-on-demand motif against clause 4.' }), 'revoke a licence')

  for (const day of [-11, -10, -9, -8, -7]) {
    await story.day(day, 14)
    await fetchFiles(story, cast, library, day)
  }

  await story.day(-6, 10)
  await tellRights(story, maren, library, 'America is added')
  await standInLine(story, grace, luc, library)
  await buy(story, clara, library, [
    { model: 'RIGHTS_MANAGED', asset: 'airplane-from-above', terms: use(story, ['out-of-home'], ['DACH'], 20, 385) },
    { model: 'RIGHTS_MANAGED', asset: 'march-pastoral', terms: use(story, ['advertising-online', 'newsletter-editorial'], ['GB', 'IE'], -6, 6) },
  ])
  for (const day of [-5, -4, -3, -2]) {
    await story.day(day, 11)
    await fetchFiles(story, cast, library, day)
  }
  await story.day(-1, 16)
  await fetchFiles(story, cast, library, -1)
  sure(await askForGrant(story.as(nora), { assetId: library.get('island-survey') ?? '', purpose: 'Background of the origin maps on our packaging of single-estate coffee.', terms: use(story, ['packaging'], ['DACH'], 14, 379) }), 'ask for a third grant')
}
