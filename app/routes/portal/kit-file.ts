import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { answerDelivery, callerOf, renditionOf } from '#app/http/delivery.server.ts'
import { openPortalFile } from '#services/delivery/downloads.ts'

/** One file of a kit. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const { kitId = '', assetId = '', rendition } = args.params
  return answerDelivery(args, await openPortalFile(ctx, { kitId, assetId, rendition: renditionOf(rendition), caller: callerOf(args) }))
}
