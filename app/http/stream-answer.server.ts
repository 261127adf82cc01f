import { addAbortSignal, Readable } from 'node:stream'

/**
 * An answer whose length nobody knows yet: an export. It is read only as fast as it is taken, and the query behind it ends
 * when the client leaves.
 */
export function streamAnswer(
  request: Request,
  chunks: AsyncIterable<string | Buffer>,
  file: { name: string; mediaType: string },
): Response {
  const headers = new Headers({
    'Content-Type': file.mediaType,
    'Content-Disposition': `attachment; filename="${file.name}"`,
    'Cache-Control': 'private, no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
  })
  const source = addAbortSignal(request.signal, chunks instanceof Readable ? chunks : Readable.from(chunks))
  // The abort is the client's leaving, not a fault; without a listener it would end the process.
  source.on('error', () => undefined)
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<string | Buffer>
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(typeof value === 'string' ? Buffer.from(value, 'utf8') : value)
      },
      cancel: () => void source.destroy(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}
