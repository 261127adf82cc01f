import type { LoaderFunctionArgs } from '@remix-run/node'
import { refusalOf } from '#app/components/assets/upload-words.ts'
import { staffOf } from '#app/http/context.server.ts'
import { knownBytes } from '#services/assets/known-bytes.ts'

/** Whether the library has these bytes, asked before they are sent. Null: it has not. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const search = new URL(args.request.url).searchParams
  const known = await knownBytes(ctx, { sha256: search.get('sha256') ?? '', assetId: search.get('asset') ?? undefined })
  return Response.json(
    known && refusalOf(known.id === search.get('asset') ? 'same-as-current' : 'duplicate-of', { ...known, assetId: known.id }),
    {
      headers: { 'Cache-Control': 'no-store' },
    },
  )
}
