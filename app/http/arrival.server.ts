import { redirect } from '@remix-run/node'
import { personOfSession } from '#services/accounts/sessions.ts'
import { mergeCart } from '#services/commerce/carts.ts'
import { mergeBoxes } from '#services/lightboxes/lightboxes.ts'
import type { Context } from '#services/platform/context.ts'
import { cartCookie, cartTokenOf } from './cart.server.ts'
import { landingOf } from './landing.server.ts'
import { boxCookie, boxTokenOf } from './lightbox.server.ts'
import type { Asked } from './load-context.server.ts'
import { signedInCookie } from './session.server.ts'

/** Somebody has just come in: what they put into the cart or a lightbox as a guest comes along, and they go where they wanted to. */
export async function arrive(args: Asked, ctx: Context, secret: string, then?: string | null): Promise<Response> {
  const headers = new Headers({ 'Set-Cookie': signedInCookie(args, secret) })
  const person = await personOfSession(ctx, secret)
  if (!person) return redirect('/', { status: 303, headers })
  const token = await cartTokenOf(args)
  if (token) {
    await mergeCart({ ...ctx, actor: person }, token)
    headers.append('Set-Cookie', await cartCookie(args, ''))
  }
  const boxes = await boxTokenOf(args)
  if (boxes) {
    await mergeBoxes({ ...ctx, actor: person }, boxes)
    headers.append('Set-Cookie', await boxCookie(args, ''))
  }
  return redirect(landingOf(person, then), { status: 303, headers })
}
