import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { callerOf } from '#app/http/delivery.server.ts'
import { fileResponse } from '#app/http/file-response.server.ts'
import { openBriefPaper } from '#services/briefs/papers.ts'

/** A brief's attachment, for whoever follows it, through the register. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const { briefId = '', paperId = '' } = args.params
  return fileResponse(args.request, await openBriefPaper(ctx, briefId, paperId, callerOf(args)))
}
