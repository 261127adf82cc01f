import { addAbortSignal, type Readable } from 'node:stream'
import type { OpenFile } from '#services/delivery/files.ts'
import { alreadyThere, byteRange, rangeStillHolds } from '#services/delivery/rules/byte-range.ts'

const caching: Record<OpenFile['keep'], string> = {
  // no-transform: a compressed or rewritten file would no longer be the one whose hash is registered.
  nobody: 'private, no-store, no-transform',
  browser: 'private, max-age=300, no-transform',
  everybody: 'public, max-age=300, stale-while-revalidate=600, no-transform',
  // In the browser that has seen it. A shared cache would go on showing the world what was withdrawn.
  'for-good': 'private, max-age=31536000, immutable, no-transform',
}

/** RFC 6266 and 8187: a plain name for old readers, the real one in UTF-8. */
export function contentDisposition(file: Pick<OpenFile, 'fileName' | 'inline'>): string {
  const plain =
    file.fileName
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]+/g, '')
      .replace(/["\\%]/g, '_') || 'file'
  const encoded = encodeURIComponent(file.fileName.replace(/\p{Cs}/gu, '')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${file.inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** Documents that could run scripts get an empty room of their own, should a browser ever show them. */
const active = /^(image\/svg\+xml|application\/pdf|text\/)/

function headersOf(file: OpenFile): Headers {
  const headers = new Headers({
    'Content-Type': file.mediaType,
    'Content-Disposition': contentDisposition(file),
    'Cache-Control': caching[file.keep],
    ETag: file.etag,
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
  })
  if (active.test(file.mediaType))
    headers.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
  return headers
}

/**
 * A Node stream as the body of an answer: read only as fast as it is taken. Without the signal Remix reads a source to its
 * end after the client has gone; with it the file is closed at once.
 */
function bodyOf(source: Readable, signal: AbortSignal): ReadableStream<Uint8Array> {
  addAbortSignal(signal, source)
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void source.destroy(),
    },
    { highWaterMark: 0 },
  )
}

/**
 * The only place with HTTP's file semantics: whole or one range, HEAD, not modified, not satisfiable. Nothing is opened,
 * and so nothing is registered as delivered, for answers that carry no bytes.
 */
export async function fileResponse(request: Request, file: OpenFile): Promise<Response> {
  const headers = headersOf(file)
  if (alreadyThere(request.headers.get('If-None-Match'), file.etag)) return new Response(null, { status: 304, headers })

  const asked =
    request.method === 'GET' && rangeStillHolds(request.headers.get('If-Range'), file.etag) ? request.headers.get('Range') : null
  const range = byteRange(asked, file.size)
  if (range === 'unsatisfiable') {
    for (const name of ['Content-Type', 'Content-Disposition', 'ETag']) headers.delete(name)
    headers.set('Content-Range', `bytes */${file.size}`)
    return new Response(null, { status: 416, headers })
  }
  const part = range === 'whole' ? null : range
  if (part) headers.set('Content-Range', `bytes ${part.start}-${part.end}/${file.size}`)
  headers.set('Content-Length', String(part ? part.end - part.start + 1 : file.size))
  const status = part ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  return new Response(bodyOf(await file.open(part, request.signal), request.signal), { status, headers })
}
