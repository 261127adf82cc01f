import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { filmsBy, findFfmpeg } from './ffmpeg.ts'
import type { DeriveError, Derived, Difference, Media, ReadWord } from './media.ts'

export interface ChildLimits {
  /** Killed after this long, whatever it does: libvips' own time limit was seen not to end an encoder. */
  deadlineMs: number
  /** Killed when it holds more memory than this. */
  memoryBytes: number
  /** How often the memory is looked at. */
  watchMs: number
}
/** A 60-megapixel HEIC is the hungriest of honest files; the slowest picture, a CMYK TIFF, took 9.5 s under load. */
const usual: ChildLimits = { deadlineMs: 90_000, memoryBytes: 1024 ** 3, watchMs: 100 }

const script = fileURLToPath(new URL('./child/derive.mjs', import.meta.url))
const wordsScript = fileURLToPath(new URL('./child/words.mjs', import.meta.url))
/** Reading text took 1 to 4 s and 200 MB on photographs; what takes ten times that is not worth it. */
const reading = { deadlineMs: 40_000, memoryBytes: 600 * 1024 ** 2 }
const differenceScript = fileURLToPath(new URL('./child/difference.mjs', import.meta.url))
/** Where fonts are found, and where the list of them is kept between children (reading it anew costs each a tenth of a second). */
const fonts = {
  FONTCONFIG_FILE: fileURLToPath(new URL('./child/fonts.conf', import.meta.url)),
  XDG_CACHE_HOME: path.join(tmpdir(), 'clearmark-fonts'),
}
/** A film of five minutes is coded anew for those who review it. */
const filmDeadlineMs = 600_000
const longestAnswer = 4 * 1024 * 1024

type Answer<T> = { ok: true; value: T } | { ok: false; error: DeriveError; detail: string }
type Input = Parameters<Media['derive']>[0]

/** Media work in a process of its own for each file: a decoder that hangs, bloats or crashes takes nobody with it. */
export function childMedia(limits: Partial<ChildLimits> = {}, child: Child = { script, fonts, ffmpeg: findFfmpeg() }): Media {
  const timeOf = ({ mediaType }: Input) => limits.deadlineMs ?? (mediaType.startsWith('video/') ? filmDeadlineMs : usual.deadlineMs)
  const films = filmsBy(child.ffmpeg ?? null)
  return {
    films,
    derive: (input) => inChild<Derived>(child, input, { ...usual, ...limits, deadlineMs: timeOf(input) }),
    differ: (input) => inChild<Difference>({ ...child, script: differenceScript }, input, { ...usual, ...limits }),
    readText: (input) => inChild<{ lines: ReadWord[][] }>({ ...child, script: wordsScript }, input, { ...usual, ...reading, ...limits }),
  }
}

interface Child {
  script: string
  fonts: Record<string, string>
  /** Where ffmpeg lies on this machine, if it does. */
  ffmpeg?: string | null
}

async function inChild<T>(child: Child, input: { outDir: string }, limits: ChildLimits): Promise<Result<T, DeriveError>> {
  const worker = spawn(process.execPath, ['--max-old-space-size=256', child.script], {
    // Nothing of ours: no database address, no keys. Temporary files of decoders go where the caller cleans up.
    env: { NODE_ENV: 'production', TMPDIR: input.outDir, MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', ...child.fonts },
    stdio: ['pipe', 'pipe', 'ignore'],
    // A group of its own: what the child starts (ffmpeg) dies with it.
    detached: true,
  })
  let killedFor: 'timed-out' | 'out-of-memory' | undefined
  const kill = (why: typeof killedFor) => {
    killedFor ??= why
    killGroup(worker)
  }
  const deadline = setTimeout(() => kill('timed-out'), limits.deadlineMs)
  const watch = setInterval(() => {
    void residentBytes(worker).then((bytes) => bytes > limits.memoryBytes && kill('out-of-memory'))
  }, limits.watchMs)
  try {
    const answer = await lineOf<T>(worker, { ...input, ffmpeg: child.ffmpeg ?? null })
    if (killedFor === 'timed-out') return fail('timed-out', 'Reading the file took too long.')
    if (killedFor === 'out-of-memory') return fail('out-of-memory', 'Reading the file took too much memory.')
    if (!answer) return fail('unreadable', 'The file made its reader fail.')
    return answer.ok ? ok(answer.value) : fail(answer.error, answer.detail)
  } finally {
    clearTimeout(deadline)
    clearInterval(watch)
    killGroup(worker)
  }
}

/** The child and all that it started; whoever is gone already is no fault. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group has ended.
  }
}

/** The child's one line, or null when it ended without one. */
function lineOf<T>(worker: ChildProcess, order: object): Promise<Answer<T> | null> {
  return new Promise((resolve, reject) => {
    let line = ''
    worker.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      line += chunk
      if (line.length > longestAnswer) killGroup(worker)
    })
    // A child that died before it read its order closes the pipe; its end says the rest.
    worker.stdin?.on('error', () => undefined).end(JSON.stringify(order))
    worker.on('error', reject)
    worker.on('close', () => resolve(parse<T>(line)))
  })
}

function parse<T>(line: string): Answer<T> | null {
  try {
    return JSON.parse(line) as Answer<T>
  } catch {
    return null
  }
}

/** Resident memory of the child and of what it started, where the system tells (Linux); elsewhere the deadline and the heap limit must do. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== 'linux' || !pid) return 0
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'latin1').catch(() => '')
  const held = await Promise.all(
    [String(pid), ...children.split(' ').filter(Boolean)].map(async (each) => {
      const statm = await readFile(`/proc/${each}/statm`, 'latin1').catch(() => '')
      return Number(statm.split(' ')[1] ?? 0) * 4096
    }),
  )
  return held.reduce((sum, bytes) => sum + bytes, 0)
}
