import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Storage } from '#services/platform/storage/storage.ts'

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
let made = 0
const newKey = (): string => `contract/${++made}`

/** What the house relies on wherever bytes live: run on the folder and on S3. */
export function storageContract(name: string, subject: () => Storage): void {
  const read = async (key: string, range?: { start: number; end: number }) => buffer(await subject().open(key, range))

  describe(name, () => {
    test('what was put comes back, counted and hashed', async () => {
      const key = newKey()
      const bytes = randomBytes(70_000)
      expect(await subject().put(key, bytes)).toEqual({ size: 70_000, sha256: hashOf(bytes), crc32: zlib.crc32(bytes) })
      expect(await read(key)).toEqual(bytes)
      expect(await subject().stat(key)).toEqual({ size: 70_000 })
    })

    test('a stream larger than any part arrives whole', async () => {
      const key = newKey()
      const chunk = randomBytes(1024 * 1024)
      const stored = await subject().put(key, Readable.from(Array(21).fill(chunk), { objectMode: false }))
      const expected = Buffer.concat(Array(21).fill(chunk) as Buffer[])
      expect(stored).toMatchObject({ size: expected.length, sha256: hashOf(expected) })
      expect(hashOf(await read(key))).toBe(stored.sha256)
    })

    test('nothing at all can be stored', async () => {
      const key = newKey()
      expect((await subject().put(key, Readable.from([], { objectMode: false }))).size).toBe(0)
      expect(await subject().stat(key)).toEqual({ size: 0 })
    })

    test('a range has both its ends', async () => {
      const key = newKey()
      await subject().put(key, Buffer.from('0123456789'))
      expect((await read(key, { start: 2, end: 5 })).toString()).toBe('2345')
      expect((await read(key, { start: 9, end: 9 })).toString()).toBe('9')
    })

    test('what is put again replaces what was there', async () => {
      const key = newKey()
      await subject().put(key, Buffer.from('old and long'))
      await subject().put(key, Buffer.from('new'))
      expect((await read(key)).toString()).toBe('new')
    })

    test('more than the limit is refused and leaves nothing', async () => {
      const key = newKey()
      await expect(
        subject().put(key, Readable.from(Array(12).fill(randomBytes(1024 * 1024)), { objectMode: false }), { limit: 10 * 1024 * 1024 }),
      ).rejects.toMatchObject({ code: 'too-large' })
      expect(await subject().stat(key)).toBeNull()
    })

    test('a source that breaks, or a sender that leaves, leaves nothing', async () => {
      const broken = newKey()
      const source = Readable.from(
        (async function* () {
          yield randomBytes(1000)
          throw new Error('the line broke')
        })(),
        { objectMode: false },
      )
      await expect(subject().put(broken, source)).rejects.toThrow('the line broke')
      expect(await subject().stat(broken)).toBeNull()
      const left = newKey()
      const leaving = new AbortController()
      const slow = Readable.from(
        (async function* () {
          for (;;) {
            yield randomBytes(1000)
            await sleep(5)
          }
        })(),
        { objectMode: false },
      )
      setTimeout(() => leaving.abort(), 30)
      await expect(subject().put(left, slow, { signal: leaving.signal })).rejects.toThrow()
      expect(await subject().stat(left)).toBeNull()
    })

    test('moving takes it away from where it was', async () => {
      const [from, to] = [newKey(), newKey()]
      await subject().put(from, Buffer.from('moved'))
      await subject().move(from, to)
      expect(await subject().stat(from)).toBeNull()
      expect((await read(to)).toString()).toBe('moved')
    })

    test('what is not there is not found, and removing it twice does no harm', async () => {
      const key = newKey()
      await subject().put(key, Buffer.from('x'))
      await subject().remove(key)
      await subject().remove(key)
      expect(await subject().stat(key)).toBeNull()
      await expect(subject().open(key)).rejects.toMatchObject({ code: 'not-found' })
      await expect(subject().localCopy(key)).rejects.toMatchObject({ code: 'not-found' })
    })

    test('a local copy has the bytes, for as long as it is needed', async () => {
      const key = newKey()
      const bytes = randomBytes(3000)
      await subject().put(key, bytes)
      const copy = await subject().localCopy(key)
      expect(existsSync(copy.path)).toBe(true)
      expect(await readFile(copy.path)).toEqual(bytes)
      await copy.dispose()
      expect(await subject().stat(key)).toEqual({ size: 3000 })
    })

    test('a key that is not ours is refused before anything is touched', async () => {
      for (const key of ['../../etc/passwd', 'a//b', '/abs', 'a b', 'A', ''])
        await expect(async () => subject().stat(key)).rejects.toMatchObject({ code: 'malformed' })
    })

    describe('in pieces', () => {
      const megabyte = randomBytes(1024 * 1024)
      const stream = (...chunks: Buffer[]) => Readable.from(chunks, { objectMode: false })
      const times = (count: number) => Array(count).fill(megabyte) as Buffer[]

      test('what came in three sendings is one object, with its hash', async () => {
        const key = newKey()
        const { pieces } = subject()
        const whole = Buffer.concat([...times(19), Buffer.from('the end')])
        const token = await pieces.begin(key)
        expect(await pieces.held(key, token)).toBe(0)
        expect(await pieces.append(key, token, 0, stream(...times(8)), { total: whole.length })).toBe(8 * megabyte.length)
        expect(await pieces.append(key, token, 8 * megabyte.length, stream(...times(8)), { total: whole.length })).toBe(
          16 * megabyte.length,
        )
        const rest = stream(...times(3), Buffer.from('the end'))
        expect(await pieces.append(key, token, 16 * megabyte.length, rest, { total: whole.length })).toBe(whole.length)
        expect(await subject().stat(key)).toBeNull()
        const stored = await pieces.seal(key, token)
        expect(stored).toEqual({ size: whole.length, sha256: hashOf(whole), crc32: zlib.crc32(whole) })
        expect(hashOf(await read(key))).toBe(stored.sha256)
        expect(await pieces.seal(key, token)).toEqual(stored)
      })

      test('another process goes on where the first was killed, and the hash is right', async () => {
        const key = newKey()
        const total = 20 * megabyte.length
        const token = await subject().pieces.begin(key)
        const held = await subject().pieces.append(key, token, 0, stream(...times(11)), { total })
        expect(held).toBeGreaterThanOrEqual(8 * megabyte.length)
        // `subject()` is made anew: it knows nothing of what the other has hashed.
        const rest = Buffer.concat(times(20)).subarray(held)
        expect(await subject().pieces.append(key, token, held, stream(rest), { total })).toBe(total)
        expect(await subject().pieces.seal(key, token)).toMatchObject({ size: total, sha256: hashOf(Buffer.concat(times(20))) })
      })

      test('begun here, ended elsewhere and sealed here again, its hash is of the whole', async () => {
        const key = newKey()
        const whole = Buffer.concat(times(17))
        const [one, other] = [subject().pieces, subject().pieces]
        const token = await one.begin(key)
        const first = await one.append(key, token, 0, stream(whole.subarray(0, 8 * megabyte.length)), { total: whole.length })
        expect(await other.append(key, token, first, stream(whole.subarray(first)), { total: whole.length })).toBe(whole.length)
        expect(await one.seal(key, token)).toEqual({ size: whole.length, sha256: hashOf(whole), crc32: zlib.crc32(whole) })
      })

      test('a sender that goes away leaves what came of it', async () => {
        const key = newKey()
        const { pieces } = subject()
        const token = await pieces.begin(key)
        const broken = Readable.from(
          (async function* () {
            yield* times(9)
            throw new Error('the line broke')
          })(),
          { objectMode: false },
        )
        const held = await pieces.append(key, token, 0, broken, { total: 30 * megabyte.length })
        expect(held).toBeGreaterThanOrEqual(8 * megabyte.length)
        expect(await pieces.held(key, token)).toBe(held)
        await pieces.abandon(key, token)
      })

      test('a piece at the wrong place and one too many are refused', async () => {
        const key = newKey()
        const { pieces } = subject()
        const token = await pieces.begin(key)
        await expect(pieces.append(key, token, 5, stream(megabyte), { total: 10 })).rejects.toMatchObject({ code: 'malformed' })
        await expect(pieces.append(key, token, 0, stream(megabyte), { total: 10 })).rejects.toMatchObject({ code: 'too-large' })
        const total = 20 * megabyte.length
        const held = await pieces.append(key, token, 0, stream(...times(8)), { total })
        // What was sent before is not sent into the middle again.
        await expect(pieces.append(key, token, 0, stream(megabyte), { total })).rejects.toMatchObject({ code: 'malformed' })
        expect(await pieces.held(key, token)).toBe(held)
        await pieces.abandon(key, token)
      })

      test('given up, nothing is left; and nothing at all can be sealed', async () => {
        const [gone, empty] = [newKey(), newKey()]
        const { pieces } = subject()
        const token = await pieces.begin(gone)
        await pieces.append(gone, token, 0, stream(...times(8)), { total: 9 * megabyte.length })
        await pieces.abandon(gone, token)
        await pieces.abandon(gone, token)
        await expect(pieces.held(gone, token)).rejects.toMatchObject({ code: 'not-found' })
        const none = await pieces.begin(empty)
        expect((await pieces.seal(empty, none)).size).toBe(0)
        expect(await subject().stat(empty)).toEqual({ size: 0 })
      })
    })

    test('it says that it is well', async () => expect(await subject().healthy()).toBe(true))
  })
}
