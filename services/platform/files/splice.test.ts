import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { open, slice, splice, storedObject, type Part } from './splice.ts'

const object = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251))

const memory = () => {
  const opened: Readable[] = []
  return {
    opened,
    open: async (_key: string, range = { start: 0, end: object.length - 1 }) => {
      let at = range.start
      const stream = new Readable({
        highWaterMark: 16,
        read(size) {
          if (at > range.end) return void this.push(null)
          const end = Math.min(at + size, range.end + 1)
          this.push(object.subarray(at, end))
          at = end
        },
      })
      opened.push(stream)
      return stream
    },
  }
}

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ bytes })),
  fc.tuple(fc.nat(1000), fc.nat(1000)).map(([a, b]) => ({ key: 'k', start: Math.min(a, b), end: Math.max(a, b) })),
)

test('any slice of a splice is the same slice of its bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), fc.nat(3000), fc.nat(3000), async (parts, a, b) => {
      const file = splice(...parts)
      const whole = await buffer(open(file, memory()))
      expect(whole.length).toBe(file.size)
      const cut = slice(file, Math.min(a, b), Math.max(a, b))
      const bytes = await buffer(open(cut, memory()))
      expect(bytes.equals(whole.subarray(Math.min(a, b), Math.max(a, b)))).toBe(true)
      expect(cut.size).toBe(bytes.length)
    }),
    { numRuns: 60 },
  )
})

test('a reader that goes away closes the source at once', async () => {
  const storage = memory()
  const leaving = new AbortController()
  const stream = open(storedObject('k', 1000), storage, leaving.signal)
  stream.on('error', () => undefined)
  await new Promise((resolve) => stream.once('readable', resolve))
  leaving.abort()
  await new Promise((resolve) => stream.once('close', resolve))
  expect(storage.opened[0]?.destroyed).toBe(true)
})

test('a reader that goes away while a source is being opened leaves none open', async () => {
  const storage = memory()
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const stream = open(storedObject('k', 1000), { open: async (key, range) => (await gate, storage.open(key, range)) })
  stream.read()
  stream.destroy()
  release()
  await new Promise((resolve) => setImmediate(resolve))
  expect(storage.opened[0]?.destroyed).toBe(true)
})

test('a reader that had gone before it began is no fault of the process', async () => {
  const storage = memory()
  const stream = open(storedObject('a', object.length), storage, AbortSignal.abort())
  // Nobody listens yet: an unheard error would fail this test, as it would end the web process.
  await new Promise((resolve) => setImmediate(resolve))
  await expect(buffer(stream)).rejects.toThrow()
  expect(storage.opened).toEqual([])
})

test('no source is opened before the one before it has been read', async () => {
  const storage = memory()
  const stream = open(
    splice({ key: 'a', start: 0, end: 1000 }, { bytes: Buffer.alloc(300_000) }, { key: 'b', start: 0, end: 1000 }),
    storage,
  )
  await new Promise((resolve) => stream.once('readable', resolve))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(storage.opened.length).toBe(1)
  await buffer(stream)
  expect(storage.opened.length).toBe(2)
})

test('an object shorter than promised is a fault', async () => {
  await expect(buffer(open(storedObject('k', 1001), memory()))).rejects.toThrow('shorter than promised')
})
