import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { DeriveError, Derived, Media } from './media.ts'

export interface ChildLimits {
  /** Killed after this long, whatever it does: libvips' own time limit was seen not to end an encoder. */
  deadlineMs: number
  /** Killed when it holds more memory than this. */
  memoryBytes: number
  /** How often the memory is looked at. */
  watchMs: number
}
/** 100 megapixels rotated and encoded at full size peaked at 690 MB; the slowest honest file, a CMYK TIFF, took 9.5 s under load. */
const usual: ChildLimits = { deadlineMs: 90_000, memoryBytes: 1024 ** 3, watchMs: 100 }

const script = fileURLToPath(new URL('./child/derive.mjs', import.meta.url))
/** Where fonts are found, and where the list of them is kept between children (reading it anew costs each a tenth of a second). */
const fonts = {
  FONTCONFIG_FILE: fileURLToPath(new URL('./child/fonts.conf', import.meta.url)),
  XDG_CACHE_HOME: path.join(tmpdir(), 'clearmark-fonts'),
}
const longestAnswer = 4 * 1024 * 1024

type Answer = { ok: true; value: Derived } | { ok: false; error: DeriveError; detail: string }
type Input = Parameters<Media['derive']>[0]

/** Media work in a process of its own for each file: a decoder that hangs, bloats or crashes takes nobody with it. */
export function childMedia(limits: Partial<ChildLimits> = {}, child: Child = { script, fonts }): Media {
  const chosen = { ...usual, ...limits }
  return { derive: (input) => deriveInChild(child, input, chosen) }
}

interface Child {
  script: string
  fonts: Record<string, string>
}

async function deriveInChild(child: Child, input: Input, limits: ChildLimits): Promise<Result<Derived, DeriveError>> {
  const worker = spawn(process.execPath, ['--max-old-space-size=256', child.script], {
    // Nothing of ours: no database address, no keys. Temporary files of decoders go where the caller cleans up.
    env: { NODE_ENV: 'production', TMPDIR: input.outDir, MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', ...child.fonts },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let killedFor: 'timed-out' | 'out-of-memory' | undefined
  const kill = (why: typeof killedFor) => {
    killedFor ??= why
    worker.kill('SIGKILL')
  }
  const deadline = setTimeout(() => kill('timed-out'), limits.deadlineMs)
  const watch = setInterval(() => {
    void residentBytes(worker).then((bytes) => bytes > limits.memoryBytes && kill('out-of-memory'))
  }, limits.watchMs)
  try {
    const answer = await lineOf(worker, input)
    if (killedFor === 'timed-out') return fail('timed-out', 'Reading the file took too long.')
    if (killedFor === 'out-of-memory') return fail('out-of-memory', 'Reading the file took too much memory.')
    if (!answer) return fail('unreadable', 'The file made its reader fail.')
    return answer.ok ? ok(answer.value) : fail(answer.error, answer.detail)
  } finally {
    clearTimeout(deadline)
    clearInterval(watch)
    worker.kill('SIGKILL')
  }
}

/** The child's one line, or null when it ended without one. */
function lineOf(worker: ChildProcess, input: Input): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    let line = ''
    worker.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      line += chunk
      if (line.length > longestAnswer) worker.kill('SIGKILL')
    })
    // A child that died before it read its order closes the pipe; its end says the rest.
    worker.stdin?.on('error', () => undefined).end(JSON.stringify(input))
    worker.on('error', reject)
    worker.on('close', () => resolve(parse(line)))
  })
}

function parse(line: string): Answer | null {
  try {
    return JSON.parse(line) as Answer
  } catch {
    return null
  }
}

/** Resident memory where the system tells (Linux); elsewhere the deadline and the heap limit must do. */
async function residentBytes(worker: ChildProcess): Promise<number> {
  if (process.platform !== 'linux' || !worker.pid) return 0
  const statm = await readFile(`/proc/${worker.pid}/statm`, 'latin1').catch(() => '')
  return Number(statm.split(' ')[1] ?? 0) * 4096
}
