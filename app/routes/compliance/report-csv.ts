import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { exportReportCsv } from '#services/compliance/reports.ts'
import { reportInput } from '#services/compliance/schema.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER')
  const wanted = reportInput.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  const { name, chunks } = await exportReportCsv(ctx, wanted)
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
