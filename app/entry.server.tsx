import { type ActionFunctionArgs, type AppLoadContext, type EntryContext, type LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToString } from 'react-dom/server'
import type { Log } from '#services/platform/log.ts'
import { bytesOf } from './http/edge/bytes-of.server.ts'
import { handedOver } from './http/edge/handed-over.server.ts'
import { loggedPath } from './http/edge/logged-path.server.ts'
import { scriptsLater } from './http/edge/scripts-later.server.ts'
import { NonceContext } from './nonce.ts'
import './words/catalogues.server.ts'
import { languageOfAnswer } from './http/language.server.ts'

interface Given {
  nonce?: string
  requestId?: string
  house?: { context: { log: Log } }
}

export const streamTimeout = 5_000
/** The development server has scripts of its own in the page, which come first. */
const built = (import.meta as { env?: { PROD?: boolean } }).env?.PROD === true

/**
 * A page is drawn whole, into one text. No loader of ours leaves anything for later, so that a stream would only bring the
 * same bytes in a hundred pieces, each through an encoder and three streams.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
) {
  const { nonce = '' } = loadContext as Given
  const { serverHandoffStream, ...shown } = context
  const page = renderToString(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={shown} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
  )
  const scripts = serverHandoffStream && shown.renderMeta?.didRenderScripts ? await handedOver(serverHandoffStream, nonce) : ''
  const end = page.lastIndexOf('</body>')
  const shownPart = page.slice(0, end)
  // What is drawn into a text begins with its first element; without this line browsers would draw as those of 1998 did.
  const body = bytesOf(['<!DOCTYPE html>', ...(built ? scriptsLater(shownPart) : [shownPart]), scripts, page.slice(end)])
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Length', String(body.length))
  headers.set('Content-Language', languageOfAnswer(context.staticHandlerContext.loaderData))
  headers.append('Vary', 'Cookie, Accept-Language')
  return new Response(body, { headers, status })
}

/** A fault in a loader, action or page. Who has left hears nothing, and neither do we. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  // An address that leads nowhere is an answer, not a fault.
  if (isRouteErrorResponse(error) && error.status < 500) return
  const { house, requestId } = context as Given
  house?.context.log.error('page-failed', { requestId, path: loggedPath(new URL(request.url).pathname), error })
}
