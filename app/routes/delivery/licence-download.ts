import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { answerDelivery, callerOf, renditionOf } from '#app/http/delivery.server.ts'
import { openDownload } from '#services/delivery/downloads.ts'

/** The clean file of a licence: `?rendition=web` for the smaller one. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const rendition = renditionOf(new URL(args.request.url).searchParams.get('rendition'))
  return answerDelivery(args, await openDownload(ctx, { licenceId: args.params.licenceId ?? '', rendition, caller: callerOf(args) }))
}
