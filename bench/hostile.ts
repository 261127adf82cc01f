/** A thousand files that are wounded on purpose, of every kind that the library takes in: none hangs, none kills the worker, each has a clear end. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { planRenditions } from '#services/assets/rules/rendition-plan.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { hostileFiles } from '#services/testing/hostile.ts'
import type { Figure } from './figure.ts'

const count = 1000

/** What came of them, told as they end; the figures are what must never happen. */
export default async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-hostile-'))
  const media = childMedia()
  const ends: Record<string, number> = {}
  const unclear: string[] = []
  let slowest = { milliseconds: 0, name: '' }
  const files = (await hostileFiles(count)).entries()
  const work = async () => {
    for (const [i, { name, mediaType, bytes }] of files) {
      const outDir = path.join(folder, `out-${i}`)
      const file = path.join(folder, `${i}`)
      await Promise.all([writeFile(file, bytes), mkdir(outDir)])
      const began = performance.now()
      const renditions = planRenditions({ kind: 'PHOTOGRAPH', audience: 'STORE', mediaType, mark: 'House · preview' })
      const outcome = await media.derive({ path: file, mediaType, outDir, renditions, print: true })
      const milliseconds = performance.now() - began
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, name }
      const end = outcome.ok ? 'read' : outcome.error
      ends[end] = (ends[end] ?? 0) + 1
      const clear = outcome.ok
        ? outcome.value.files.length > 0
        : /^[A-Z].*\.$/.test(String(outcome.detail)) && outcome.error !== 'timed-out'
      if (!clear) unclear.push(`${name} (${mediaType}): ${end}`)
      await Promise.all([rm(outDir, { recursive: true, force: true }), rm(file)])
    }
  }
  await Promise.all([work(), work()])
  await rm(folder, { recursive: true, force: true })
  process.stderr.write(`${JSON.stringify({ ends, slowest, unclear })}\n`)
  return [
    {
      name: 'hostile.files',
      unit: 'files that ended',
      value: Object.values(ends).reduce((sum, n) => sum + n, 0),
      target: count,
      better: 'higher',
    },
    { name: 'hostile.unclear', unit: 'files without a clear end', value: unclear.length, target: 0, better: 'lower' },
  ]
}
