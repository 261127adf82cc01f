/**
 * The web process: Hono in front of Remix. Hono answers what needs no page (static files, security headers, compression,
 * size limits, request ids and logs); every address of the product is in `app/routes.ts`.
 */
import { randomBytes } from 'node:crypto'
import { serve, type ServerType } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { Hono } from 'hono'
import { withAnswers } from './app/http/edge/answering.server.ts'
import { compression } from './app/http/edge/compression.server.ts'
import { loggedPath } from './app/http/edge/logged-path.server.ts'
import { narrowedHandler } from './app/http/edge/narrowed.server.ts'
import { harden, type Policy } from './app/http/edge/security-headers.server.ts'
import { forRouter } from './app/http/guard.server.ts'
import { newSecret } from './services/kernel/ids.ts'
import type { House } from './services/platform/house.ts'

/** Pages and forms; addresses that take files read them as streams, each with its own, larger limit in its operation. */
const largestForm = 2_000_000
/** A picture to search by is read whole too; its page says so in words from a little less on. */
const largestPicture = 13_000_000
const shown = /^\/search\/picture(?:\.data)?\/?$/
const streamed =
  /^\/(?:library\/upload(?:\/[^/]+)*|u\/[^/]+\/(?:file|papers|pieces(?:\/[^/]+){0,2})|briefs\/[^/]+\/papers|rights\/(?:imports|papers|contracts\/[^/]+\/papers)|clearance\/lists|api\/v1\/clearance)(?:\.data)?\/?$/

interface Incoming {
  incoming?: { socket?: { remoteAddress?: string } }
}

/** The caller's address: the socket's, or what the nearest trusted proxy wrote. */
function addressOf(forwarded: string | undefined, socket: string | undefined, trusted: number): string {
  const hops = (forwarded ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  return (trusted > 0 ? hops.at(-trusted) : undefined) ?? socket ?? 'unknown'
}

/**
 * What is refused before a byte of it is read. A form is read whole, so its length must be known: a body in chunks says
 * none and would be as long as the memory. No text of ours holds a NUL, and the database takes none.
 */
function refusedUnread({ headers }: Request, { pathname, search }: URL): Response | null {
  if (/%00/.test(pathname + search)) return new Response('This address is malformed.', { status: 400 })
  if (streamed.test(pathname)) return null
  if (headers.has('transfer-encoding')) return new Response('Say how long the form is.', { status: 411 })
  const largest = shown.test(pathname) ? largestPicture : largestForm
  return Number(headers.get('content-length') ?? 0) > largest ? new Response('This form is too large.', { status: 413 }) : null
}

export interface WebOptions {
  house: House
  build: ServerBuild | (() => Promise<ServerBuild>)
  development?: boolean
}

/** The web application as a function of requests; `stopping` turns `/health/ready` to 503. */
export function webApplication({ house, build, development = false }: WebOptions): { app: Hono; stopping: { yes: boolean } } {
  const { env, context } = house
  const { log } = context
  const stopping = { yes: false }
  const policy: Policy = {
    development,
    https: env.ORIGIN.startsWith('https://'),
    paymentOrigin: env.STRIPE_SANDBOX_URL ? new URL(env.STRIPE_SANDBOX_URL).origin : 'https://checkout.stripe.com',
  }
  const mode = development ? 'development' : 'production'
  const remix =
    typeof build === 'function'
      ? createRequestHandler(async () => withAnswers(await build()), mode)
      : narrowedHandler(withAnswers(build), mode)
  const app = new Hono()
  app.use(compression())
  if (!development) {
    const forever = 'public, max-age=31536000, immutable'
    const built = serveStatic({ root: './build/client', precompressed: true, onFound: (_path, c) => c.header('Cache-Control', forever) })
    const other = serveStatic({ root: './build/client', onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=3600') })
    // Files have endings and pages have none: no page waits for the disk to say that it is no file.
    app.use('*', (c, next) => (!c.req.path.includes('.') ? next() : c.req.path.startsWith('/assets/') ? built(c, next) : other(c, next)))
  }
  app.all('*', async (c) => {
    const started = performance.now()
    const nonce = randomBytes(16).toString('base64')
    const requestId = `req_${newSecret().slice(0, 20)}`
    const url = new URL(c.req.url)
    const ip = addressOf(c.req.header('x-forwarded-for'), (c.env as Incoming).incoming?.socket?.remoteAddress, env.TRUSTED_PROXIES)
    const refused = refusedUnread(c.req.raw, url)
    let response: Response
    if (refused) response = refused
    else response = await remix(forRouter(c.req.raw), { house, nonce, requestId, ip, stopping: stopping.yes })
    const { headers, status } = response
    harden(headers, nonce, policy)
    headers.set('X-Request-Id', requestId)
    const ms = Math.round(performance.now() - started)
    // A client that left before its answer is no fault of ours, whatever the handler made of it.
    const left = c.req.raw.signal.aborted
    if (!url.pathname.startsWith('/health/'))
      log[status >= 500 && !left ? 'error' : 'info']('request', {
        requestId,
        method: c.req.method,
        path: loggedPath(url.pathname),
        status,
        ms,
        ip,
        ...(left && { left }),
      })
    return response
  })
  return { app, stopping }
}

/** Listens, and stops politely: no new connections, running requests get ten seconds, then the house is closed. */
export function listen(options: WebOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const { house } = options
  const { app, stopping } = webApplication(options)
  return new Promise((resolve, reject) => {
    // Node cuts a request off after five minutes; half a gigabyte over a slow line takes longer. Headers keep their short limit.
    const serverOptions = { requestTimeout: 3_600_000 }
    const server: ServerType = serve({ fetch: app.fetch, port: house.env.PORT, hostname: house.env.HOST, serverOptions }, ({ port }) =>
      resolve({
        port,
        async stop() {
          stopping.yes = true
          const closed = new Promise<void>((done) => server.close(() => done()))
          if ('closeIdleConnections' in server) server.closeIdleConnections()
          await Promise.race([closed, new Promise((late) => setTimeout(late, 10_000).unref())])
          if ('closeAllConnections' in server) server.closeAllConnections()
          await house.close()
        },
      }),
    )
    server.once('error', reject)
  })
}
