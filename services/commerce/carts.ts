import { isPerson } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId, newSecret } from '../kernel/ids.ts'
import { isCurrency, type Currency, type Money } from '../kernel/money.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import { isUpgradeError, quoteUse, quoteUses, type Quote, type QuoteError, type QuoteUse } from '../licensing/quotes.ts'
import type { AddToCartError } from './errors.ts'
import type { AddToCart, RemoveFromCart } from './schema.ts'

type CartCtx = Ctx<'db' | 'clock' | 'actor'>

/** More is an enquiry, not a cart. */
export const mostLines = 25

/** Whose cart: a person's own, or the one that the guest's cookie opens. The cookie's secret is kept as its hash. */
export function cartKey(ctx: Ctx<'actor'>, token: string | null): { userId: string } | { tokenHash: string } | null {
  if (isPerson(ctx.actor)) return { userId: ctx.actor.userId }
  return token ? { tokenHash: sha256(token) } : null
}

export const currencyNamed = (text: string | null | undefined): Currency | null => (text && isCurrency(text) ? text : null)

/** What the buyer saw of a line when it was last priced for them. */
export const seenOf = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency })

interface Put {
  cartId: string
  token: string | null
}

/** Put an asset with a stated use into the cart. A guest without a cart gets one, and the token for its cookie. */
export async function addToCart(
  ctx: CartCtx,
  token: string | null,
  wish: AddToCart,
  currency: Currency | null = null,
): Promise<Result<Put, AddToCartError>> {
  const kept = await keptCurrency(ctx, token)
  const quote = await quoteUse(ctx, asked(wish, kept ?? currency))
  const { cart, outcomes } = await putLines(ctx, token, [{ wish, quote }], kept)
  const outcome = outcomes[0] as Result<null, AddToCartError>
  return outcome.ok ? ok(cart as Put) : outcome
}

/** Many at once, in the order of the wishes: one reading of prices and rights, and one cart, however many there are. */
export async function addManyToCart(
  ctx: CartCtx,
  token: string | null,
  wishes: readonly AddToCart[],
  currency: Currency | null = null,
): Promise<{ token: string | null; outcomes: Result<null, AddToCartError>[] }> {
  const kept = await keptCurrency(ctx, token)
  const quotes = await quoteUses(
    ctx,
    wishes.map((wish) => asked(wish, kept ?? currency)),
  )
  const { cart, outcomes } = await putLines(
    ctx,
    token,
    wishes.map((wish, i) => ({ wish, quote: quotes[i] ?? fail('not-for-sale') })),
    kept,
  )
  return { token: cart?.token ?? null, outcomes }
}

/** The currency that the cart is held to; an empty one holds nobody to any. */
async function keptCurrency(ctx: CartCtx, token: string | null): Promise<Currency | null> {
  const key = cartKey(ctx, token)
  const standing = key
    ? await ctx.db.cart.findFirst({
        where: { ...key, houseId: ctx.actor.houseId },
        select: { currency: true, lines: { take: 1, select: { id: true } } },
      })
    : null
  return standing && standing.lines.length > 0 ? currencyNamed(standing.currency) : null
}

const asked = ({ assetId, model, terms, upgradesLicenceId }: AddToCart, currency: Currency | null): QuoteUse => ({
  assetId,
  model,
  ...(terms && { terms }),
  ...(currency && { currency }),
  ...(upgradesLicenceId && { upgradesLicenceId }),
})

/** What a line wishes for: two lines of one key are the same licence twice. */
const wishKey = (line: { assetId: string; model: string; terms: unknown; upgradesLicenceId?: string | null }): string =>
  `${line.assetId} ${line.model} ${line.upgradesLicenceId ?? ''} ${line.model === 'RIGHTS_MANAGED' ? canonical(line.terms as Json) : ''}`

/** The quoted wishes as lines of the cart, under its lock. No cart is made where there is nothing to put into it. */
async function putLines(
  ctx: CartCtx,
  token: string | null,
  quoted: readonly { wish: AddToCart; quote: Result<Quote, QuoteError> }[],
  kept: Currency | null,
): Promise<{ cart: Put | null; outcomes: Result<null, AddToCartError>[] }> {
  // What cannot be had just now may still be put in: the cart says what is in the way and what can be had instead.
  const refused = (quote: Result<Quote, QuoteError> & { ok: false }): Result<null, AddToCartError> =>
    isUpgradeError(quote.error) ? fail(quote.error, quote.detail) : fail('asset-not-for-sale', quote.error)
  if (quoted.every(({ quote }) => !quote.ok))
    return { cart: null, outcomes: quoted.map(({ quote }) => (quote.ok ? ok(null) : refused(quote))) }

  return inTransaction(ctx, async (tx) => {
    const cart = await takeCart(tx, token)
    await tx.db.$queryRaw`SELECT id FROM carts WHERE id = ${cart.id} FOR UPDATE`
    const standing = await tx.db.cartLine.findMany({
      where: { cartId: cart.id },
      select: { id: true, assetId: true, model: true, terms: true, upgradesLicenceId: true },
    })
    let places: { key: string; widens: string | null; line?: Prisma.CartLineCreateManyInput }[] = standing.map((line) => ({
      key: wishKey(line),
      widens: line.upgradesLicenceId,
    }))
    const now = tx.clock.now()
    const outcomes = quoted.map(({ wish: { assetId, model, upgradesLicenceId = null }, quote }, at): Result<null, AddToCartError> => {
      if (!quote.ok) return refused(quote)
      const { terms, total } = quote.value
      const key = wishKey({ assetId, model, terms, upgradesLicenceId })
      if (places.some((place) => place.key === key)) return fail('already-in-cart')
      // A licence is widened once: another wish for it takes the place of the one before.
      const others = upgradesLicenceId === null ? places : places.filter(({ widens }) => widens !== upgradesLicenceId)
      if (others.length >= mostLines) return fail('cart-is-full', { most: mostLines })
      // A moment apart, so that they stand in the order in which they were asked for.
      const addedAt = new Date(now.getTime() + at)
      const line = {
        ...{ id: newId('cln', now), cartId: cart.id, assetId, model, upgradesLicenceId, addedAt },
        terms: { ...terms } as object,
        seen: seenOf(total),
      }
      places = [...others, { key, widens: upgradesLicenceId, line }]
      return ok(null)
    })
    const lines = places.flatMap(({ line }) => line ?? [])
    if (lines.length > 0) {
      const widened = lines.flatMap(({ upgradesLicenceId }) => upgradesLicenceId ?? [])
      if (widened.length > 0) await tx.db.cartLine.deleteMany({ where: { cartId: cart.id, upgradesLicenceId: { in: widened } } })
      await tx.db.cartLine.createMany({ data: lines })
    }
    const currency = quoted.flatMap(({ quote }) => (quote.ok ? quote.value.total.currency : []))[0]
    if (lines.length > 0)
      await tx.db.cart.update({ where: { id: cart.id }, data: { changedAt: now, ...(!kept && currency && { currency }) } })
    return { cart: { cartId: cart.id, token: cart.token }, outcomes }
  })
}

/** Take a line out of the cart; one that is not there is out already. */
export async function removeFromCart(ctx: CartCtx, token: string | null, { lineId }: RemoveFromCart): Promise<Result<null>> {
  const key = cartKey(ctx, token)
  if (!key) throw new Refusal('not-found', 'no cart')
  await ctx.db.cartLine.deleteMany({ where: { id: lineId, cart: { ...key, houseId: ctx.actor.houseId } } })
  return ok(null)
}

/** At sign-in the guest's lines join the person's own cart, and the guest's cart is gone. Safe to call at every visit. */
export async function mergeCart(ctx: CartCtx, token: string | null): Promise<void> {
  if (!isPerson(ctx.actor) || !token) return
  const tokenHash = sha256(token)
  const guest = await ctx.db.cart.findFirst({
    where: { tokenHash, houseId: ctx.actor.houseId },
    select: { id: true, currency: true, code: true },
  })
  if (!guest) return
  await inTransaction(ctx, async (tx) => {
    const own = await takeCart(tx, null)
    const locked = await tx.db.$queryRaw<{ id: string }[]>`SELECT id FROM carts WHERE id IN (${guest.id}, ${own.id}) ORDER BY id FOR UPDATE`
    if (!locked.some((cart) => cart.id === guest.id)) return
    const mine = await tx.db.cartLine.findMany({ where: { cartId: own.id } })
    const theirs = await tx.db.cartLine.findMany({ where: { cartId: guest.id }, orderBy: { addedAt: 'asc' } })
    // What somebody already widens a licence to is not bought a second time whole.
    const have = new Set(mine.map((line) => wishKey({ ...line, upgradesLicenceId: null })))
    const moving = theirs.filter((line) => !have.has(wishKey(line))).slice(0, Math.max(0, mostLines - mine.length))
    await tx.db.cartLine.updateMany({ where: { id: { in: moving.map(({ id }) => id) } }, data: { cartId: own.id } })
    await tx.db.cart.deleteMany({ where: { id: guest.id } })
    const before = await tx.db.cart.findUniqueOrThrow({ where: { id: own.id }, select: { currency: true, code: true } })
    // A cart is of one currency: the person's own stays what it was, and an empty one takes the guest's.
    await tx.db.cart.update({
      where: { id: own.id },
      data: {
        changedAt: tx.clock.now(),
        currency: mine.length > 0 ? before.currency : (guest.currency ?? before.currency),
        code: before.code ?? guest.code,
      },
    })
  })
}

/** As long as the guest's cookie lives: nobody can open the cart afterwards. */
const guestCartSpan = 60 * 86_400_000

/** Clear away guests' carts that no cookie opens any more: anybody may make one with every request. Bounded, run by the timetable. */
export async function sweepCarts(ctx: Ctx<'db' | 'clock'>, batch = 5_000): Promise<number> {
  const stale = await ctx.db.cart.findMany({
    where: { userId: null, changedAt: { lt: new Date(ctx.clock.now().getTime() - guestCartSpan) } },
    select: { id: true },
    take: batch,
  })
  const { count } = await ctx.db.cart.deleteMany({ where: { id: { in: stale.map(({ id }) => id) }, userId: null } })
  return count
}

/** The actor's cart, made when there is none. `token` is set only for a guest's new cart. */
async function takeCart(tx: CartCtx, token: string | null): Promise<{ id: string; token: string | null }> {
  const { actor } = tx
  const at = tx.clock.now()
  const key = cartKey(tx, token)
  const found = key ? await tx.db.cart.findFirst({ where: { ...key, houseId: actor.houseId }, select: { id: true } }) : null
  if (found) return { id: found.id, token: null }
  const secret = isPerson(actor) ? null : newSecret()
  const id = newId('crt', at)
  const { count } = await tx.db.cart.createMany({
    data: {
      id,
      houseId: actor.houseId,
      orgId: isPerson(actor) ? actor.orgId : null,
      userId: isPerson(actor) ? actor.userId : null,
      tokenHash: secret ? sha256(secret) : null,
      createdAt: at,
      changedAt: at,
    },
    skipDuplicates: true,
  })
  // Somebody's other tab made it a moment ago.
  if (count === 0 && isPerson(actor))
    return { id: (await tx.db.cart.findUniqueOrThrow({ where: { userId: actor.userId }, select: { id: true } })).id, token: null }
  return { id, token: secret }
}
