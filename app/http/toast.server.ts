import { createCookie, redirect } from '@remix-run/node'

export interface Toast {
  tone: 'success' | 'info' | 'warning' | 'danger'
  text: string
}

/** One message for the next page. It is shown as text and says nothing secret, so it needs no signature. */
const cookie = createCookie('toast', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 })

/** An address with what a header takes no part of written as addresses write it: it may hold what somebody sent. */
export const asHeader = (address: string): string =>
  address.replace(/[^\x21-\x7e]+/g, (some) => encodeURIComponent(Buffer.from(some).toString()))

/**
 * 303 to the next page, which says once what was done. Cookies of `headers` travel along. The words stand at the head of the
 * page: where something was refused they are all that has changed, so no place further down is gone to past them.
 */
export async function redirectWithToast(to: string, toast: Toast, headers = new Headers()): Promise<Response> {
  headers.append('Set-Cookie', await cookie.serialize(toast))
  const refused = toast.tone === 'warning' || toast.tone === 'danger'
  return redirect(asHeader(refused ? to.replace(/#.*$/, '') : to), { status: 303, headers })
}

const tones: readonly string[] = ['success', 'info', 'warning', 'danger']
const isToast = (value: unknown): value is Toast => {
  const toast = value as Toast | null
  return (
    typeof toast === 'object' && toast !== null && typeof toast.text === 'string' && toast.text.length <= 500 && tones.includes(toast.tone)
  )
}

/** The message that waits, and the header that takes it away. */
export async function takeToast(request: Request): Promise<{ toast: Toast | null; setCookie: string | null }> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  if (found === null) return { toast: null, setCookie: null }
  return { toast: isToast(found) ? found : null, setCookie: await cookie.serialize('', { maxAge: 0 }) }
}
