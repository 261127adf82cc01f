import type { LoaderFunctionArgs } from '@remix-run/node'
import { houseOf } from '#app/http/context.server.ts'
import { actorOfKey } from '#services/accounts/access-keys.ts'
import { calendarFeed, feedWishOf } from '#services/desk/calendar-feed.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { isStaff } from '#services/kernel/actor.ts'
import { reviewFeed } from '#services/review/feed.ts'

/** The rights calendar, or that of one's reviews, for other programs. The secret in the address is all that they have; no cookie is looked at. */
export async function loader(args: LoaderFunctionArgs) {
  const { house, requestId, ip } = args.context
  const guest = { ...house.context, requestId, actor: { kind: 'guest', houseId: await houseOf(args) } as const }
  const secret = (args.params.key ?? '').replace(/\.ics$/, '')
  const actor = await actorOfKey(guest, secret, 'calendar', ip)
  if (!actor || !isStaff(actor)) throw new Refusal('not-found', 'no calendar opens with this key')
  const { searchParams } = new URL(args.request.url)
  const reviews = searchParams.get('of') === 'reviews'
  const { body, etag } = reviews ? await reviewFeed({ ...guest, actor }) : await calendarFeed({ ...guest, actor }, feedWishOf(searchParams))
  const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' }
  const known = args.request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.includes(etag) || known?.includes('*')) return new Response(null, { status: 304, headers })
  return new Response(body, {
    headers: {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `inline; filename="${reviews ? 'reviews' : 'rights'}.ics"`,
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
