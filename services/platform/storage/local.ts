import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/errors.ts'
import { removeLeftovers } from '../scratch.ts'
import { assertKey } from './keys.ts'
import { localPieces } from './local-pieces.ts'
import { metered } from './metered.ts'
import type { Storage } from './storage.ts'

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Files under one folder. A put is written beside, synced, then renamed: a reader sees the whole object or none. */
export function localStorage(root: string): Storage {
  const at = (key: string) => path.join(root, assertKey(key))
  const temporary = path.join(root, '.incoming')
  let tidied = false
  return {
    pieces: localPieces(root),
    async put(key, source, { limit, signal } = {}) {
      const target = at(key)
      await mkdir(temporary, { recursive: true })
      const draft = path.join(temporary, randomBytes(12).toString('hex'))
      const meter = metered(limit)
      try {
        const input = source instanceof Uint8Array ? Readable.from([source], { objectMode: false }) : source
        const output = fs.createWriteStream(draft, { flags: 'wx', highWaterMark: 1 << 20 })
        await pipeline(input, meter.stream, output, signal ? { signal } : {})
        // What a killed process was writing has no name that anybody would ask for.
        if (!tidied) {
          tidied = true
          await removeLeftovers(draft)
        }
        const file = await open(draft, 'r')
        await file.sync().finally(() => file.close())
        await mkdir(path.dirname(target), { recursive: true })
        await rename(draft, target)
        return meter.result()
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    async open(key, range) {
      // Opened before it is handed out, so that "not there" is an answer and not a broken stream.
      const file = await open(at(key), 'r').catch((error: unknown) => {
        throw missing(error) ? new Refusal('not-found', 'no such object') : error
      })
      return file.createReadStream({ ...range, highWaterMark: 1 << 18 })
    },
    async stat(key) {
      try {
        const { size } = await stat(at(key))
        return { size }
      } catch (error) {
        if (missing(error)) return null
        throw error
      }
    },
    async move(from, to) {
      await mkdir(path.dirname(at(to)), { recursive: true })
      await rename(at(from), at(to))
    },
    remove: (key) => rm(at(key), { force: true }),
    async localCopy(key) {
      await access(at(key)).catch(() => {
        throw new Refusal('not-found', 'no such object')
      })
      return { path: at(key), dispose: async () => {} }
    },
    async healthy() {
      try {
        await mkdir(temporary, { recursive: true })
        await access(temporary, fs.constants.W_OK)
        return true
      } catch {
        return false
      }
    },
  }
}
