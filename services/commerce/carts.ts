import { isPerson } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId, newSecret } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { quoteUse } from '../licensing/quotes.ts'
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

/** Put an asset with a stated use into the cart. A guest without a cart gets one, and the token for its cookie. */
export async function addToCart(
  ctx: CartCtx,
  token: string | null,
  { assetId, model, terms }: AddToCart,
): Promise<Result<{ cartId: string; token: string | null }, AddToCartError>> {
  const quote = await quoteUse(ctx, { assetId, model, ...(terms ? { terms } : {}) })
  // What cannot be had just now may still be put in: the cart says what is in the way and what can be had instead.
  if (!quote.ok) return fail('asset-not-for-sale', quote.error)

  return inTransaction(ctx, async (tx) => {
    const cart = await takeCart(tx, token)
    await tx.db.$queryRaw`SELECT id FROM carts WHERE id = ${cart.id} FOR UPDATE`
    const lines = await tx.db.cartLine.findMany({ where: { cartId: cart.id }, select: { assetId: true, model: true, terms: true } })
    if (lines.length >= mostLines) return fail('cart-is-full', { most: mostLines })
    const wish = canonical(quote.value.terms as unknown as Json)
    const same = lines.some(
      (line) => line.assetId === assetId && line.model === model && (model !== 'RIGHTS_MANAGED' || canonical(line.terms as Json) === wish),
    )
    if (same) return fail('already-in-cart')
    await tx.db.cartLine.create({
      data: {
        id: newId('cln', tx.clock.now()),
        cartId: cart.id,
        assetId,
        model,
        terms: { ...quote.value.terms } as object,
        addedAt: tx.clock.now(),
      },
    })
    await tx.db.cart.update({ where: { id: cart.id }, data: { changedAt: tx.clock.now() } })
    return ok({ cartId: cart.id, token: cart.token })
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
  const guest = await ctx.db.cart.findFirst({ where: { tokenHash, houseId: ctx.actor.houseId }, select: { id: true } })
  if (!guest) return
  await inTransaction(ctx, async (tx) => {
    const own = await takeCart(tx, null)
    const locked = await tx.db.$queryRaw<{ id: string }[]>`SELECT id FROM carts WHERE id IN (${guest.id}, ${own.id}) ORDER BY id FOR UPDATE`
    if (!locked.some((cart) => cart.id === guest.id)) return
    const keyOf = (line: { assetId: string; model: string; terms: unknown }) =>
      `${line.assetId} ${line.model} ${line.model === 'RIGHTS_MANAGED' ? canonical(line.terms as Json) : ''}`
    const mine = await tx.db.cartLine.findMany({ where: { cartId: own.id } })
    const theirs = await tx.db.cartLine.findMany({ where: { cartId: guest.id }, orderBy: { addedAt: 'asc' } })
    const have = new Set(mine.map(keyOf))
    const moving = theirs.filter((line) => !have.has(keyOf(line))).slice(0, Math.max(0, mostLines - mine.length))
    await tx.db.cartLine.updateMany({ where: { id: { in: moving.map(({ id }) => id) } }, data: { cartId: own.id } })
    await tx.db.cart.deleteMany({ where: { id: guest.id } })
    await tx.db.cart.update({ where: { id: own.id }, data: { changedAt: tx.clock.now() } })
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
