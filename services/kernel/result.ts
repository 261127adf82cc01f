/** What an operation hands back: the value, or the one word that says why not, with facts that help the reader act. */
export type Result<T, E extends string = never> = { ok: true; value: T } | Failure<E>

export interface Failure<E extends string> {
  ok: false
  error: E
  /** Facts for the sentence that the edge words: a limit, a date, what is in the way. Never another customer's name. */
  detail?: unknown
}

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const fail = <const E extends string>(error: E, detail?: unknown): Failure<E> =>
  detail === undefined ? { ok: false, error } : { ok: false, error, detail }
