import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openPreview } from '#services/delivery/previews.ts'

/** Previews: watermarked ones for the world, clean ones for staff and holders. Who may see which is decided in delivery. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { assetId = '', preset = '' } = args.params
  const asked = new URL(args.request.url).searchParams
  const versionId = asked.get('v') ?? asked.get('version') ?? undefined
  return fileResponse(args.request, await openPreview(ctx, { assetId, preset, versionId }))
}
