import { createCookie } from '@remix-run/node'
import type { Asked } from './load-context.server.ts'

const cookie = createCookie('cart', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 * 86_400 })

/** The secret of a guest's cart, as the browser holds it; the house keeps only its hash. */
export async function cartTokenOf({ request }: Pick<Asked, 'request'>): Promise<string | null> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  return typeof found === 'string' && /^[0-9a-z]{32}$/.test(found) ? found : null
}

/** `Set-Cookie` for a guest's new cart; an empty token takes it away. */
export const cartCookie = ({ context }: Pick<Asked, 'context'>, token: string): Promise<string> =>
  cookie.serialize(token, { secure: context.house.context.origin.startsWith('https://'), ...(token === '' && { maxAge: 0 }) })
