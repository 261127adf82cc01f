import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { listResult } from '#services/clearance/views.ts'

/** The rows of a list with their answers, as CSV; it streams as long as somebody reads. */
export async function loader(args: LoaderFunctionArgs) {
  const { name, chunks } = await listResult(await personOf(args), args.params.clearanceId ?? '')
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
