// Sends bytes that begin like a JPEG, in one request or in pieces of 64 MiB as the browser does, and tells how long that took.
import { randomBytes } from 'node:crypto'

const [origin, how, size] = process.argv.slice(2)
const total = Number(size)
const piece = 64 * 1024 * 1024
const chunk = randomBytes(1024 * 1024)
const first = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(chunk.length - 4)])

const bytes = (from, to) =>
  new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (from >= to) return controller.close()
      controller.enqueue(new Uint8Array(from === 0 ? first : chunk))
      from += chunk.length
    },
  })
const ask = async (url, init) => {
  const response = await fetch(url, { ...init, headers: { 'Tus-Resumable': '1.0.0', ...init.headers }, duplex: 'half' })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  await response.text()
  return response
}

const started = performance.now()
if (how === 'plain') await ask(origin, { method: 'POST', body: bytes(0, total) })
else {
  const created = await ask(`${origin}/pieces`, { method: 'POST', headers: { 'Upload-Length': String(total) } })
  const at = `${origin}${created.headers.get('location')}`
  for (let offset = 0; offset < total; offset += piece)
    await ask(at, {
      method: 'PATCH',
      headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
      body: bytes(offset, Math.min(total, offset + piece)),
    })
  await ask(`${at}/finish`, { method: 'POST' })
}
process.send((performance.now() - started) / 1000)
process.disconnect()
