import { createCookie } from '@remix-run/node'
import { isPerson } from '#services/kernel/actor.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Context } from '#services/platform/context.ts'
import { networkOf, takeTurn } from '#services/platform/rate-limit.ts'
import { boxesAtHand, noBoxes, type BoxesAtHand } from '#services/lightboxes/views.ts'
import { safePath } from './guard.server.ts'
import type { Asked } from './load-context.server.ts'
import { signedCookie } from './signed-cookie.server.ts'

const boxesCookie = (args: Pick<Asked, 'context'>) => signedCookie(args, 'lightboxes', 180)

/** The secret of a guest's boxes, as the browser holds it; the house keeps only its hash. */
export async function boxTokenOf(args: Pick<Asked, 'request' | 'context'>): Promise<string | null> {
  const header = args.request.headers.get('Cookie')
  if (!header?.includes('lightboxes=')) return null
  const found: unknown = await boxesCookie(args).parse(header)
  return typeof found === 'string' && /^[0-9a-z]{32}$/.test(found) ? found : null
}

/** Anybody may begin a box or copy one: those of guests are counted by where they come from. */
export async function countNewBox({ context }: Pick<Asked, 'context'>, ctx: Context): Promise<void> {
  if (isPerson(ctx.actor)) return
  const turn = await takeTurn(ctx, `lightbox-new:${networkOf(context.ip)}`, { turns: 30, seconds: 3_600 })
  if (!turn.ok) throw new Refusal('too-many', 'new guest lightboxes', turn.retryAfterSeconds)
}

/** When pictures were taken out, as addresses and forms say it; null for what is no instant that the database knows. */
export function instantIn(text: FormDataEntryValue | null): Date | null {
  const ms = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0
  return ms > 0 && ms < Date.UTC(9999, 0) ? new Date(ms) : null
}

/** `Set-Cookie` for a guest's first box; an empty token takes it away. */
export const boxCookie = (args: Pick<Asked, 'context'>, token: string): Promise<string> =>
  boxesCookie(args).serialize(token, token === '' ? { maxAge: 0 } : {})

/** What `<AddToLightbox>` needs, for the root's loader: nothing is asked for guests who have no box. */
export async function boxesFor(args: Pick<Asked, 'request' | 'context'>, ctx: Context): Promise<BoxesAtHand> {
  const token = await boxTokenOf(args)
  return token || isPerson(ctx.actor) ? boxesAtHand(ctx, token) : noBoxes
}

/** The page that a form without script was sent from. */
export function cameFrom(request: Request, otherwise: string): string {
  const came = request.headers.get('referer')
  const url = came && URL.canParse(came) ? new URL(came) : null
  return safePath(url && url.pathname + url.search, otherwise)
}

/** A link's secret is shown once: on the page that follows, by a cookie that lives for a minute and is taken away there. */
const freshLink = createCookie('fresh-link', { httpOnly: true, sameSite: 'strict', maxAge: 60 })

/** Not the page's own address: its data come from `<address>.data`, which is no path below it. */
const freshPath = '/lightboxes'

/** `Set-Cookie` that carries a new link to its box's page. */
export const freshLinkCookie = ({ context }: Pick<Asked, 'context'>, boxId: string, secret: string): Promise<string> =>
  freshLink.serialize({ boxId, secret }, { path: freshPath, secure: context.house.context.origin.startsWith('https://') })

/** The new link that waits for this page, and the header that takes it away. */
export async function takeFreshLink(
  { request }: Pick<Asked, 'request'>,
  boxId: string,
): Promise<{ secret: string | null; setCookie: string | null }> {
  const found = (await freshLink.parse(request.headers.get('Cookie'))) as { boxId?: unknown; secret?: unknown } | null
  const mine = found?.boxId === boxId && typeof found.secret === 'string' && /^[0-9a-z]{32}$/.test(found.secret)
  return mine
    ? { secret: found.secret as string, setCookie: await freshLink.serialize('', { path: freshPath, maxAge: 0 }) }
    : { secret: null, setCookie: null }
}

/** Who writes through links in this browser: a secret that says which comments are theirs, and the name that they gave. */
export interface LinkGuest {
  token: string
  name: string
}
const guestCookie = (args: Pick<Asked, 'context'>) => signedCookie(args, 'lightbox-guest', 180)

export async function linkGuestOf(args: Pick<Asked, 'request' | 'context'>): Promise<LinkGuest | null> {
  const found = (await guestCookie(args).parse(args.request.headers.get('Cookie'))) as Partial<LinkGuest> | null
  return typeof found?.token === 'string' && /^[0-9a-z]{32}$/.test(found.token) && typeof found.name === 'string'
    ? { token: found.token, name: found.name }
    : null
}
export const linkGuestCookie = (args: Pick<Asked, 'context'>, guest: LinkGuest): Promise<string> => guestCookie(args).serialize(guest)

/** Whether this browser has given the password of a link, the one that holds now. */
export async function isUnlocked(
  args: Pick<Asked, 'request' | 'context'>,
  link: { id: string; locked: boolean; seal: string },
): Promise<boolean> {
  if (!link.locked) return true
  const found: unknown = await signedCookie(args, `link-${link.id}`, 1).parse(args.request.headers.get('Cookie'))
  return found === link.seal
}
export const unlockedCookie = (args: Pick<Asked, 'context'>, link: { id: string; seal: string }): Promise<string> =>
  signedCookie(args, `link-${link.id}`, 1).serialize(link.seal)
