import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { completeLibrary } from '#services/catalog/library-completions.ts'

/** What may come next in the library's search field. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { searchParams } = new URL(args.request.url)
  const typed = (searchParams.get('typed') ?? '').slice(0, 100)
  return { completions: await completeLibrary(ctx, { field: searchParams.get('field')?.toLowerCase().slice(0, 50) ?? null, typed }) }
}
