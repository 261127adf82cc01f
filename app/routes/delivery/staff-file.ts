import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { answerDelivery, callerOf, renditionOf } from '#app/http/delivery.server.ts'
import { openStaffFile } from '#services/delivery/downloads.ts'

/** A version's file for the staff who work with it. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const { versionId = '', rendition } = args.params
  return answerDelivery(args, await openStaffFile(ctx, { versionId, rendition: renditionOf(rendition), caller: callerOf(args) }))
}
