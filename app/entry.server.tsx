import { Transform } from 'node:stream'
import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import type { Log } from '#services/platform/log.ts'
import { loggedPath } from './http/edge/logged-path.server.ts'
import { NonceContext } from './nonce.ts'

interface Given {
  nonce?: string
  requestId?: string
  house?: { context: { log: Log } }
}

export const streamTimeout = 5_000

/**
 * React hands a page over in pieces of two kilobytes, and each piece would be flushed through the compressor and into the
 * socket by itself. What comes within one turn of the loop goes on as one; what comes later still streams.
 */
function gathering(): Transform {
  let pieces: Uint8Array[] = []
  let due = false
  const pass = (stream: Transform) => {
    if (pieces.length > 0) stream.push(Buffer.concat(pieces))
    pieces = []
  }
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      pieces.push(piece)
      if (!due)
        setImmediate(() => {
          due = false
          pass(this)
        })
      due = true
      done()
    },
    flush(done) {
      pass(this)
      done()
    },
  })
}

/** Streams the page; robots get it whole, since they judge what they read first. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
) {
  const { nonce = '', house, requestId } = loadContext as Given
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady'
  return new Promise<Response>((resolve, reject) => {
    let sent = false
    let code = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        [ready]() {
          sent = true
          const body = gathering()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: code }))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          code = 500
          if (sent && !request.signal.aborted) house?.context.log.error('page-failed-while-streaming', { requestId, error })
        },
      },
    )
    setTimeout(abort, streamTimeout + 1000).unref()
  })
}

/** A fault in a loader, action or page. Who has left hears nothing, and neither do we. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  // An address that leads nowhere is an answer, not a fault.
  if (isRouteErrorResponse(error) && error.status < 500) return
  const { house, requestId } = context as Given
  house?.context.log.error('page-failed', { requestId, path: loggedPath(new URL(request.url).pathname), error })
}
