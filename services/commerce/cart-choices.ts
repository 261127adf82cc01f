import { Refusal } from '../kernel/errors.ts'
import type { Currency } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import { offeredCurrencies } from '../licensing/currencies.ts'
import { currentPriceBook } from '../licensing/price-books.ts'
import { codeOn, codeTyped, noDiscounts, type CodeProblem } from '../licensing/rules/discounts.ts'
import { isPerson } from '../kernel/actor.ts'
import { cartKey, seenOf } from './carts.ts'
import { priceLines } from './pricing.ts'
import { codeLeft } from './promotions.ts'

type CartCtx = Ctx<'db' | 'clock' | 'actor'>

async function cartOf(ctx: CartCtx, token: string | null) {
  const key = cartKey(ctx, token)
  return key
    ? ctx.db.cart.findFirst({
        where: { ...key, houseId: ctx.actor.houseId },
        include: { lines: { where: { laterAt: null }, orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] } },
      })
    : null
}

/** Every price of the cart in another currency, from now on. False where there is no cart, or nothing changes. */
export async function switchCurrency(
  ctx: CartCtx,
  token: string | null,
  currency: Currency,
): Promise<Result<{ requoted: number }, 'currency-not-offered'>> {
  if (!(await offeredCurrencies(ctx)).includes(currency)) return fail('currency-not-offered')
  const cart = await cartOf(ctx, token)
  if (!cart || cart.currency === currency) return ok({ requoted: 0 })
  await ctx.db.cart.update({ where: { id: cart.id }, data: { currency, changedAt: ctx.clock.now() } })
  await keepSeen(ctx, { ...cart, currency })
  return ok({ requoted: cart.lines.length })
}

type Cart = NonNullable<Awaited<ReturnType<typeof cartOf>>>

/** The buyer has read what changed: from now on it is compared with today's prices. */
export async function acknowledgeChanges(ctx: CartCtx, token: string | null): Promise<Result<null>> {
  const cart = await cartOf(ctx, token)
  if (cart) await keepSeen(ctx, cart)
  return ok(null)
}

async function keepSeen(ctx: CartCtx, cart: Cart): Promise<void> {
  const { lines } = await priceLines(ctx, cart.lines, cart)
  const seen = lines.flatMap((line) => (line.ok ? [{ id: line.row.id, seen: seenOf(line.quote.total) }] : []))
  await ctx.db.$executeRaw`
    UPDATE cart_lines l SET seen = now.seen FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS now (id text, seen jsonb)
    WHERE l.id = now.id AND l.cart_id = ${cart.id}`
}

/** Put a line aside, or back: what waits is neither summed nor bought. */
export async function putAside(
  ctx: CartCtx,
  token: string | null,
  { lineId, later }: { lineId: string; later: boolean },
): Promise<Result<null>> {
  const key = cartKey(ctx, token)
  if (!key) throw new Refusal('not-found', 'no cart')
  await ctx.db.cartLine.updateMany({
    where: { id: lineId, cart: { ...key, houseId: ctx.actor.houseId } },
    data: { laterAt: later ? ctx.clock.now() : null },
  })
  return ok(null)
}

export type UseCodeError = CodeProblem | 'code-used-up' | 'code-used-by-you' | 'cart-is-empty'

/** Type a promotion code into the cart. Guessing is slowed down: a few tries a network and minute. */
export async function typeCode(
  ctx: CartCtx,
  token: string | null,
  { code: text, ip }: { code: string; ip: string },
): Promise<Result<{ name: string }, UseCodeError>> {
  const turn = await takeTurn(ctx, `promotion:${networkOf(ip)}`, { turns: 10, seconds: 300 })
  if (!turn.ok) throw new Refusal('too-many', 'promotion codes', turn.retryAfterSeconds)
  const cart = await cartOf(ctx, token)
  if (!cart) return fail('cart-is-empty')
  const [prices, house] = await Promise.all([
    currentPriceBook(ctx),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } }),
  ])
  const found = codeOn(prices?.book.discounts ?? noDiscounts, text, dayOf(ctx.clock.now(), house.timeZone))
  if (typeof found === 'string') return fail(found)
  const left = await codeLeft(ctx, found, isPerson(ctx.actor) ? ctx.actor.orgId : null)
  if (left !== 'left') return fail(left)
  await ctx.db.cart.update({ where: { id: cart.id }, data: { code: codeTyped(text), changedAt: ctx.clock.now() } })
  return ok({ name: found.name })
}

/** Take the code out of the cart again. */
export async function dropCode(ctx: CartCtx, token: string | null): Promise<Result<null>> {
  const cart = await cartOf(ctx, token)
  if (cart) await ctx.db.cart.update({ where: { id: cart.id }, data: { code: null, changedAt: ctx.clock.now() } })
  return ok(null)
}
