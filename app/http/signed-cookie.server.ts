import { createCookie, type Cookie } from '@remix-run/node'
import { sha256 } from '#services/kernel/canonical.ts'
import type { Asked } from './load-context.server.ts'

const signed = new WeakMap<object, Map<string, Cookie>>()

/**
 * A signed cookie. Its key is made of the house's own signing key (Ed25519 gives the same signature for the same words, and
 * nobody else can make it), so an operator has no further secret to keep. What it opens is a secret of its own besides; the
 * signature spares the database what was made up.
 */
export function signedCookie({ context }: Pick<Asked, 'context'>, name: string, days: number): Cookie {
  const { signer, origin } = context.house.context
  const made = signed.get(signer) ?? new Map<string, Cookie>()
  signed.set(signer, made)
  const known = made.get(name)
  if (known) return known
  const cookie = createCookie(name, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: days * 86_400,
    secure: origin.startsWith('https://'),
    secrets: [sha256(signer.sign(`clearmark cookie: ${name}`))],
  })
  // Links have a cookie each; whoever opens very many fills no memory.
  if (made.size >= 200) made.clear()
  made.set(name, cookie)
  return cookie
}
