import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { problemLines } from '#services/exchange/import-views.ts'

/** The complaints about a file, as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { name, chunks } = await problemLines(ctx, args.params.importId ?? '')
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
