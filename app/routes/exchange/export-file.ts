import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { exportInput } from '#services/exchange/export-schema.ts'
import { exportRights } from '#services/exchange/exporting.ts'

/** Rights as CSV. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const wanted = exportInput.safeParse(Object.fromEntries(new URL(args.request.url).searchParams))
  if (!wanted.success) throw new Refusal('malformed', wanted.error.issues[0]?.message ?? 'not an export')
  const { name, chunks } = await exportRights(ctx, wanted.data)
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
