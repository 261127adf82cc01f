import { Refusal } from '#services/kernel/errors.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change must come from our own pages (docs/decisions/006-origin.md). The browser's own word (Sec-Fetch-Site) decides;
 * where it has none, Origin must name the host that was asked. A caller that sends neither is no browser with a form.
 */
export function assertOwnOrigin(request: Request, origin: string): void {
  if (harmless.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  if (site) {
    if (site === 'same-origin') return
    throw new Refusal('forbidden', `a ${site} request wanted to change something`)
  }
  const from = hostOf(request.headers.get('origin'))
  const own = [hostOf(origin), request.headers.get('host') ?? new URL(request.url).host]
  if (!from || !own.includes(from)) throw new Refusal('forbidden', `origin ${from ?? 'unknown'} wanted to change something`)
}

/**
 * The request as the router is to see it. The router has a check of its own: it compares Origin alone, knows nothing of
 * Sec-Fetch-Site, and has no page for a refusal, only a bare 500. Whatever it would stumble over goes on without its Origin;
 * `assertOwnOrigin`, which every route asks, then decides by Sec-Fetch-Site, or refuses for want of both, with a page.
 */
export function forRouter(request: Request): Request {
  const said = request.headers.get('origin')
  if (said === null || harmless.has(request.method)) return request
  const asked = request.headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? request.headers.get('host')
  if (hostOf(said) === asked) return request
  const headers = new Headers(request.headers)
  headers.delete('origin')
  return new Request(request, { headers })
}

const hostOf = (url: string | null): string | null => (url && URL.canParse(url) ? new URL(url).host : null)

/**
 * Where to go afterwards: a path of ours, or `otherwise`. `//evil.example`, `/\evil.example` and the like are not paths of
 * ours; nor is `/.//evil.example`, which becomes one of them once its dots are worked out.
 */
export function safePath(text: string | null | undefined, otherwise: string): string {
  if (!text || !text.startsWith('/') || text.length > 2000) return otherwise
  const base = 'http://own.invalid'
  if (!URL.canParse(text, base)) return otherwise
  const url = new URL(text, base)
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}${url.hash}` : otherwise
}
