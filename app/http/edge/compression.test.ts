import zlib from 'node:zlib'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { compression } from './compression.server.ts'

const page = '<p>Sailing boats on a river</p>'.repeat(200)

function aServer() {
  const app = new Hono()
  app.use(compression())
  const headers = { 'content-type': 'text/html', etag: '"one"' }
  app.get('/whole', () => new Response(page, { headers: { ...headers, 'content-length': String(page.length) } }))
  app.get('/stream', () => new Response(new Blob([page]).stream(), { headers }))
  app.get('/picture', () => new Response(page, { headers: { 'content-type': 'image/webp', 'content-length': String(page.length) } }))
  app.get('/little', () => new Response('<p>', { headers: { ...headers, 'content-length': '3' } }))
  return (path: string, accepted: string) => app.request(path, { headers: { 'accept-encoding': accepted } })
}
const unpacked = async (answer: Response, unpack: (bytes: Buffer) => Buffer) => unpack(Buffer.from(await answer.arrayBuffer())).toString()

test('a page that says its length is compressed whole and says the new one', async () => {
  const ask = aServer()
  const answer = await ask('/whole', 'gzip, br')
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect(answer.headers.get('etag')).toBe('W/"one"')
  const length = Number(answer.headers.get('content-length'))
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.length).toBe(length)
  expect(zlib.brotliDecompressSync(bytes).toString()).toBe(page)
  expect(await unpacked(await ask('/whole', 'gzip'), zlib.gunzipSync)).toBe(page)
})

test('what comes as a stream goes on as one', async () => {
  const ask = aServer()
  const answer = await ask('/stream', 'gzip, br')
  expect(answer.headers.has('content-length')).toBe(false)
  expect(await unpacked(answer, zlib.brotliDecompressSync)).toBe(page)
  expect(await unpacked(await ask('/stream', 'gzip'), zlib.gunzipSync)).toBe(page)
})

test('pictures, small answers and those for callers that take neither stay as they are', async () => {
  const ask = aServer()
  for (const [path, accepted] of [
    ['/picture', 'br'],
    ['/little', 'br'],
    ['/whole', 'identity'],
  ] as const) {
    const answer = await ask(path, accepted)
    expect(answer.headers.has('content-encoding')).toBe(false)
    expect((await answer.text()).length).toBe(path === '/little' ? 3 : page.length)
  }
})
