import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { odrlOfContract } from '#services/exchange/odrl.ts'

/** What a contract gives, as ODRL. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { name, chunks } = await odrlOfContract(ctx, args.params.contractId ?? '')
  return streamAnswer(args.request, chunks, { name, mediaType: 'application/ld+json' })
}
