import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { contentDisposition } from '#app/http/file-response.server.ts'
import { sidecarOf } from '#services/assets/file-metadata-view.ts'

/** What is known of an asset as XMP, to lie beside its file. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { fileName, xmp } = await sidecarOf(ctx, args.params.assetId ?? '')
  return new Response(xmp, {
    headers: {
      'Content-Type': 'application/rdf+xml; charset=utf-8',
      'Content-Disposition': contentDisposition({ fileName, inline: false }),
      'Cache-Control': 'no-store',
    },
  })
}
