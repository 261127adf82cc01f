import { createCookie } from '@remix-run/node'

/**
 * The words by which a browser found its last pictures, kept in the browser alone and for an hour: so that what is put into a cart can be
 * counted for them, where the house lets its searches learn. No person, no id.
 */
const cookie = createCookie('found-by', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 3_600 })
const most = 8
/** Browsers drop a cookie of more than four kilobytes; what is written here grows by half on its way there. */
const mostBytes = 2_400

type Trail = [assetId: string, text: string][]

async function trailOf(request: Request): Promise<Trail> {
  const found: unknown = await cookie.parse(request.headers.get('Cookie'))
  return Array.isArray(found)
    ? found
        .filter((one): one is [string, string] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string')
        .slice(0, most)
    : []
}

/** The words by which this browser last found a picture; null where it came another way. */
export const foundBy = async (request: Request, assetId: string): Promise<string | null> =>
  (await trailOf(request)).find(([id]) => id === assetId)?.[1] ?? null

/** The header that remembers how a picture was found. */
export async function rememberFound(request: Request, assetId: string, text: string): Promise<string> {
  const others = (await trailOf(request)).filter(([id]) => id !== assetId)
  const trail: Trail = [[assetId, text.slice(0, 200)], ...others].slice(0, most) as Trail
  while (trail.length > 1 && Buffer.byteLength(JSON.stringify(trail)) > mostBytes) trail.pop()
  return cookie.serialize(trail)
}
