import { Readable } from 'node:stream'
import type { $ZodIssue } from 'zod/v4/core'
import { listLimits } from '#services/clearance/rules/columns.ts'
import type { ListFault } from '#services/clearance/rules/header.ts'
import { readLine } from '#services/clearance/rules/line.ts'
import { clearanceRequest, givenOf } from '#services/clearance/schema.ts'
import { readList, type ListRow } from '#services/clearance/tables.ts'
import { readBody } from './api.server.ts'
import { ProblemError, type Fault } from './problem.server.ts'

export interface ReadRequest {
  rows: ListRow[]
  holderOrgId: string | null
  idempotency: { key: string; body: Buffer } | null
}
const most = 100

const unprocessable = (errors: readonly Fault[]): ProblemError =>
  new ProblemError({
    code: 'uses-unreadable',
    status: 422,
    title: 'Some of it cannot be read',
    detail: 'Nothing was asked. Mend what “errors” names and send it again.',
    errors: errors.slice(0, most),
  })

/** What a program sent: planned uses that can be read, or a problem that says what is wrong where. */
export async function readClearance(request: Request, zone: string): Promise<ReadRequest> {
  const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const read = Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined
  if (!read || !['', 'identity'].includes(request.headers.get('content-encoding') ?? ''))
    throw new ProblemError({
      code: 'media-type',
      status: 415,
      title: 'This kind of body is not understood',
      detail: 'Send application/json or text/csv, not compressed.',
      headers: { 'Accept-Post': 'application/json, text/csv' },
    })
  const key = request.headers.get('idempotency-key')
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new ProblemError({
      code: 'idempotency-key',
      status: 422,
      title: 'This Idempotency-Key cannot be kept',
      detail: 'Use 1 to 200 visible ASCII characters, such as a UUID.',
    })
  const body = await readBody(request, listLimits.bytes)
  const { rows, holderOrgId, fault } = await read(body, new URL(request.url).searchParams)
  const errors: Fault[] = []
  for (const { no, given } of rows) {
    const line = readLine(given, zone)
    if (!line.ok) errors.push(...line.complaints.map(({ column, message }) => fault(no, column, message)))
    // What was meant by a word that is none takes long to guess, and no more than these are told.
    if (errors.length >= most) break
  }
  if (errors.length > 0) throw unprocessable(errors)
  return { rows, holderOrgId, idempotency: key === null ? null : { key, body: Buffer.concat([Buffer.from(`${mediaType}\n`), body]) } }
}

interface Parsed extends Pick<ReadRequest, 'rows' | 'holderOrgId'> {
  /** How a complaint about a cell is told: where it was written. */
  fault: (no: number, column: string, message: string) => Fault
}
const readers: Record<string, (body: Buffer, search: URLSearchParams) => Promise<Parsed>> = {
  'application/json': readJson,
  'text/csv': readCsv,
}

async function readJson(body: Buffer, search: URLSearchParams): Promise<Parsed> {
  const sent = clearanceRequest.safeParse(jsonOf(body))
  if (!sent.success) throw unprocessable(sent.error.issues.map(faultOf))
  const { uses, for: holderOrgId = search.get('for') } = sent.data
  return {
    rows: uses.map((use, i) => ({ no: i + 1, given: givenOf(use) })),
    holderOrgId,
    fault: (no, column, detail) => ({ pointer: `/uses/${no - 1}/${column}`, detail }),
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch (error) {
    const detail = error instanceof SyntaxError ? `It is no JSON: ${error.message}.` : 'It is not UTF-8. Encode the body as UTF-8.'
    throw new ProblemError({ code: 'malformed-json', status: 400, title: 'The body cannot be read', detail })
  }
}

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1')
function faultOf({ path, message, ...issue }: $ZodIssue): Fault {
  const pointer = path.map((part) => `/${escaped(part)}`).join('')
  if (issue.code === 'unrecognized_keys')
    return { pointer, detail: `There is no ${issue.keys.map((name) => `“${name.slice(0, 60)}”`).join(', ')} here. Leave it out.` }
  return { pointer, detail: message }
}

async function readCsv(body: Buffer, search: URLSearchParams): Promise<Parsed> {
  const list = await readList(Readable.from([body]))
  if (!list.ok) {
    const { faults } = list.detail as { faults: ListFault[] }
    throw unprocessable(faults.map(({ row, column, message }) => ({ row, column, detail: message })))
  }
  return { rows: list.value.rows, holderOrgId: search.get('for'), fault: (row, column, detail) => ({ row, column, detail }) }
}
