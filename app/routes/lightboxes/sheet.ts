import type { LoaderFunctionArgs } from '@remix-run/node'
import { personOf } from '#app/http/context.server.ts'
import { streamAnswer } from '#app/http/stream-answer.server.ts'
import { contactSheet } from '#services/lightboxes/contact-sheets.ts'

/** A box on paper, drawn as it is read. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const { name, stream } = await contactSheet(ctx, args.params.boxId ?? '')
  return streamAnswer(args.request, stream, { name, mediaType: 'application/pdf' })
}
