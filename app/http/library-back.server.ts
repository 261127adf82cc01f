/** Back to the page of the library that a form stood on; nowhere else. */
export function backTo(request: Request): string {
  const from = request.headers.get('Referer')
  if (!from || !URL.canParse(from)) return '/library'
  const { host, pathname, search } = new URL(from)
  const own = host === (request.headers.get('X-Forwarded-Host') ?? request.headers.get('Host') ?? new URL(request.url).host)
  return own && /^\/library(\/|$)/.test(pathname) ? pathname + search : '/library'
}
