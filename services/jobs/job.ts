import type { ZodType } from 'zod'
import type { Context } from '../platform/context.ts'

/** A job is an operation run later, by the system actor of its house. It may run twice: every handler must bear that. */
export type Handler = (ctx: Context, payload: unknown) => Promise<unknown>

/** Binds a payload's shape to the work, so that each line of `handlers.ts` is checked as a pair. */
export const on = <T>(shape: ZodType<T>, work: (ctx: Context, payload: T) => Promise<unknown>): Handler => {
  return (ctx, payload) => work(ctx, shape.parse(payload))
}

/** The house that a payload names; a job that serves all houses names none. */
export const houseIdOf = (payload: unknown): string => {
  const named = (payload as { houseId?: unknown } | null)?.houseId
  return typeof named === 'string' ? named : ''
}
