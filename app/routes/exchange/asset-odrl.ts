import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { odrlOfAsset } from '#services/exchange/odrl.ts'

/** The rights of a picture as ODRL. */
export async function loader(args: LoaderFunctionArgs) {
  const { name, chunks } = await odrlOfAsset(await staffOf(args), args.params.assetId ?? '')
  return streamAnswer(args.request, chunks, { name, mediaType: 'application/ld+json' })
}
