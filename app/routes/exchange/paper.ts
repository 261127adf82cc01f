import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { callerOf } from '#app/http/delivery.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openPaper } from '#services/exchange/papers.ts'

/** A signed paper, for the house's own people, through the register. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return fileResponse(args.request, await openPaper(ctx, args.params.paperId ?? '', callerOf(args)))
}
