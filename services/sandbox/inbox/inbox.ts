import type http from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { SMTPServer } from 'smtp-server'
import { systemClock } from '#services/platform/clock.ts'
import { letterBox, type LetterBox } from './letters.ts'
import { letterPage, listPage } from './pages.ts'

export interface InboxOptions {
  /** Zero: any free port. */
  smtpPort: number
  webPort: number
  /** One `.eml` a letter: a restart keeps them. */
  dir: string
}
export interface Inbox {
  smtpUrl: string
  url: string
  close(): Promise<void>
}

const longestLetter = 10 * 1024 * 1024

function mailServer(letters: LetterBox): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    size: longestLetter,
    banner: 'Clearmark demonstration inbox',
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          if (stream.sizeExceeded) return done(Object.assign(new Error('The letter is too large.'), { responseCode: 552 }))
          letters.keep(Buffer.concat(chunks), systemClock.now()).then(() => done(), done)
        })
    },
  })
}

function webPages(letters: LetterBox): Hono {
  const app = new Hono()
  const found = (search: string) =>
    [...new Set([...letters.list({ to: search }), ...letters.list({ about: search })])].sort((a, b) => (a.id < b.id ? 1 : -1))
  app.get('/', (c) => c.html(listPage(found(c.req.query('q') ?? ''), c.req.query('q') ?? '')))
  app.get('/letters/:id', (c) => {
    const letter = letters.find(c.req.param('id'))
    if (!letter) return c.notFound()
    const search = c.req.query('q') ?? ''
    return c.html(letterPage(letter, found(search), search, c.req.query('view') === 'text' ? 'text' : 'html'))
  })
  app.get('/letters/:id/body', (c) => {
    const letter = letters.find(c.req.param('id'))
    if (!letter?.html) return c.notFound()
    // A letter is somebody else's page: it may show pictures and open links in a new tab, and nothing else.
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; sandbox allow-popups allow-popups-to-escape-sandbox",
    )
    return c.html(
      /<head[^>]*>/i.test(letter.html)
        ? letter.html.replace(/<head[^>]*>/i, '$&<base target="_blank">')
        : `<base target="_blank">${letter.html}`,
    )
  })
  app.get('/letters/:id/source', (c) => {
    const source = letters.source(c.req.param('id'))
    return source ? c.body(new Uint8Array(source), 200, { 'content-type': 'text/plain; charset=utf-8' }) : c.notFound()
  })
  app.get('/api/messages', (c) => c.json(letters.list({ to: c.req.query('to') ?? '', about: c.req.query('subject') ?? '' })))
  app.get('/api/messages/:id', (c) => {
    const letter = letters.find(c.req.param('id'))
    return letter ? c.json(letter) : c.notFound()
  })
  app.delete('/api/messages', (c) => {
    letters.clear()
    return c.json({ ok: true })
  })
  return app
}

/** A mail server that takes every letter and shows it on a web page, on this machine only. */
export async function startInbox({ smtpPort, webPort, dir }: InboxOptions): Promise<Inbox> {
  if (process.env.NODE_ENV === 'production') throw new Error('the mail inbox does not start in production')
  const letters = await letterBox(dir)
  const smtp = mailServer(letters)
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject)
    smtp.listen(smtpPort, '127.0.0.1', resolve)
  })
  // A sender that hangs up in the middle is its own trouble, not the end of the inbox.
  smtp.removeAllListeners('error')
  smtp.on('error', () => undefined)
  let url = ''
  const web = await new Promise<http.Server>((resolve, reject) => {
    const started = serve({ fetch: webPages(letters).fetch, port: webPort, hostname: '127.0.0.1' }, ({ port }) => {
      url = `http://127.0.0.1:${port}`
      resolve(started)
    }) as http.Server
    started.once('error', reject)
  })
  return {
    url,
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    async close() {
      web.closeAllConnections()
      await Promise.all([new Promise((resolve) => web.close(resolve)), new Promise<void>((resolve) => smtp.close(resolve))])
    },
  }
}
