import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { exportTrail } from '#services/compliance/audit.ts'
import { trailInput } from '#services/compliance/schema.ts'

const formats = {
  'trail.ndjson': { format: 'ndjson', mediaType: 'application/x-ndjson; charset=utf-8' },
  'trail.csv': { format: 'csv', mediaType: 'text/csv; charset=utf-8' },
} as const

/** The trail as a file that carries its own proof. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER')
  const file = args.params.file ?? ''
  const named = Object.hasOwn(formats, file) ? formats[file as keyof typeof formats] : undefined
  if (!named) throw new Refusal('not-found', 'no such export')
  const { from, to } = trailInput.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  const { name, chunks } = await exportTrail(ctx, { format: named.format, from, to })
  return streamAnswer(args.request, chunks, { name, mediaType: named.mediaType })
}
