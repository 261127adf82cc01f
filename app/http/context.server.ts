import { redirect, type AppLoadContext } from '@remix-run/node'
import { houseAt } from '#services/accounts/houses.ts'
import { personOfSession } from '#services/accounts/sessions.ts'
import { hasRole, isPerson, isStaff, type Person, type Role } from '#services/kernel/actor.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { Context } from '#services/platform/context.ts'
import { assertOwnOrigin } from './guard.server.ts'
import { asking, negotiate, settleLanguage } from './language.server.ts'
import type { Asked } from './load-context.server.ts'
import { sessionSecretOf } from './session.server.ts'

export type PersonContext = Context & { actor: Person }

// One request runs several loaders; they ask once. Keyed by the load context, which server.ts makes anew each time.
const asked = new WeakMap<AppLoadContext, Promise<Context>>()

/** Who asks, and the world they ask in. Refuses changes that do not come from our own pages. */
export async function contextOf(args: Asked): Promise<Context> {
  assertOwnOrigin(args.request, args.context.house.context.origin)
  const known = asked.get(args.context)
  const made = known ?? build(args)
  if (!known) asked.set(args.context, made)
  const ctx = await made
  settleLanguage(args.request, ctx.language)
  return ctx
}

/** Who asked, where a loader has wanted to know it in this request. */
export const knownContext = (args: Pick<Asked, 'context'>): Promise<Context> | undefined => asked.get(args.context)

async function build(args: Asked): Promise<Context> {
  const { house, requestId } = args.context
  const houseId = await houseOf(args)
  const secret = sessionSecretOf(args)
  const person = secret ? await personOfSession(house.context, secret) : null
  // A cookie of another house (several may live on one machine) is nobody here.
  const actor = person?.houseId === houseId ? person : ({ kind: 'guest', houseId } as const)
  const { language, leadTo } = negotiate(asking(args.request, isPerson(actor) ? actor : null))
  if (leadTo) throw redirect(leadTo, { headers: { Vary: 'Cookie, Accept-Language', 'Cache-Control': 'no-store' } })
  return { ...house.context, actor, requestId, language }
}

const houses = new WeakMap<object, Map<string, { houseId: string; until: number }>>()

/** Which house answers at this address; remembered for a minute, since it is asked by every request. */
export async function houseOf({ request, context }: Asked): Promise<string> {
  const { db, clock } = context.house.context
  const host = request.headers.get('host') ?? new URL(request.url).host
  const known = houses.get(db) ?? new Map<string, { houseId: string; until: number }>()
  houses.set(db, known)
  const now = clock.now().getTime()
  const hit = known.get(host)
  if (hit && hit.until > now) return hit.houseId
  const houseId = await houseAt({ db }, host)
  if (!houseId) throw new Refusal('not-found', `no house answers at ${host}`)
  // Whoever makes up Host headers fills no memory.
  if (known.size >= 500) known.clear()
  known.set(host, { houseId, until: now + 60_000 })
  return houseId
}

/** A signed-in person; anybody else is sent to sign in and comes back here afterwards. */
export async function personOf(args: Asked): Promise<PersonContext> {
  const ctx = await contextOf(args)
  if (!isPerson(ctx.actor)) throw toSignIn(args.request)
  return ctx as PersonContext
}

/** A person of the house with one of `roles` (its administrators hold them all); with none named, anyone of the house. */
export async function staffOf(args: Asked, ...roles: Role[]): Promise<PersonContext> {
  const ctx = await personOf(args)
  if (!isStaff(ctx.actor) || (roles.length > 0 && !hasRole(ctx.actor, 'ADMINISTRATOR', ...roles)))
    throw new Refusal('forbidden', `needs ${roles.join(' or ') || 'staff'}`)
  return ctx
}

/** The way to the sign-in page and back. A form that was sent signed out comes back to the page that held it. */
export function toSignIn(request: Request): Response {
  const url = new URL(request.url)
  const referrer = request.headers.get('referer')
  const page =
    request.method === 'GET' || request.method === 'HEAD' ? url : referrer && URL.canParse(referrer) ? new URL(referrer) : undefined
  const then = page && page.host === url.host ? `${page.pathname.replace(/\.data$/, '')}${page.search}` : undefined
  return redirect(then && then !== '/' ? `/sign-in?${new URLSearchParams({ then })}` : '/sign-in')
}
