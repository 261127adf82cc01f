import { type RefusalCode, type Refusal, isRefusal } from '#services/kernel/errors.ts'
import { toSignIn } from './context.server.ts'

const statuses: Record<RefusalCode, number> = {
  malformed: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
}

/** What the error page is told (`useRouteError().data`). The refusal's own message is for the log: it names ids. */
export interface RefusalData {
  code: RefusalCode
  retryAfterSeconds?: number
}

/** The one map from a refusal to an answer: a status page, or the way to sign in. */
export function answerTo(refusal: Refusal, request: Request): Response {
  if (refusal.code === 'signed-out' && (request.method === 'GET' || request.method === 'HEAD')) return toSignIn(request)
  const { code, retryAfterSeconds } = refusal
  const headers = new Headers({ 'Cache-Control': 'no-store' })
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds))
  const body: RefusalData = retryAfterSeconds === undefined ? { code } : { code, retryAfterSeconds }
  return Response.json(body, { status: statuses[code], headers })
}

type Asking = { request: Request }

/** A loader or action whose refusals come out as answers. Faults pass: they are logged and become 500. */
export const answering =
  <A extends Asking, R>(ask: (args: A) => R) =>
  async (args: A): Promise<Awaited<R>> => {
    try {
      return await ask(args)
    } catch (error) {
      if (isRefusal(error)) throw answerTo(error, args.request)
      throw error
    }
  }
