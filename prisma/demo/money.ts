import { addToCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import { settleOrder } from '#services/commerce/settle.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { giveDiscount } from '#services/licensing/given-discounts.ts'
import { currentPriceBook, publishPriceBook } from '#services/licensing/price-books.ts'
import { noDiscounts } from '#services/licensing/rules/discounts.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** The code that is live in the demo company. */
export const demoCode = 'WELCOME10'

/** Prices with a live code, an agreed rate and a discount that waits; and a licence that was widened for the difference. */
export async function lowerAndWiden(story: Story, cast: Record<string, Person>, library: Library): Promise<void> {
  const { luc, maren } = cast
  if (!luc || !maren) throw new Error('the cast is not complete')
  const today = story.today.toISOString().slice(0, 10)

  await story.day(-1, 17)
  const desk = story.as(maren)
  const current = await currentPriceBook(desk)
  if (!current) throw new Error('the demo company has no prices')
  const book = {
    ...current.book,
    inCurrency: { JPY: { roundToMinor: 100, minimumMinor: 2_500 }, CHF: { roundToMinor: 50 } },
    discounts: {
      ...noDiscounts,
      codes: [
        { code: demoCode, name: 'Welcome, 10 % off the first order', bp: 1_000, offMinor: {}, from: addDays(today, -1), until: null, uses: 500, usesEach: 1, leastMinor: {} },
      ],
      agreed: [{ orgId: luc.orgId, bp: 800, note: 'Frame agreement of this spring' }],
      volume: [{ lines: 5, bp: 500 }],
    },
  }
  sure(await publishPriceBook(desk, { book, note: 'Codes, agreed rates, francs by the half and yen by the hundred' }), 'publish discounts')

  const customer = story.as(luc)
  const assetId = library.get('nagasaki-boats') ?? ''
  const use = (places: string[]): ScopeTerms => ({
    media: ['website-editorial'], territory: { include: places }, industry: 'ALL', from: addDays(today, -1), until: addDays(today, 363), zone: 'Europe/Berlin', exclusive: false,
  })
  const buy = async (terms: ScopeTerms, upgradesLicenceId?: string) => {
    sure(await addToCart(customer, null, { assetId, model: 'RIGHTS_MANAGED', terms, ...(upgradesLicenceId && { upgradesLicenceId }) }, 'CHF'), 'put a use into the cart')
    const { orderId } = sure(await beginCheckout(customer, {}), 'check out in francs')
    const attempt = await customer.db.checkoutAttempt.findFirstOrThrow({ where: { orderId, state: 'OPEN' }, select: { sessionId: true } })
    await story.pay(attempt.sessionId ?? '')
    await settleOrder(customer, orderId)
    return customer.db.licence.findFirstOrThrow({ where: { holderOrgId: luc.orgId, assetId, state: 'ACTIVE' }, orderBy: { no: 'desc' }, select: { id: true } })
  }
  const { id } = await buy(use(['FR']))
  await story.day(-1, 18)
  await buy(use(['FR', 'BE', 'LU', 'CH', 'DE']), id)

  sure(
    await giveDiscount(desk, {
      orgId: luc.orgId, assetId: library.get('seven-ridges') ?? '', model: 'ROYALTY_FREE_EXTENDED', currency: 'EUR', bp: 2_500, reason: 'Third order this year; they compare us with another archive.', validUntil: addDays(today, 60),
    }),
    'ask for a discount',
  )
}
