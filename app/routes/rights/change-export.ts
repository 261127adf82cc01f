import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { exportChangeCsv } from '#services/desk/change-export.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { name, chunks } = await exportChangeCsv(ctx, args.params.planId ?? '')
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
