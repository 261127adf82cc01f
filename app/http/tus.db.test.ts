import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addToUpload, beginUpload, cancelUpload, finishUpload, uploadStanding } from '#services/assets/resumable.ts'
import { writing } from '#services/assets/writers.ts'
import { answerTus, Declined } from '#services/platform/resumable.ts'
import { localStorage } from '#services/platform/storage/local.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { receivePieces } from './tus.server.ts'

let t: TestDb
let ctx: TestContext
let root: string
beforeAll(async () => {
  t = await testDb()
  root = await mkdtemp(path.join(tmpdir(), 'tus-'))
  ctx = testContext(t.db)
  const house = await aHouse(ctx)
  ctx = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] }))
})
afterAll(() => t[Symbol.asyncDispose]())

const at = '/pieces'

/** The protocol over a real socket, by a process that knows only folder and database. `cutAfter`: the line dies once so many bytes came. */
async function startServer(cutAfter = Number.POSITIVE_INFINITY) {
  const mine = { ...ctx, storage: localStorage(root) }
  const sockets = new Set<Socket>()
  const answer = (request: Request) => {
    let stillWriting = () => Promise.resolve(true)
    return answerTus(request, at, {
      async create({ size, metadata }) {
        const began = await beginUpload(mine, { fileName: metadata.filename ?? '', size })
        if (!began.ok) throw new Declined(413, { ok: false, error: began.error })
        return began.value.uploadId
      },
      standing: (id) => uploadStanding(mine, id),
      add: (uploadId, offset, source) => addToUpload(mine, { uploadId, at: offset, source, stillWriting }),
      cancel: (id) => cancelUpload(mine, id),
      alone: (id, work) =>
        writing(mine, id, (still) => {
          stillWriting = still
          return work()
        }),
    })
  }
  const server = http.createServer(getRequestListener(answer))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('data', () => socket.bytesRead > cutAfter && socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}${at}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const jpeg = (size: number) => Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(size - 4)])
const send = (bytes: Buffer, options: UploadOptions): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      metadata: { filename: 'Low_tide.jpg' },
      ...options,
      onSuccess: () => resolve(upload),
      onError: (error) => reject(Object.assign(error, { upload })),
    })
    upload.start()
  })

test('ten files, their server killed in the middle, go on at the next one; all hashes are right', async () => {
  const first = await startServer(1_500_000)
  const files = Array.from({ length: 10 }, () => jpeg(4_000_000 + Math.floor(Math.random() * 1_000_000)))
  const broken = await Promise.all(
    files.map((bytes) => send(bytes, { endpoint: first.endpoint, retryDelays: null }).catch((error) => error)),
  )
  await first.close()
  const second = await startServer()
  try {
    for (const [index, failed] of broken.entries()) {
      const bytes = files[index] as Buffer
      const { pathname } = new URL((failed as { upload: Upload }).upload.url ?? '')
      const uploadId = pathname.split('/').at(-1) ?? ''
      const { held } = await uploadStanding({ ...ctx, storage: localStorage(root) }, uploadId)
      expect(held, 'what came before the end is kept').toBeGreaterThan(0)
      expect(held).toBeLessThan(bytes.length)
      let sentAgain = Number.POSITIVE_INFINITY
      await send(bytes, {
        endpoint: second.endpoint,
        uploadUrl: `${new URL(second.endpoint).origin}${pathname}`,
        onProgress: (sent) => (sentAgain = Math.min(sentAgain, sent)),
      })
      expect(sentAgain, 'nothing is sent twice').toBeGreaterThanOrEqual(held)
      const outcome = await finishUpload({ ...ctx, storage: localStorage(root) }, { uploadId })
      if (!outcome.ok) throw new Error(outcome.error)
      const version = await t.db.assetVersion.findUniqueOrThrow({ where: { id: outcome.value.versionId } })
      expect(version.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  } finally {
    await second.close()
  }
})

test('a refusal comes as words; what is cancelled or another’s is not there', async () => {
  const server = await startServer()
  try {
    const declined = (await send(jpeg(1000), { endpoint: server.endpoint, uploadSize: 1e12, retryDelays: null }).catch(
      (error) => error,
    )) as {
      originalResponse: { getStatus(): number; getBody(): string }
    }
    expect(declined.originalResponse.getStatus()).toBe(413)
    expect(JSON.parse(declined.originalResponse.getBody())).toMatchObject({ ok: false, error: 'too-large' })
    const upload = await send(jpeg(1000), { endpoint: server.endpoint })
    await upload.abort(true)
    const head = (id: string) => fetch(`${server.endpoint}/${id}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
    expect((await head(upload.url?.split('/').at(-1) ?? '')).status).toBe(410)
    expect((await head('upl_nobody')).status).toBe(404)
    expect((await head('..%2f..%2fetc')).status).toBe(404)
  } finally {
    await server.close()
  }
})

test('another’s upload is neither locked nor stopped by whoever knows its name; an asset is named by an id', async () => {
  const began = await beginUpload(ctx, { fileName: 'a.jpg', size: 10 })
  if (!began.ok) throw new Error(began.error)
  const { uploadId } = began.value
  const other = await aPerson(ctx, { houseId: ctx.actor.houseId, roles: ['LIBRARIAN'] })
  const pieces = async (method: string, more: Record<string, string> = {}, id?: string) =>
    receivePieces(
      (await asked(ctx, `/library/upload/pieces${id ? `/${id}` : ''}`, {
        as: other,
        method,
        headers: { 'Tus-Resumable': '1.0.0', ...more },
        params: id ? { uploadId: id } : {},
      })) as never,
    )
  await writing(ctx, uploadId, async (stillWriting) => {
    for (const method of ['HEAD', 'PATCH', 'DELETE'])
      await expect(pieces(method, {}, uploadId)).rejects.toMatchObject({ code: 'not-found' })
    expect(await stillWriting()).toBe(true)
  })
  // Whoever is signed out is told so by a status: a program that sends cannot read a sign-in page.
  const guest = await asked(ctx, `/library/upload/pieces/${uploadId}`, { method: 'PATCH', params: { uploadId } })
  await expect(receivePieces(guest as never)).rejects.toMatchObject({ status: 401 })
  const nul = Buffer.from('ast_\0').toString('base64')
  const made = await pieces('POST', { 'Upload-Length': '10', 'Upload-Metadata': `asset ${nul}` })
  expect(made.status).toBe(404)
})

test('a fault is told as one; what it was is for the log alone', async () => {
  const faults: unknown[] = []
  const never = () => Promise.reject(new Error('password=hunter2 at /srv/secret'))
  const answer = await answerTus(
    new Request(`http://localhost${at}/upl_1`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } }),
    at,
    { create: never, standing: never, add: never, cancel: never, alone: (_id, work) => work(), failed: (error) => faults.push(error) },
  )
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('hunter2')
  expect(faults).toMatchObject([{ message: 'password=hunter2 at /srv/secret' }])
})
