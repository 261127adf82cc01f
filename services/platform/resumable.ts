import { MemoryLocker, Server } from '@tus/server'
import { DataStore, Upload, type Lock } from '@tus/utils'
import { Readable } from 'node:stream'
import { isRefusal, type RefusalCode } from '../kernel/errors.ts'

/** What the protocol asks of whoever keeps the files. Refusals are thrown; `Declined` carries an answer of its own. */
export interface Resumable {
  create(file: { size: number; metadata: Record<string, string | null> }): Promise<string>
  standing(id: string): Promise<{ size: number; held: number }>
  add(id: string, at: number, source: Readable): Promise<number>
  cancel(id: string): Promise<void>
  /** Hears of faults: whoever sends is told that there was one, and not what it was. */
  failed?(error: unknown): void
  /** Runs `work` as the only writer of `id` over all processes. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>
}

/** An answer in words, as a status and JSON that the sender's page can show. */
export class Declined extends Error {
  constructor(
    readonly status: number,
    readonly answer: object,
  ) {
    super('declined')
  }
}

const statuses: Record<RefusalCode, number> = {
  'not-found': 404,
  forbidden: 403,
  'signed-out': 401,
  conflict: 423,
  'too-many': 429,
  gone: 410,
  malformed: 409,
}

/** Our refusals as the protocol's: its server answers with `status_code` and `body` of what is thrown. */
async function answering<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Declined) throw { status_code: error.status, body: JSON.stringify(error.answer) }
    if (isRefusal(error)) throw { status_code: statuses[error.code], body: error.code }
    throw error
  }
}

class Files extends DataStore {
  override extensions = ['creation', 'termination']
  constructor(private readonly files: Resumable) {
    super()
  }
  override async create(upload: Upload): Promise<Upload> {
    return upload
  }
  /** Settled when no byte is being written: the protocol's server lets go of the lock as soon as a sender breaks off. */
  writing: Promise<unknown> = Promise.resolve()
  override write(source: Readable | ReadableStream, id: string, at: number): Promise<number> {
    const bytes = source instanceof Readable ? source : Readable.fromWeb(source as Parameters<typeof Readable.fromWeb>[0])
    const added = answering(this.files.add(id, at, bytes))
    this.writing = added.catch(() => undefined)
    return added
  }
  override async getUpload(id: string): Promise<Upload> {
    const { size, held } = await answering(this.files.standing(id))
    return new Upload({ id, size, offset: held })
  }
  override remove(id: string): Promise<void> {
    return answering(this.files.cancel(id))
  }
}

// One for the process: the second request for a file asks the first, whose line may be dead, to let go.
const inProcess = new MemoryLocker({ acquireLockTimeout: 15_000 })

/** A lock within the process and then over all of them. */
function locked(store: Files, files: Resumable, id: string): Lock {
  const here = inProcess.newLock(id)
  let release: () => void = () => undefined
  let ended: Promise<unknown> = Promise.resolve()
  return {
    async lock(signal, requestRelease) {
      await here.lock(signal, requestRelease)
      try {
        await new Promise<void>((resolve, reject) => {
          const held = new Promise<void>((free) => (release = free))
          ended = answering(
            files.alone(id, () => {
              resolve()
              return held
            }),
          ).catch(reject)
        })
      } catch (error) {
        await here.unlock()
        throw error
      }
    },
    async unlock() {
      await store.writing
      release()
      await ended
      await here.unlock()
    },
  }
}

/** Answers one request of the tus protocol 1.0 (creation, termination) under `path`. */
export function answerTus(request: Request, path: string, files: Resumable): Promise<Response> {
  const store = new Files(files)
  const server = new Server({
    path,
    relativeLocation: true,
    datastore: store,
    locker: { newLock: (id) => locked(store, files, id) },
    // The id is the row's: made here, because the protocol's server wants it before anything else.
    namingFunction: (asked, metadata) => {
      const length = asked.headers.get('upload-length')
      if (!length || !/^\d{1,15}$/.test(length)) throw { status_code: 400, body: 'Say how long the file is.' }
      return answering(files.create({ size: Number(length), metadata: metadata ?? {} }))
    },
    getFileIdFromRequest: (_request, last) => (last && /^[\w-]{1,64}$/.test(last) ? last : undefined),
    allowedOrigins: () => false,
    onResponseError: (_request, error) => {
      if (typeof (error as { status_code?: unknown }).status_code === 'number') return undefined
      files.failed?.(error)
      return { status_code: 500, body: 'Something failed on our side.' }
    },
  })
  return server.handleWeb(request)
}
