/** Leaves the work of a request; the server makes the answer that the real one gives. */
export class AnswerError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}
