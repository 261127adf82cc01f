import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { Refusal } from '../../kernel/errors.ts'
import { assertKey } from './keys.ts'
import { Tallies, tallyOf, untilBroken, type Pieces } from './pieces.ts'
import { TooLarge } from './storage.ts'

/** How much is gathered before it is written: writes of a megabyte run at the disk's speed, those of a socket's 64 kB at half of it. */
const batch = 1 << 20

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'
const sizeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    (error: unknown) => {
      if (missing(error)) return null
      throw error
    },
  )

/** A file that grows under `.pieces` and is renamed into its place at the end. What a killed process had written stays. */
export function localPieces(root: string): Pieces {
  const whole = (key: string) => path.join(root, assertKey(key))
  const growing = (key: string) => path.join(root, '.pieces', assertKey(key))
  const tallies = new Tallies()
  return {
    async begin(key) {
      await mkdir(path.dirname(growing(key)), { recursive: true })
      const file = await open(growing(key), 'wx')
      await file.close()
      return ''
    },
    async held(key) {
      const size = (await sizeOf(growing(key))) ?? (await sizeOf(whole(key)))
      if (size === null) throw new Refusal('not-found', 'nothing in pieces')
      return size
    },
    async append(key, _token, at, source, { total, signal }) {
      const file = await open(growing(key), 'r+').catch((error: unknown) => {
        throw missing(error) ? new Refusal('not-found', 'nothing in pieces') : error
      })
      const tally = tallies.take(key, at)
      let held = (await file.stat()).size
      try {
        if (held !== at) throw new Refusal('malformed', `${held} bytes are held, not ${at}`)
        let gathered: Buffer[] = []
        let size = 0
        const write = async () => {
          const { bytesWritten } = await file.writev(gathered, held)
          held += bytesWritten
          // A disk that is nearly full takes a part. What would follow must not close the gap: the sender goes on from what is held.
          if (bytesWritten < size) throw new Error(`the disk took ${bytesWritten} of ${size} bytes`)
          gathered = []
          size = 0
        }
        for await (const chunk of untilBroken(source, signal).bytes()) {
          if (held + size + chunk.length > total) throw new TooLarge(total)
          gathered.push(chunk)
          size += chunk.length
          tally?.take(chunk)
          if (size >= batch) await write()
        }
        if (size > 0) await write()
      } finally {
        await file.close()
        tallies.keep(key, tally, held)
      }
      return held
    },
    async seal(key) {
      const size = await sizeOf(growing(key))
      // A crash between the rename and the row that tells of it: what was asked for is done.
      if (size === null) return tallyOf(createReadStream(whole(key), { highWaterMark: batch }))
      const file = await open(growing(key), 'r+')
      await file.sync().finally(() => file.close())
      const known = tallies.take(key, size)
      const stored = known ? known.result() : await tallyOf(createReadStream(growing(key), { highWaterMark: batch }))
      await mkdir(path.dirname(whole(key)), { recursive: true })
      await rename(growing(key), whole(key))
      return stored
    },
    abandon: (key) => rm(growing(key), { force: true }),
  }
}
