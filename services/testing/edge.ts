import type { Actor } from '#services/kernel/actor.ts'
import { openSession } from '#services/accounts/sessions.ts'
import type { TestContext } from './context.ts'

export interface Asking {
  /** Who asks; a guest unless told. The person gets a real session. */
  as?: Actor
  params?: Record<string, string>
  /** Fields of a form: makes it a POST from our own page. */
  form?: Record<string, string | string[]> | FormData
  method?: string
  headers?: Record<string, string>
}

/**
 * The arguments of a loader or action as the server would make them: `loader(await asked(ctx, '/orders', { as: person }))`.
 * The world behind is `ctx`; the request carries the cookie of a real session.
 */
export async function asked(
  ctx: TestContext,
  path: string,
  { as, params = {}, form, method = form ? 'POST' : 'GET', headers = {} }: Asking = {},
) {
  const all = new Headers({ host: new URL(ctx.origin).host, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0', ...headers })
  if (as?.kind === 'person') {
    const { secret } = await openSession(ctx, { userId: as.userId, memberId: as.memberId })
    all.append('cookie', `__Host-clearmark=${secret}`)
  }
  if (method !== 'GET' && !all.has('origin') && !all.has('sec-fetch-site')) all.set('sec-fetch-site', 'same-origin')
  const request = new Request(new URL(path, ctx.origin), { method, headers: all, ...(form && { body: bodyOf(form) }) })
  const context = { house: { context: ctx, close: async () => {} }, nonce: 'test', requestId: ctx.requestId, ip: '192.0.2.1' }
  return { request, params, context } as never as { request: Request; params: Record<string, string>; context: never }
}

function bodyOf(form: NonNullable<Asking['form']>): URLSearchParams | FormData {
  if (form instanceof FormData) return form
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) for (const each of [value].flat()) body.append(name, each)
  return body
}
