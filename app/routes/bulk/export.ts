import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { recordsAsCsv } from '#services/assets/record-file.ts'

/** The records of a selection as a CSV file that can be brought in again. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const search = new URL(args.request.url).searchParams
  const selectionId = search.get('selection')
  const ids = search
    .getAll('ids')
    .flatMap((some) => some.split(','))
    .filter(Boolean)
  const rows = recordsAsCsv(ctx, selectionId ? { selectionId } : { ids })
  // The first line is read before anything is sent: a selection that is not there is a page, not a broken file.
  const first = await rows.next()
  const source = Readable.from(
    (async function* () {
      if (!first.done) yield first.value
      yield* rows
    })(),
  )
  return new Response(createReadableStreamFromReadable(source), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="records.csv"',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
