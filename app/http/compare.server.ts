import { createCookie } from '@remix-run/node'
import { comparedAtMost } from '#services/catalog/rules/compare.ts'
import { tilesById, type Tile } from '#services/catalog/tiles.ts'
import type { Context } from '#services/platform/context.ts'
import type { Asked } from './load-context.server.ts'

const cookie = createCookie('compare', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 30 * 86_400 })

/** The ids of pictures among some texts: each once, as many as can stand side by side. */
export const comparedIds = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((id) => /^ast_[0-9a-z]{1,60}$/i.test(id)).slice(0, comparedAtMost)

/** What lies in this browser's tray. */
export async function trayOf(request: Request): Promise<string[]> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  return comparedIds(typeof found === 'string' ? found.split('.') : [])
}

/** The header that keeps the tray, or takes an empty one away. */
export const trayCookie = ({ context }: Pick<Asked, 'context'>, ids: readonly string[]): Promise<string> =>
  cookie.serialize(ids.join('.'), { secure: context.house.context.origin.startsWith('https://'), ...(ids.length === 0 && { maxAge: 0 }) })

/** The pictures in the tray, for the shell; nobody is asked where it is empty. */
export const trayTiles = async (request: Request, ctx: Context): Promise<Tile[]> => tilesById(ctx, await trayOf(request))
