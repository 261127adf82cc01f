import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { templateOfList } from '#services/clearance/sheets.ts'

/** An empty list with one example in it. */
export async function loader(args: LoaderFunctionArgs) {
  await personOf(args)
  return streamAnswer(args.request, templateOfList(), { name: 'planned-uses.csv', mediaType: 'text/csv; charset=utf-8' })
}
