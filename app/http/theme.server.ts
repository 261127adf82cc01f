import { createCookie } from '@remix-run/node'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const cookie = createCookie('theme', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 31_536_000 })

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme)

/** What the reader chose last; `system` where nothing was chosen. The server knows it before the first byte: no flash. */
export async function themeOf(request: Request): Promise<Theme> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  return isTheme(found) ? found : 'system'
}

/** The header that remembers the choice. */
export const rememberTheme = (value: unknown): Promise<string> => cookie.serialize(isTheme(value) ? value : 'system')
