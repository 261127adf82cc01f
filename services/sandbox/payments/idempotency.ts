import { createHash } from 'node:crypto'
import { ApiError } from './errors.ts'
import type { KeptAnswer, World } from './world.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * The rules of docs.stripe.com/api/idempotent_requests: the first answer of a key is kept, errors of execution included, and
 * replayed; another request under the same key is refused; while the first one runs, a second is told to come later; an
 * answer of validation is not kept.
 */
export function idempotency(world: World) {
  const running = new Set<string>()
  return {
    async once(
      key: string | undefined,
      request: string,
      work: () => Promise<{ status: number; body: string; keep: boolean }>,
    ): Promise<{ status: number; body: string; replayed: boolean }> {
      if (!key) return { ...(await work()), replayed: false }
      if (key.length > 255)
        throw new ApiError(400, { type: 'invalid_request_error', message: 'Idempotency keys are at most 255 characters long.' })
      const fingerprint = digest(request)
      const kept: KeptAnswer | undefined = world.state.kept[key]
      if (kept && kept.fingerprint !== fingerprint)
        throw new ApiError(400, {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        })
      if (kept) return { status: kept.status, body: kept.body, replayed: true }
      if (running.has(key))
        throw new ApiError(409, {
          type: 'invalid_request_error',
          code: 'idempotency_key_in_use',
          message: `There is currently another in-progress request using this Stripe-Idempotent-Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
        })
      running.add(key)
      try {
        const answer = await work()
        if (answer.keep) world.state.kept[key] = { fingerprint, status: answer.status, body: answer.body, at: world.clock.now().getTime() }
        return { ...answer, replayed: false }
      } finally {
        running.delete(key)
      }
    },
  }
}
