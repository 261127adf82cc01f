import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { searchPath } from '../env.ts'

const usable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** Where ffmpeg lies on this machine, or null: films then have facts and a card, and pages say what is lacking. */
export const findFfmpeg = (folders: readonly string[] = searchPath()): string | null =>
  folders.map((folder) => path.join(folder, 'ffmpeg')).find(usable) ?? null

/** Asked once a process: which ffmpeg reads films here. */
export function filmsBy(ffmpeg: string | null): () => Promise<string | null> {
  let asked: Promise<string | null> | undefined
  return () => (asked ??= ffmpeg ? versionOf(ffmpeg) : Promise.resolve(null))
}

const versionOf = (ffmpeg: string): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(
      ffmpeg,
      ['-hide_banner', '-version'],
      { timeout: 5_000, maxBuffer: 1024 * 1024, env: { NODE_ENV: 'production' } },
      (error, said) => resolve(error ? null : (/^ffmpeg version (\S+)/.exec(said)?.[1] ?? 'of unknown version')),
    )
  })
