import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hostileFiles } from '#services/testing/hostile.ts'
import { childMedia } from './child-media.ts'
import type { RenditionSpec } from './media.ts'

const specs: RenditionSpec[] = [
  { preset: 'page', maxEdge: 640, format: 'webp', watermark: 'House' },
  { preset: 'motion', of: 'motion', maxEdge: 120, format: 'webp' },
]

// Some of each kind here; a thousand by `npm run bench -- hostile`.
test('wounded files of every kind are read or refused with a sentence', { timeout: 60_000 }, async () => {
  const media = childMedia()
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-test-'))
  const files = await hostileFiles(26)
  const read = async ({ name, mediaType, bytes }: (typeof files)[number], i: number) => {
    const file = path.join(folder, `${i}`)
    writeFileSync(file, bytes)
    const outcome = await media.derive({
      path: file,
      mediaType,
      outDir: mkdtempSync(path.join(folder, 'out-')),
      renditions: specs,
      print: true,
    })
    if (outcome.ok) expect(outcome.value.files.length, name).toBeGreaterThan(0)
    else expect(String(outcome.detail), `${name}: ${outcome.error}`).toMatch(/^[A-Z].*\.$/)
    expect(outcome.ok || !['timed-out', 'out-of-memory'].includes(outcome.error), name).toBe(true)
  }
  const queue = files.entries()
  await Promise.all(
    [1, 2].map(async () => {
      for (const [i, file] of queue) await read(file, i)
    }),
  )
})
