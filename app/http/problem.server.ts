import { isRefusal, type RefusalCode } from '#services/kernel/errors.ts'

/** What is wrong with one part of what was sent: a JSON pointer, or a row and a column of a CSV. */
export interface Fault {
  pointer?: string
  row?: number
  column?: string
  detail: string
}
/** An answer that is a refusal, as RFC 9457 has it. `detail` says what to do. */
export interface Problem {
  status: number
  /** Stable: programs may branch on it. */
  code: string
  title: string
  detail: string
  errors?: readonly Fault[]
  headers?: Record<string, string>
}

/** Thrown inside an API route to end it with this problem. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
    this.name = 'ProblemError'
  }
}

/** The problem as an answer; `instance` is the request's id, by which our logs find it. */
export function problemAnswer({ status, code, title, detail, errors, headers }: Problem, requestId: string): Response {
  const body = {
    type: `urn:clearmark:problem:${code}`,
    title,
    status,
    detail,
    instance: `urn:clearmark:request:${requestId}`,
    ...(errors && { errors }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers },
  })
}

const refusals: Record<RefusalCode, Omit<Problem, 'code'>> = {
  malformed: { status: 400, title: 'The request is malformed', detail: 'Compare it with the description at /api/v1/openapi.json.' },
  'signed-out': {
    status: 401,
    title: 'No access key',
    detail: 'Send the header “Authorization: Bearer cmk_…” with a key made at /account/keys.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    detail: 'The person whose key this is may not do that. Ask an administrator for the role.',
  },
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing at this address that this key may see.' },
  conflict: { status: 409, title: 'Conflict', detail: 'Somebody else changed this a moment ago. Read it again, then repeat.' },
  gone: { status: 410, title: 'Gone', detail: 'This was here once and is no longer offered.' },
  'too-many': { status: 429, title: 'Too many requests', detail: 'Wait as long as Retry-After says, then repeat.' },
}

/** A refusal or a problem thrown anywhere below as its answer; undefined for faults, which are ours and become 500. */
export function problemOf(error: unknown, requestId: string): Response | undefined {
  if (error instanceof ProblemError) return problemAnswer(error.problem, requestId)
  if (!isRefusal(error)) return undefined
  const { code, retryAfterSeconds } = error
  const headers = retryAfterSeconds === undefined ? {} : { headers: { 'Retry-After': String(retryAfterSeconds) } }
  return problemAnswer({ code, ...refusals[code], ...headers }, requestId)
}
