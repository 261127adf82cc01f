import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { answerDelivery, callerOf, licensedRenditionOf } from '#app/http/delivery.server.ts'
import { openDownload } from '#services/delivery/downloads.ts'

/** The file of a licence: `?rendition=web` for the smaller one; a layout licence gives its marked file. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const rendition = licensedRenditionOf(new URL(args.request.url).searchParams.get('rendition'))
  return answerDelivery(args, await openDownload(ctx, { licenceId: args.params.licenceId ?? '', rendition, caller: callerOf(args) }))
}
