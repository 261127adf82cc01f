import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { childMedia } from './child-media.ts'
import { changedPixels, regionsOf } from './child/changes.mjs'

interface Part {
  x: number
  y: number
  width: number
  height: number
  share: number
}
const changed = changedPixels as (one: Uint8Array, other: Uint8Array, most: number) => Uint8Array
const regions = regionsOf as (mask: Uint8Array, width: number, height: number, options?: object) => Part[]

test('each changed pixel that is in a changed block lies in a region, and each region holds one', () => {
  const square = fc.record({
    x: fc.integer({ min: 0, max: 150 }),
    y: fc.integer({ min: 0, max: 90 }),
    edge: fc.integer({ min: 8, max: 40 }),
  })
  fc.assert(
    fc.property(fc.array(square, { maxLength: 5 }), (squares) => {
      const [width, height] = [160, 100]
      const mask = new Uint8Array(width * height)
      for (const { x, y, edge } of squares)
        for (let row = y; row < Math.min(height, y + edge); row++) mask.fill(1, row * width + x, row * width + Math.min(width, x + edge))
      const found = regions(mask, width, height, { least: 1 / 256 })
      const isIn = (x: number, y: number, part: Part) =>
        x >= part.x * width - 1e-6 &&
        x < (part.x + part.width) * width + 1e-6 &&
        y >= part.y * height - 1e-6 &&
        y < (part.y + part.height) * height + 1e-6
      const hit = new Set<Part>()
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          if (!mask[y * width + x]) continue
          const holding = found.filter((part) => isIn(x, y, part))
          if (holding.length === 0) return false
          holding.forEach((part) => hit.add(part))
        }
      const all = found.reduce((sum, { share }) => sum + share, 0) * width * height
      return hit.size === found.length && Math.round(all) === mask.reduce((sum, bit) => sum + bit, 0)
    }),
    { numRuns: 40 },
  )
})

test('a channel that differs by more than the noise is a change, by less it is none', () => {
  const base = new Uint8Array([100, 100, 100, 100, 100, 100])
  expect([...changed(base, new Uint8Array([100, 129, 100, 128, 72, 100]), 28)]).toEqual([1, 0])
})

test('a picture against itself coded otherwise is the same; a new sign in it is found where it is', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'difference-'))
  try {
    const draw = (more: string) =>
      sharp(
        Buffer.from(
          `<svg width="900" height="600"><rect width="900" height="600" fill="#7a94ad"/><circle cx="300" cy="300" r="160" fill="#e8c07a"/>${more}</svg>`,
        ),
      )
    const [one, same, other] = ['one.jpg', 'same.webp', 'other.jpg'].map((name) => path.join(folder, name)) as [string, string, string]
    await draw('').jpeg({ quality: 86 }).toFile(one)
    await draw('').webp({ quality: 60 }).toFile(same)
    await draw('<rect x="630" y="60" width="180" height="120" fill="#20303f"/>').jpeg({ quality: 86 }).toFile(other)
    const media = childMedia()
    const none = await media.differ({ one, other: same, outDir: folder, edge: 600 })
    expect(none).toMatchObject({ ok: true, value: { regions: [] } })
    const found = await media.differ({ one, other, outDir: folder, edge: 600 })
    if (!found.ok) throw new Error(found.error)
    expect(found.value.share).toBeCloseTo((180 * 120) / (900 * 600), 2)
    expect(found.value.regions).toHaveLength(1)
    const [part] = found.value.regions
    expect(part?.x).toBeCloseTo(0.7, 1)
    expect(part?.y).toBeCloseTo(0.1, 1)
    expect(await sharp(found.value.path).metadata()).toMatchObject({ width: 600, height: 400, format: 'webp' })
    expect(await media.differ({ one, other: path.join(folder, 'nothing.jpg'), outDir: folder, edge: 600 })).toMatchObject({
      ok: false,
      error: 'unreadable',
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
