import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openCertificate } from '#services/licensing/certificates.ts'

/** The licence on paper, for its holder and for those of the house who answer for licences. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return fileResponse(args.request, await openCertificate(ctx, args.params.licenceId ?? ''))
}
