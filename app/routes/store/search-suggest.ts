import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { suggest } from '#services/catalog/suggestions.ts'

/** What the search field offers while somebody types. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  return suggest(ctx, new URL(args.request.url).searchParams.get('q') ?? '')
}
