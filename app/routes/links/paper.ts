import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { callerOf } from '#app/http/delivery.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openGuestPaper } from '#services/intake/guest-papers.ts'

/** A sender's paper, for the library and the rights desk, through the register. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER')
  return fileResponse(args.request, await openGuestPaper(ctx, args.params.paperId ?? '', callerOf(args)))
}
