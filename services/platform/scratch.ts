import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Storage } from './storage/storage.ts'

const name = 'clearmark-work-'
const day = 86_400_000

/**
 * Removes what killed processes left beside `fresh`, which was made just now: what begins with the same name and was last
 * touched a day before. Whatever stands in its way is no reason to fail: it tries again in the next process.
 */
export async function removeLeftovers(fresh: string, named = ''): Promise<void> {
  const folder = path.dirname(fresh)
  const now = await stat(fresh).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  const found = await readdir(folder).catch(() => [])
  for (const each of found.filter((one) => one.startsWith(named))) {
    const left = path.join(folder, each)
    const touched = await stat(left).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    )
    if (touched < now - day) await rm(left, { recursive: true, force: true }).catch(() => undefined)
  }
}

let tidied = false

/** A folder of this machine for a piece of work. Whoever opens one disposes of it; what a killed process could not, a later one does. */
export async function openScratch(): Promise<{ folder: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), name))
  if (!tidied) {
    tidied = true
    await removeLeftovers(folder, name)
  }
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) }
}

/** The same around a piece of work: gone when it ends, however it ends. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, dispose } = await openScratch()
  try {
    return await work(folder)
  } finally {
    await dispose()
  }
}

/** Work on stored objects as files of this machine, with a folder for what it makes of them. Of neither anything stays. */
export const onCopies = <const K extends readonly string[], T>(
  storage: Pick<Storage, 'localCopy'>,
  keys: K,
  work: (paths: { readonly [I in keyof K]: string }, outDir: string) => Promise<T>,
): Promise<T> =>
  inScratch(async (outDir) => {
    const copies: Awaited<ReturnType<Storage['localCopy']>>[] = []
    try {
      for (const key of keys) copies.push(await storage.localCopy(key))
      return await work(copies.map((copy) => copy.path) as { readonly [I in keyof K]: string }, outDir)
    } finally {
      for (const copy of copies) await copy.dispose()
    }
  })
