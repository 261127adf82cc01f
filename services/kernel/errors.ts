/** The refusals that every page answers alike. "Not yours" and "not there" are the same answer: `not-found`. */
export type RefusalCode = 'not-found' | 'forbidden' | 'signed-out' | 'conflict' | 'too-many' | 'gone' | 'malformed'

/** Thrown, because no caller can act on it but the edge, which turns the code into a status page or an API error. */
export class Refusal extends Error {
  readonly isRefusal = true
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}

/** By brand, not by class: the server bundle and the process that runs it may each hold a copy of this module. */
export const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && (error as { isRefusal?: unknown }).isRefusal === true
