import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { answerDelivery, callerOf, renditionOf } from '#app/http/delivery.server.ts'
import { openKitArchive } from '#services/delivery/archives.ts'

/** A whole kit as a ZIP: `?rendition=web` for the smaller files. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const rendition = renditionOf(new URL(args.request.url).searchParams.get('rendition'))
  const { signal } = args.request
  return answerDelivery(args, await openKitArchive(ctx, { kitId: args.params.kitId ?? '', rendition, caller: callerOf(args), signal }))
}
