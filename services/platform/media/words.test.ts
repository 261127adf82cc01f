import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childMedia } from './child-media.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'words-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))
const reading = async (file: string, media = childMedia()) =>
  media.readText({ path: file, outDir: await mkdtemp(path.join(folder, 'out-')), edge: 2000, languages: ['deu', 'eng'] })
const drawn = async (name: string, inside: string) => {
  const file = path.join(folder, name)
  await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#dfe8ee"/>${inside}</svg>`,
    ),
  )
    .jpeg()
    .toFile(file)
  return file
}
const line = (y: number, text: string) =>
  `<text x="120" y="${y}" font-size="72" font-family="DejaVu Sans, sans-serif" fill="#20303f">${text}</text>`

test('text in two languages is read with its boxes, umlauts as they are, without a network', { timeout: 60_000 }, async () => {
  const read = await reading(await drawn('sign.jpg', line(240, 'Summer Market') + line(420, 'Öffnung am Hafen')))
  if (!read.ok) throw new Error(read.error)
  expect(read.value.lines.map((words) => words.map(({ text }) => text).join(' '))).toEqual(['Summer Market', 'Öffnung am Hafen'])
  const [first] = read.value.lines[0] ?? []
  expect(first?.confidence).toBeGreaterThan(0.8)
  expect(first?.x).toBeCloseTo(0.1, 1)
  expect(first?.y).toBeCloseTo(0.23, 1)
})

test('a bright sign in dark surroundings is read as well', { timeout: 60_000 }, async () => {
  const sign = `<rect width="1200" height="800" fill="#1b2a4a"/><rect x="80" y="200" width="1040" height="260" fill="#f3ead3"/>`
  const read = await reading(
    await drawn(
      'dark.jpg',
      `${sign}<text x="130" y="370" font-size="110" font-family="DejaVu Sans, sans-serif" fill="#20303f">Fischmarkt Altona</text>`,
    ),
  )
  if (!read.ok) throw new Error(read.error)
  expect(read.value.lines.map((words) => words.map(({ text }) => text).join(' '))).toEqual(['Fischmarkt Altona'])
})

test('what is no picture is refused in words, and a reader that takes too long is ended', { timeout: 60_000 }, async () => {
  const file = path.join(folder, 'none.jpg')
  await writeFile(file, 'no picture at all')
  expect(await reading(file)).toMatchObject({ ok: false, error: 'unreadable' })
  const sign = await drawn('sign-2.jpg', line(240, 'Summer Market'))
  expect(await reading(sign, childMedia({ deadlineMs: 1 }))).toMatchObject({ ok: false, error: 'timed-out' })
  expect(await reading(sign, childMedia({ memoryBytes: 1024, watchMs: 5 }))).toMatchObject({ ok: false, error: 'out-of-memory' })
})
