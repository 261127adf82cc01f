import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { differencePicture } from '#services/assets/differences.ts'

/** Where two versions differ, drawn. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { assetId = '', fromId = '', toId = '' } = args.params
  return fileResponse(args.request, await differencePicture(ctx, { assetId, fromId, toId }))
}
