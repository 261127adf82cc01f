import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openInvoice } from '#services/commerce/invoices.ts'

/** The invoice on paper: always the same bytes. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const paper = await openInvoice(ctx, args.params.invoiceId ?? '')
  return fileResponse(args.request, {
    fileName: paper.fileName,
    mediaType: 'application/pdf',
    size: paper.size,
    etag: `"${paper.sha256}"`,
    inline: true,
    keep: 'nobody',
    open: (range) => ctx.storage.open(paper.key, range ?? undefined),
  })
}
