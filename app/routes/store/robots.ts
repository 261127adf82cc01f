import type { LoaderFunctionArgs } from '@remix-run/node'

const closed = [
  '/cart',
  '/checkout',
  '/search?',
  '/sign-in',
  '/register',
  '/library',
  '/rights',
  '/finance',
  '/compliance',
  '/admin',
  '/portal',
  '/account',
]

/** What robots may read: the store. Mining pictures for models is reserved, in words that machines know. */
export function loader({ context }: LoaderFunctionArgs) {
  const { origin } = context.house.context
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), 'Allow: /', '', `Sitemap: ${origin}/sitemap.xml`, '']
  return new Response(lines.join('\n'), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600', 'TDM-Reservation': '1' },
  })
}
