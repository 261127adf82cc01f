import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openBriefPreview } from '#services/briefs/previews.ts'

/** What was made for a brief, watermarked, for whoever asked for it. */
export async function loader(args: LoaderFunctionArgs) {
  const { briefId = '', assetId = '' } = args.params
  return fileResponse(args.request, await openBriefPreview(await personOf(args), briefId, assetId))
}
