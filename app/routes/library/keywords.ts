import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { suggestKeywords } from '#services/assets/keyword-suggestions.ts'

/** Words for somebody who types a keyword. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return suggestKeywords(ctx, new URL(args.request.url).searchParams.get('typed') ?? '')
}
