import type { LoaderFunctionArgs } from '@remix-run/node'

const closed = [
  '/cart',
  '/checkout',
  '/search?',
  '/de/search?',
  '/compare',
  '/seen',
  '/comps',
  '/sign-in',
  '/register',
  '/library',
  '/rights',
  '/clearance',
  '/calendar',
  '/api',
  '/finance',
  '/compliance',
  '/admin',
  '/portal',
  '/account',
]

/** Those who say that they collect for training. Search engines and their answering agents are others, and welcome. */
const trainers = [
  'GPTBot',
  'ClaudeBot',
  'anthropic-ai',
  'CCBot',
  'Google-Extended',
  'Applebot-Extended',
  'Meta-ExternalAgent',
  'Bytespider',
  'Amazonbot',
  'cohere-ai',
]

/** What robots may read: the store. Mining pictures for models is reserved, in words that machines know (RFC 9309, TDMRep, the AIPREF draft). */
export function loader({ context }: LoaderFunctionArgs) {
  const { origin } = context.house.context
  const lines = [
    ...trainers.map((agent) => `User-agent: ${agent}`),
    'Disallow: /',
    '',
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    'Allow: /',
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ]
  return new Response(lines.join('\n'), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600', 'TDM-Reservation': '1', 'Content-Usage': 'train-ai=n' },
  })
}
