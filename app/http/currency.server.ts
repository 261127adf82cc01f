import { createCookie } from '@remix-run/node'
import { isCurrency, type Currency } from '#services/kernel/money.ts'
import { currencyFor } from '#services/licensing/currencies.ts'
import type { Ctx } from '#services/platform/context.ts'

const cookie = createCookie('currency', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 31_536_000 })

/** The currency that the reader chose last; null where none was chosen. */
export async function chosenCurrency(request: Request): Promise<Currency | null> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  return typeof found === 'string' && isCurrency(found) ? found : null
}

/** The header that remembers the choice. */
export const rememberCurrency = (currency: Currency): Promise<string> => cookie.serialize(currency)

/** The currency of the prices on a page: chosen, else the company's, else the house's; always one that the house sells in. */
export const currencyOf = async (request: Request, ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<Currency> =>
  (await currencyFor(ctx, await chosenCurrency(request))).currency
