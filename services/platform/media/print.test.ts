import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { childMedia } from './child-media.ts'
import { printAlgorithm } from './media.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'print-test-'))
async function printed(bytes: Buffer, mediaType: string) {
  const file = path.join(folder, `${bytes.length}-${mediaType.replace('/', '-')}`)
  writeFileSync(file, bytes)
  return childMedia().derive({ path: file, mediaType, outDir: folder, renditions: [], print: true })
}
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c04020' } })

test('pictures that have nothing to print are taken in all the same', async () => {
  for (const [width, height] of [
    [1, 1],
    [3000, 2],
    [7, 900],
  ] as const) {
    const outcome = await printed(await plain(width, height).png().toBuffer(), 'image/png')
    expect(outcome).toMatchObject({ ok: true, value: { width, height } })
  }
})

test('a plain surface has a print without a mark, and a broken file has none because it is refused', async () => {
  const whole = await plain(400, 300).jpeg().toBuffer()
  const outcome = await printed(whole, 'image/jpeg')
  expect(outcome).toMatchObject({ ok: true, value: { print: { algorithm: printAlgorithm, marks: '' } } })
  expect(await printed(whole.subarray(0, whole.length / 2), 'image/jpeg')).toMatchObject({ ok: false })
})
