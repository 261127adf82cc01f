import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { open, slice, splice, storedObject } from './splice.ts'
import { planZip, type ZipEntry } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const object = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 31) % 256))
const storage = {
  open: async (_key: string, range = { start: 0, end: object.length - 1 }) => Readable.from([object.subarray(range.start, range.end + 1)]),
}
const text = (name: string, content: string): ZipEntry => ({ name, file: splice({ bytes: Buffer.from(content) }), crc32: crc32(content) })
const stored = (name: string): ZipEntry => ({ name, file: storedObject('k', object.length), crc32: crc32(object) })
const entries = [stored('Logos/primary.png'), text('Übersicht – 概要.txt', 'hello'), text('empty.txt', '')]

/** Whether a program of this machine can be asked. */
const has = (program: string, ...flags: string[]): boolean => {
  try {
    execFileSync(program, flags, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const python = (script: string, ...inputs: string[]) => execFileSync('python3', ['-c', script, ...inputs], { encoding: 'utf8' }).trim()

test('any range of the archive is that range of the whole', async () => {
  const { file } = planZip(entries)
  const whole = await buffer(open(file, storage))
  expect(whole.length).toBe(file.size)
  await fc.assert(
    fc.asyncProperty(fc.nat(file.size), fc.nat(file.size), async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      expect((await buffer(open(slice(file, from, to), storage))).equals(whole.subarray(from, to))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('each member lies where the plan says, and the same entries give the same archive', async () => {
  const [one, two] = [planZip(entries), planZip(entries)]
  const whole = await buffer(open(one.file, storage))
  expect(whole.subarray(one.members[0]?.start, one.members[0]?.end).equals(object)).toBe(true)
  expect(whole.equals(await buffer(open(two.file, storage)))).toBe(true)
})

test.skipIf(!has('unzip', '-v'))('unzip finds no fault', async () => {
  const path = join(folder, 'a.zip')
  writeFileSync(path, await buffer(open(planZip(entries).file, storage)))
  expect(execFileSync('unzip', ['-tq', path], { encoding: 'utf8' })).toContain('No errors')
})

test.skipIf(!has('python3', '-V'))('python reads names and bytes', async () => {
  const path = join(folder, 'b.zip')
  writeFileSync(path, await buffer(open(planZip(entries).file, storage)))
  const script =
    'import sys,zipfile,json;z=zipfile.ZipFile(sys.argv[1]);print(json.dumps([z.testzip(),z.namelist(),len(z.read("Logos/primary.png"))]))'
  expect(JSON.parse(python(script, path))).toEqual([null, entries.map(({ name }) => name), 5000])
})

test.skipIf(!has('python3', '-V'))('an archive beyond 4 GB, and one of more than 65,535 files', async () => {
  const big: ZipEntry = { name: 'big.bin', file: splice({ key: 'zeros', start: 0, end: 5_000_000_000 }), crc32: 0 }
  const { file } = planZip([big, text('after.txt', 'beyond four gigabytes')])
  const path = join(folder, 'big.zip')
  const handle = openSync(path, 'w')
  ftruncateSync(handle, file.size) // sparse: the five gigabytes of zeros take no room
  let at = 0
  for (const part of file.parts) {
    if ('bytes' in part) writeSync(handle, part.bytes, 0, part.bytes.length, at)
    at += 'bytes' in part ? part.bytes.length : part.end - part.start
  }
  closeSync(handle)
  const script = 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.getinfo("big.bin").file_size,z.read("after.txt").decode())'
  expect(python(script, path)).toBe('5000000000 beyond four gigabytes')

  const many = join(folder, 'many.zip')
  writeFileSync(many, await buffer(open(planZip(Array.from({ length: 70_000 }, (_, i) => text(`${i}`, ''))).file, storage)))
  expect(python('import sys,zipfile;print(len(zipfile.ZipFile(sys.argv[1]).namelist()))', many)).toBe('70000')
})
