import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { exportLines } from '#services/desk/bulk.ts'
import { filterOf } from '#services/desk/rules/filter.ts'
import { selectionOf } from '#app/http/worklist.server.ts'

/** The ticked lines as CSV; with none ticked, all that the filter leaves. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  const which = selectionOf(searchParams)
  const nothing = 'items' in which && which.items.length === 0
  const { name, chunks } = await exportLines(
    ctx,
    nothing ? { filter: filterOf(new URLSearchParams(searchParams.get('filter') ?? '')) } : which,
  )
  return streamAnswer(args.request, chunks, { name, mediaType: 'text/csv; charset=utf-8' })
}
