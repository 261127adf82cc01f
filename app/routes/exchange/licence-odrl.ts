import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { odrlOfLicence } from '#services/exchange/odrl.ts'

/** A licence as ODRL, for its holder and for the house. */
export async function loader(args: LoaderFunctionArgs) {
  const { name, text } = await odrlOfLicence(await personOf(args), args.params.licenceId ?? '')
  async function* chunks() {
    yield text
  }
  return streamAnswer(args.request, chunks(), { name, mediaType: 'application/ld+json' })
}
