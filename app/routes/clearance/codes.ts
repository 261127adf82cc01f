import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { codesOfLists } from '#services/clearance/sheets.ts'

/** Every code that a list may hold, with its English name. */
export async function loader(args: LoaderFunctionArgs) {
  await personOf(args)
  return streamAnswer(args.request, codesOfLists(), { name: 'codes.csv', mediaType: 'text/csv; charset=utf-8' })
}
