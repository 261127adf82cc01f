import { Cookie } from 'lucia'
import type { Asked } from './load-context.server.ts'

const longest = 400 * 86_400 // the most that browsers keep
const secureAt = ({ context }: Pick<Asked, 'context'>): boolean => context.house.context.origin.startsWith('https://')

// With __Host- the browser itself refuses the cookie over http, from a subdomain, or for a part of the site.
const nameOf = (secure: boolean): string => (secure ? '__Host-clearmark' : 'clearmark_session')

/**
 * The sign-in cookie outlives every session on purpose: the table says when a session ends, so that prolonging one needs
 * no header on pages, streams and downloads.
 */
function cookie(args: Pick<Asked, 'context'>, secret: string, maxAge: number): string {
  const secure = secureAt(args)
  return new Cookie(nameOf(secure), secret, { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge }).serialize()
}

/** The secret that the request's cookie holds. */
export function sessionSecretOf(args: Asked): string | null {
  const start = `${nameOf(secureAt(args))}=`
  const pair = (args.request.headers.get('cookie') ?? '').split(';').find((each) => each.trimStart().startsWith(start))
  const secret = pair?.trim().slice(start.length) ?? ''
  return /^[0-9a-z]{32}$/.test(secret) ? secret : null
}

/** `Set-Cookie` for a person who has just signed in. */
export const signedInCookie = (args: Pick<Asked, 'context'>, secret: string): string => cookie(args, secret, longest)

/** `Set-Cookie` that takes the sign-in away. */
export const signedOutCookie = (args: Pick<Asked, 'context'>): string => cookie(args, '', 0)
