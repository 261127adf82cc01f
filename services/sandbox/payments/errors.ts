/** An error as Stripe words it: the HTTP status and the body's `error` member. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly error: {
      type: 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error'
      message: string
      code?: string
      param?: string
    },
  ) {
    super(error.message)
  }
}

export const invalid = (message: string, more: { code?: string; param?: string } = {}, status = 400): ApiError =>
  new ApiError(status, { type: 'invalid_request_error', message, ...more })

export const noSuch = (what: string, id: string, param = 'id'): ApiError =>
  invalid(`No such ${what}: '${id}'`, { code: 'resource_missing', param }, 404)
