import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpenFile } from '#services/delivery/files.ts'
import { fileResponse } from './file-response.server.ts'

const content = Buffer.from('0123456789abcdefghij')
const opened: { range: unknown }[] = []
const file = (fields: Partial<OpenFile> = {}): OpenFile => ({
  fileName: 'Übersicht "1".jpg',
  mediaType: 'image/jpeg',
  size: content.length,
  etag: '"tag"',
  inline: false,
  keep: 'nobody',
  open: async (range) => {
    opened.push({ range })
    return Readable.from([range ? content.subarray(range.start, range.end + 1) : content], { objectMode: false })
  },
  ...fields,
})
const ask = (headers: Record<string, string> = {}, method = 'GET', fields: Partial<OpenFile> = {}) =>
  fileResponse(new Request('https://clearmark.test/f', { method, headers }), file(fields))
const told = (response: Response, ...names: string[]) => names.map((name) => response.headers.get(name))

beforeEach(() => void opened.splice(0))

describe('a file over HTTP', () => {
  test('whole, with its name, tag and length, kept by nobody', async () => {
    const response = await ask()
    expect(response.status).toBe(200)
    expect(told(response, 'Content-Length', 'ETag', 'Accept-Ranges', 'X-Content-Type-Options', 'Cache-Control')).toEqual([
      '20',
      '"tag"',
      'bytes',
      'nosniff',
      'private, no-store, no-transform',
    ])
    expect(response.headers.get('Content-Disposition')).toBe(
      `attachment; filename="Ubersicht _1_.jpg"; filename*=UTF-8''%C3%9Cbersicht%20%221%22.jpg`,
    )
    expect(await response.text()).toBe(content.toString())
  })

  test('kept by caches between us and the reader for minutes at most: what is withdrawn goes dark there too', async () => {
    for (const keep of ['nobody', 'browser', 'for-good', 'everybody'] as const) {
      const [said = ''] = told(await ask({}, 'GET', { keep }), 'Cache-Control')
      const age = Number(/max-age=(\d+)/.exec(said ?? '')?.[1] ?? 0)
      expect(said?.startsWith('private') || age <= 300, keep).toBe(true)
    }
  })

  test('a part', async () => {
    const response = await ask({ Range: 'bytes=5-9' })
    expect(response.status).toBe(206)
    expect(told(response, 'Content-Range', 'Content-Length')).toEqual(['bytes 5-9/20', '5'])
    expect(await response.text()).toBe('56789')
    expect(opened).toEqual([{ range: { start: 5, end: 9 } }])
  })

  test('a part of another file is the whole of this one', async () => {
    expect((await ask({ Range: 'bytes=5-9', 'If-Range': '"other"' })).status).toBe(200)
    expect((await ask({ Range: 'bytes=5-9', 'If-Range': '"tag"' })).status).toBe(206)
  })

  test('answers without bytes open nothing', async () => {
    const beyond = await ask({ Range: 'bytes=20-' })
    expect([beyond.status, ...told(beyond, 'Content-Range', 'Content-Disposition')]).toEqual([416, 'bytes */20', null])
    const known = await ask({ 'If-None-Match': '"tag"' })
    expect([known.status, ...told(known, 'ETag')]).toEqual([304, '"tag"'])
    const head = await ask({}, 'HEAD')
    expect([head.status, ...told(head, 'Content-Length'), head.body]).toEqual([200, '20', null])
    expect((await ask({ Range: 'bytes=5-9' }, 'HEAD')).status).toBe(200)
    expect(opened).toEqual([])
  })

  test('what could run scripts is locked into an empty room', async () => {
    for (const mediaType of ['image/svg+xml', 'application/pdf'])
      expect((await ask({}, 'GET', { mediaType })).headers.get('Content-Security-Policy')).toContain('sandbox')
    expect((await ask()).headers.get('Content-Security-Policy')).toBeNull()
  })
})

describe('over a real server', () => {
  let server: ReturnType<typeof serve>
  let source: Readable
  let read = 0
  beforeAll(async () => {
    const endless = file({
      size: 1 << 30,
      open: async () => {
        read = 0
        source = new Readable({
          read(size) {
            read += size
            setImmediate(() => this.push(Buffer.alloc(size)))
          },
        })
        return source
      },
    })
    server = serve({ fetch: (request) => fileResponse(request, endless), port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
  })
  afterAll(() => void server.close())

  const download = () =>
    new Promise<{ request: http.ClientRequest; response: http.IncomingMessage }>((resolve) => {
      const request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, (response) =>
        resolve({ request, response }),
      )
      request.on('error', () => undefined)
    })

  test('a client that hangs up closes the source and stops the read', async () => {
    const { request, response } = await download()
    response.on('error', () => undefined)
    response.resume()
    await once(response, 'data')
    const closed = once(source, 'close').catch(() => undefined)
    request.destroy()
    await closed
    expect(source.destroyed).toBe(true)
    const stopped = read
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(read).toBe(stopped)
  })

  test('a client that reads slowly holds the source back', async () => {
    const { request, response } = await download()
    response.pause()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(read).toBeLessThan(64 << 20)
    request.destroy()
    response.on('error', () => undefined)
    await once(source, 'close').catch(() => undefined)
  })
})
