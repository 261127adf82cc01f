import type { ActionFunctionArgs } from '@remix-run/node'
import { openWithKey } from '#services/accounts/access-keys.ts'
import type { OpenWithKeyError } from '#services/accounts/errors.ts'
import type { AccessScope } from '#services/accounts/rules/access-keys.ts'
import { houseOf, type PersonContext } from './context.server.ts'
import type { Asked } from './load-context.server.ts'
import { problemAnswer, ProblemError, problemOf, type Problem } from './problem.server.ts'

export type ApiContext = PersonContext & { keyId: string }

const keyPage = 'Make one at /account/keys and send it as “Authorization: Bearer cmk_…”.'
const sayings: Record<OpenWithKeyError, Omit<Problem, 'code'>> = {
  'unknown-key': {
    status: 401,
    title: 'This access key opens nothing',
    detail: `It is wrong, revoked or expired, or its seat has ended. ${keyPage}`,
  },
  'scope-missing': { status: 403, title: 'This access key is not for this', detail: 'Make a key at /account/keys that may do this.' },
  'too-many': { status: 429, title: 'Too many requests', detail: 'Wait as long as Retry-After says, then repeat.' },
}
const challenge = { 'WWW-Authenticate': 'Bearer realm="Clearmark"' }

/**
 * Who asks, by the key in the header. No cookie is looked at here, so a browser that is signed in lends nobody its
 * sign-in and an origin need not be checked.
 */
async function actorOfRequest(args: Asked, scope: AccessScope): Promise<ApiContext> {
  const { house, requestId, ip } = args.context
  const houseId = await houseOf(args)
  const secret = /^Bearer +(\S{1,200}) *$/i.exec(args.request.headers.get('authorization') ?? '')?.[1]
  if (!secret) throw new ProblemError({ code: 'key-missing', status: 401, title: 'No access key', detail: keyPage, headers: challenge })
  const ctx = { ...house.context, requestId, actor: { kind: 'guest', houseId } as const }
  const opened = await openWithKey(ctx, { secret, scope, ip })
  if (opened.ok) return { ...ctx, actor: opened.value.person, keyId: opened.value.keyId }
  const said = sayings[opened.error]
  const wait = (opened.detail as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds
  throw new ProblemError({
    code: opened.error,
    ...said,
    headers: { ...(said.status === 401 && challenge), ...(wait !== undefined && { 'Retry-After': String(wait) }) },
  })
}

/** A route of the API: who, by key and scope; whatever is refused below comes out as problem+json. */
export const apiRoute =
  (scope: AccessScope, answer: (ctx: ApiContext, args: ActionFunctionArgs) => Promise<Response>) =>
  async (args: ActionFunctionArgs): Promise<Response> => {
    try {
      return await answer(await actorOfRequest(args, scope), args)
    } catch (error) {
      const said = problemOf(error, args.context.requestId)
      if (said) return said
      args.context.house.context.log.error('api.fault', { error, requestId: args.context.requestId })
      return problemAnswer(
        {
          code: 'fault',
          status: 500,
          title: 'Something went wrong on our side',
          detail: 'Repeat it. If it happens again, tell us the instance.',
        },
        args.context.requestId,
      )
    }
  }

/** For the methods that an address does not have. */
export const methodNotAllowed = (args: Asked, allow: string): Response =>
  problemAnswer(
    {
      code: 'method-not-allowed',
      status: 405,
      title: 'This method is not offered here',
      detail: `Use ${allow}.`,
      headers: { Allow: allow },
    },
    args.context.requestId,
  )

const tooLarge = (most: number): ProblemError =>
  new ProblemError({
    code: 'too-large',
    status: 413,
    title: 'The body is too large',
    detail: `Send at most ${Math.floor(most / 1_000_000)} MB; split a longer list.`,
  })

/** The body's bytes, refused as soon as it says or shows that it is longer than `most`. */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most)
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
