import { createCookie, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { wordsOf } from '#app/words/words.ts'
import type { UploadAnswer } from '#app/components/assets/upload-words.ts'
import type { ReceiveUploadError } from '#services/assets/errors.ts'
import { limitWords } from '#services/assets/rules/file-types.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Language } from '#services/kernel/language.ts'
import type { ClosedDoorError } from '#services/intake/errors.ts'
import { followGuestLink, type FollowedGuestLink } from '#services/intake/guest-doors.ts'
import { asSender, sendingOf, type Sending } from '#services/intake/sendings.ts'
import type { Context } from '#services/platform/context.ts'
import { contextOf } from './context.server.ts'
import type { Asked } from './load-context.server.ts'
import { signedCookie } from './signed-cookie.server.ts'

const visitCookie = (args: Pick<Asked, 'context'>, linkId: string) => signedCookie(args, `visit-${linkId}`, 7)
const doorCookie = (args: Pick<Asked, 'context'>, linkId: string) => signedCookie(args, `door-${linkId}`, 1)

export interface AtDoor {
  /** Nobody, in the house: a guest, whoever else they may be signed in as. */
  ctx: Context
  secret: string
  link: FollowedGuestLink
  unlocked: boolean
  /** The visit of this browser, while its cookie and the link's password hold. */
  sending: Sending | null
}

/** Who stands at the door of a guest link. A person who is signed in is a guest here like any other: the door knows visits only. */
export async function atDoor(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<AtDoor> {
  const asked = await contextOf(args)
  const ctx: Context = { ...asked, actor: { kind: 'guest', houseId: asked.actor.houseId } }
  const secret = args.params.secret ?? ''
  const link = await followGuestLink(ctx, secret, args.context.ip)
  const cookies = args.request.headers.get('Cookie')
  const unlocked = !link.locked || (await doorCookie(args, link.id).parse(cookies)) === link.seal
  const token: unknown = unlocked ? await visitCookie(args, link.id).parse(cookies) : null
  const sending = typeof token === 'string' && /^[0-9a-z]{32}$/.test(token) ? await sendingOf(ctx, link.id, token) : null
  return { ctx, secret, link, unlocked, sending }
}

/** The visit that a file is sent in, as its own actor. A browser without one has nothing here. */
export async function visitorOf(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<AtDoor & { ctx: Context; sending: Sending }> {
  const door = await atDoor(args)
  const { sending } = door
  if (!sending) throw new Refusal('not-found', 'no visit at this link')
  return { ...door, sending, ctx: asSender(door.ctx, sending) }
}

export const unlockedDoorCookie = (args: Pick<Asked, 'context'>, link: { id: string; seal: string }): Promise<string> =>
  doorCookie(args, link.id).serialize(link.seal)
export const visitCookieOf = (args: Pick<Asked, 'context'>, linkId: string, token: string): Promise<string> =>
  visitCookie(args, linkId).serialize(token, token === '' ? { maxAge: 0 } : {})

/** Why a file was not taken, in the sender's language; nothing in it tells of the library. */
export function guestRefusal(language: Language, error: ReceiveUploadError | ClosedDoorError, detail: unknown): UploadAnswer {
  const t = wordsOf(language, 'guests')
  const { limit = 0 } = (detail ?? {}) as { limit?: number }
  const message = {
    'too-large': () => t('errors.too-large', { limit: limitWords(limit) }),
    'refused-type': () => t('errors.refused-type'),
    'cut-off': () => t('errors.cut-off'),
    // A guest's file never meets these; the words are for whatever comes by mistake.
    'duplicate-of': () => t('errors.not-accepted'),
    'same-as-current': () => t('errors.not-accepted'),
    'asset-archived': () => t('errors.not-accepted'),
    'link-ended': () => t('closed.ended'),
    'link-revoked': () => t('closed.revoked'),
    'link-full': () => t('errors.link-full'),
    'sending-closed': () => t('errors.sending-closed'),
  }[error]()
  return { ok: false, error, message }
}

/** The address is the key: it is not kept, not indexed and not passed on. */
export const doorHeaders = {
  'Cache-Control': 'private, no-store',
  // Not `no-referrer`: then a form without script names no origin, and is refused as anybody's.
  'Referrer-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex, nofollow',
}

/** A link's secret is shown once: on the page that follows, by a cookie that lives for a minute and is taken away there. */
const freshLink = createCookie('fresh-guest-link', { httpOnly: true, sameSite: 'strict', maxAge: 60 })
// The page's data have an address beside the page's own.
const freshPath = '/library/links'

export const freshGuestLinkCookie = ({ context }: Pick<Asked, 'context'>, linkId: string, secret: string): Promise<string> =>
  freshLink.serialize({ linkId, secret }, { path: freshPath, secure: context.house.context.origin.startsWith('https://') })

/** The new link's address for its own page, and the header that takes the cookie away. */
export async function takeFreshGuestLink({ request }: Pick<Asked, 'request'>, linkId: string) {
  const found = (await freshLink.parse(request.headers.get('Cookie'))) as { linkId?: unknown; secret?: unknown } | null
  const mine = found?.linkId === linkId && typeof found.secret === 'string' && /^[0-9a-z]{32}$/.test(found.secret)
  return mine
    ? { secret: found.secret as string, setCookie: await freshLink.serialize('', { path: freshPath, maxAge: 0 }) }
    : { secret: null, setCookie: null }
}

/** An answer for the queue's own requests. */
export const asJson = (answer: UploadAnswer | null, status: number): Response =>
  Response.json(answer, { status, headers: { 'Cache-Control': 'no-store' } })
