import { createCookie } from '@remix-run/node'

/** How results go on: page by page, or further down the same page. */
export const ways = ['pages', 'continuous'] as const
export type Way = (typeof ways)[number]

const cookie = createCookie('browsing', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 31_536_000 })

/** What this visitor chose; pages where nothing was chosen. */
export async function wayOf(request: Request): Promise<Way> {
  return (await cookie.parse(request.headers.get('Cookie'))) === 'continuous' ? 'continuous' : 'pages'
}

/** The header that remembers the choice. */
export const rememberWay = (asked: unknown): Promise<string> => cookie.serialize(asked === 'continuous' ? 'continuous' : 'pages')
