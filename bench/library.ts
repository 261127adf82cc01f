/** The library's ways in: a gigabyte in pieces beside a plain stream, and ten thousand files with their sidecar. */
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { addToUpload, beginUpload, cancelUpload, finishUpload, uploadStanding } from '#services/assets/resumable.ts'
import { writing } from '#services/assets/writers.ts'
import { importFolder } from '#services/intake/folder-imports.ts'
import { connect } from '#services/platform/db.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { answerTus } from '#services/platform/resumable.ts'
import { localStorage } from '#services/platform/storage/local.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { libraryPageFigures } from './library-page/measure.ts'
import type { Figure } from './figure.ts'
import { previewFigures } from './library-previews/measure.ts'

const gigabyte = 1024 ** 3
const files = 10_000
const jpegStart = Buffer.from('\xff\xd8\xff\xe0', 'latin1')

async function served<T>(listener: http.RequestListener, work: (origin: string) => Promise<T>): Promise<T> {
  const server = http.createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** The sender is a process of its own, the same for both: what is compared is what the server does. */
function sent(origin: string, how: 'plain' | 'pieces'): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./library-sender.mjs', import.meta.url)), [origin, how, String(gigabyte)])
    child.once('message', (seconds) => resolve(Number(seconds)))
    child.once('error', reject)
    child.once('exit', (code) => code && reject(new Error(`the sender ended with ${code}`)))
  })
}

/** What any server must do at least: bytes from the socket through a hash into a file. */
const plainly = (folder: string) =>
  served(
    (request, response) => {
      const hash = createHash('sha256')
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          done(null, chunk)
        },
      })
      void pipeline(request, meter, createWriteStream(path.join(folder, 'plain'))).then(() => response.end(hash.digest('hex')))
    },
    (origin) => sent(origin, 'plain'),
  )

function inPieces(ctx: TestContext) {
  const listener = getRequestListener(async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.endsWith('/finish')) {
      const outcome = await finishUpload(ctx, { uploadId: pathname.split('/').at(-2) ?? '' })
      return new Response(outcome.ok ? 'ok' : outcome.error, { status: outcome.ok ? 201 : 409 })
    }
    let stillWriting = () => Promise.resolve(true)
    return answerTus(request, '/pieces', {
      async create({ size }) {
        const began = await beginUpload(ctx, { fileName: 'film.jpg', size })
        if (!began.ok) throw new Error(began.error)
        return began.value.uploadId
      },
      standing: (id) => uploadStanding(ctx, id),
      add: (uploadId, at, source) => addToUpload(ctx, { uploadId, at, source, stillWriting }),
      cancel: (id) => cancelUpload(ctx, id),
      alone: (id, work) =>
        writing(ctx, id, (still) => {
          stillWriting = still
          return work()
        }),
    })
  })
  return served(listener as http.RequestListener, (origin) => sent(origin, 'pieces'))
}

async function aFolder(root: string): Promise<{ folder: string; sidecar: string }> {
  const folder = path.join(root, 'folder')
  const rows = ['file,title,description,keywords,creator,date']
  for (let n = 0; n < files; n++) {
    const name = `day ${n % 20}/picture-${n}.jpg`
    if (n < 20) await mkdir(path.join(folder, `day ${n}`), { recursive: true })
    await writeFile(path.join(folder, name), Buffer.concat([jpegStart, randomBytes(2000)]))
    rows.push(`${name},Low tide ${n},"The sea leaves, and the mud shines",sea; mud; tide ${n % 100},Ada Meyer,2026-0${1 + (n % 9)}-11`)
  }
  const sidecar = path.join(root, 'sidecar.csv')
  await writeFile(sidecar, rows.join('\n'))
  return { folder, sidecar }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

export default async function measure(): Promise<Figure[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'library-bench-'))
  const local = await startLocalDatabase(path.resolve('.local/bench-postgres'))
  const name = `library_${randomBytes(4).toString('hex')}`
  await createDatabase(local.url(name))
  await migrate(local.url(name))
  const db = connect(local.url(name), 10)
  try {
    let ctx = { ...testContext(db), storage: localStorage(path.join(root, 'store')) }
    const house = await aHouse(ctx)
    ctx = { ...asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })), storage: ctx.storage }
    // In turns, so that a busy neighbour meets both.
    const plain: number[] = []
    const pieces: number[] = []
    for (let round = 0; round < 3; round++) {
      plain.push(await plainly(root))
      pieces.push(await inPieces(ctx))
    }
    const { folder, sidecar } = await aFolder(root)
    const cpu = process.cpuUsage()
    const started = performance.now()
    const outcome = await importFolder(ctx, { folder, sidecar, told: () => undefined })
    const seconds = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(cpu)
    if (!outcome.ok || outcome.value.TAKEN !== files) throw new Error(`not everything came in: ${JSON.stringify(outcome)}`)
    return [
      ...(await previewFigures()),
      {
        name: 'upload of 1 GB in pieces, of the speed of a plain stream with its hash',
        value: Math.round((100 * median(plain)) / median(pieces)),
        unit: '%',
        target: 80,
        better: 'higher',
      },
      { name: 'upload of 1 GB in pieces', value: Math.round(1024 / median(pieces)), unit: 'MB/s', target: 100, better: 'higher' },
      {
        name: '10,000 files with their sidecar into the library',
        value: Number(seconds.toFixed(1)),
        unit: 's',
        target: 60,
        better: 'lower',
      },
      {
        name: '  of it processor time of the importer',
        value: Number(((user + system) / 1e6).toFixed(1)),
        unit: 's',
        target: 60,
        better: 'lower',
      },
      ...(await libraryPageFigures()),
    ]
  } finally {
    await db.$disconnect()
    await dropDatabase(local.url(name))
    await rm(root, { recursive: true, force: true })
  }
}
