import { createCookie } from '@remix-run/node'
import { isPerson } from '#services/kernel/actor.ts'
import type { Context } from '#services/platform/context.ts'
import { noteSeen } from '#services/catalog/seen.ts'
import type { Asked } from './load-context.server.ts'

const cookie = createCookie('seen', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 90 * 86_400 })
/** What fits into a cookie with room to spare. */
const carriedAtMost = 24

/** The pictures that a guest's browser remembers, the latest first. */
export async function carriedSeen(request: Request): Promise<string[]> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  const ids = typeof found === 'string' ? found.split('.') : []
  return [...new Set(ids)].filter((id) => /^ast_[0-9a-z]{1,60}$/i.test(id)).slice(0, carriedAtMost)
}

/** The header that remembers (or, of none, forgets) what a guest has seen. */
export const seenCookie = ({ context }: Pick<Asked, 'context'>, ids: readonly string[]): Promise<string> =>
  cookie.serialize(ids.slice(0, carriedAtMost).join('.'), {
    secure: context.house.context.origin.startsWith('https://'),
    ...(ids.length === 0 && { maxAge: 0 }),
  })

/**
 * Remember that this picture's page was opened: in the account of whoever is signed in (with what they looked at before
 * they signed in), else in the guest's own cookie. Gives the headers that the page answers with. A browser that only
 * fetches ahead has not looked.
 */
export async function rememberSeen(args: Asked, ctx: Context, assetId: string): Promise<Record<string, string>> {
  const { headers } = args.request
  if (/prefetch/i.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')) return {}
  const carried = await carriedSeen(args.request)
  if (isPerson(ctx.actor)) {
    await noteSeen(ctx, [...carried.filter((id) => id !== assetId).reverse(), assetId])
    return carried.length > 0 ? { 'Set-Cookie': await seenCookie(args, []) } : {}
  }
  return carried[0] === assetId ? {} : { 'Set-Cookie': await seenCookie(args, [assetId, ...carried.filter((id) => id !== assetId)]) }
}
