import { hasStaffRole } from '../kernel/actor.ts'
import type { Currency } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { readPriceDraft } from './price-drafts.ts'
import { discountFields } from './rules/discount-form.ts'
import type { PriceFields } from './rules/price-form.ts'
import { currenciesOf } from './rules/pricing.ts'

export interface DraftDiscountsPage {
  id: string
  baseVersion: number
  revision: number
  mayEdit: boolean
  currencies: Currency[]
  customers: { value: string; label: string }[]
  /** How many lines each list has, the empty one included. */
  lines: { codes: number; agreed: number; volume: number }
  fields: PriceFields
}

/** The discounts and the currencies of a draft, as a form. */
export async function draftDiscountsPage(ctx: Ctx<'db' | 'actor'>, draftId: string): Promise<DraftDiscountsPage> {
  const { id, baseVersion, revision, book } = await readPriceDraft(ctx, draftId)
  const customers = await ctx.db.organisation.findMany({
    where: { houseId: ctx.actor.houseId, kind: { not: 'OWNER' } },
    orderBy: { name: 'asc' },
    take: 2_000,
    select: { id: true, name: true },
  })
  const { codes = [], agreed = [], volume = [] } = book.discounts ?? {}
  return {
    id,
    baseVersion,
    revision,
    mayEdit: hasStaffRole(ctx.actor, 'RIGHTS_MANAGER'),
    currencies: currenciesOf(book),
    customers: customers.map(({ id: value, name }) => ({ value, label: name })),
    lines: { codes: codes.length + 1, agreed: agreed.length + 1, volume: volume.length + 1 },
    fields: discountFields(book),
  }
}
