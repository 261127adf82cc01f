import { newId } from '#services/kernel/ids.ts'
import { sha256 } from '#services/kernel/canonical.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addToCart } from '#services/commerce/carts.ts'
import { beginCheckout } from '#services/commerce/checkout.ts'
import { defaultPriceBook } from '#services/licensing/defaults/price-book.ts'
import { licenceModels } from '#services/licensing/rules/models.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Db } from '#services/platform/db.ts'
import { asActor, testContext, type TestContext } from './context.ts'
import { fakePayments, type FakePayments } from './fakes/payments.ts'
import { aHouse, anAsset, anOrganisation, aPerson, type AssetFields } from './world.ts'

export interface Shop {
  ctx: TestContext & { payments: FakePayments }
  houseId: string
  /** One more picture for sale. */
  asset(fields?: Partial<AssetFields>): ReturnType<typeof anAsset>
  /** Somebody of a company of their own, ready to buy. */
  buyer(fields?: { country?: string; vatId?: string }): Promise<Person>
  staff(...roles: Person['roles']): Promise<Person>
}

/** A house that sells: prices, terms for every model, payments that remember. A second one beside it shares the provider, whose ids are its own. */
export async function aShop(db: Db, beside?: Shop): Promise<Shop> {
  const base = beside?.ctx ?? testContext(db)
  const payments = beside?.ctx.payments ?? fakePayments({ clock: base.clock })
  const house = await aHouse(base)
  const houseId = house.id
  const ctx = { ...base, payments, actor: { kind: 'system', houseId, name: 'test' } as const }
  const at = ctx.clock.now()
  await db.priceBook.create({
    data: {
      id: newId('pbk', at),
      houseId,
      version: 1,
      currency: 'EUR',
      book: defaultPriceBook as object,
      effectiveFrom: at,
      createdAt: at,
    },
  })
  await db.termsTemplate.createMany({
    data: licenceModels.map((model) => ({
      id: newId('tpl', at),
      houseId,
      model,
      version: 1,
      title: `Terms ${model}`,
      body: 'You may use it.',
      sha256: sha256('You may use it.'),
      effectiveFrom: at,
      createdAt: at,
    })),
  })
  return {
    ctx,
    houseId,
    asset: (fields = {}) => anAsset(ctx, { houseId, ...fields }),
    async buyer({ country = 'DE', vatId } = {}) {
      const org = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER', country, ...(vatId ? { vatId } : {}) })
      return aPerson(ctx, { houseId, orgId: org.id, roles: ['CUSTOMER'] })
    },
    staff: (...roles) => aPerson(ctx, { houseId, roles: [...roles] }),
  }
}

/** An exclusive use of a web advertisement in Germany for a year, unless told otherwise. */
export const someUse = (fields: Partial<ScopeTerms> = {}): ScopeTerms => ({
  media: ['advertising'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2026-12-01',
  until: '2027-11-30',
  zone: 'Europe/Berlin',
  exclusive: true,
  ...fields,
})

export type Wish = { assetId: string } & (
  { model: 'ROYALTY_FREE_STANDARD' | 'ROYALTY_FREE_EXTENDED' } | { model: 'RIGHTS_MANAGED'; terms: ScopeTerms }
)

/** Wishes in the cart and the payment page open: the order and its session. */
export async function anOpenOrder(shop: Shop, buyer: Person, wishes: readonly Wish[]) {
  const ctx = asActor(shop.ctx, buyer)
  for (const wish of wishes) {
    const added = await addToCart(ctx, null, wish)
    if (!added.ok) throw new Error(`not in the cart: ${added.error} ${JSON.stringify(added.detail)}`)
  }
  const begun = await beginCheckout(ctx, {})
  if (!begun.ok)
    throw new Error(
      `no checkout: ${begun.error} ${JSON.stringify(begun.detail, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
    )
  const { orderId } = begun.value
  const attempt = await shop.ctx.db.checkoutAttempt.findFirstOrThrow({ where: { orderId } })
  return { ctx, orderId, sessionId: attempt.sessionId ?? '', url: begun.value.url }
}
