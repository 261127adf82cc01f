import { opendir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

/** What file systems leave in folders: nobody means to bring it in. */
const isDebris = (name: string): boolean => /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i.test(name)

const isSidecar = (name: string): boolean => /\.xmp$/i.test(name)
const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '')
const largestSidecar = 2_000_000

/** The XMP that lies beside a file: `harbour.xmp` or `harbour.jpg.xmp` beside `harbour.jpg`. */
export async function sidecarOf(folder: string, file: string): Promise<{ fileName: string; packet: string } | undefined> {
  for (const name of [`${file}.xmp`, `${stemOf(file)}.xmp`, `${file}.XMP`, `${stemOf(file)}.XMP`]) {
    const found = await fileIn(folder, name)
    if (!found || found.size === 0 || found.size > largestSidecar) continue
    const packet = (await readFile(found.at, 'utf8')).replaceAll('\0', '')
    if (packet.trim() !== '') return { fileName: path.basename(name), packet }
  }
  return undefined
}

/** Every file of a folder and the folders in it, by its path there, in the order of their names. Links are not followed out of it. */
export async function* filesIn(folder: string, within = ''): AsyncGenerator<string> {
  const names: { name: string; folder: boolean }[] = []
  for await (const entry of await opendir(path.join(folder, within)))
    if (!isDebris(entry.name) && (entry.isFile() || entry.isDirectory())) names.push({ name: entry.name, folder: entry.isDirectory() })
  names.sort((a, b) => (a.name < b.name ? -1 : 1))
  const stems = new Set(names.filter((one) => !one.folder && !isSidecar(one.name)).flatMap(({ name }) => [name, stemOf(name)]))
  for (const one of names) {
    const at = within === '' ? one.name : `${within}/${one.name}`
    if (one.folder) yield* filesIn(folder, at)
    // XMP beside its picture is read with it, and is no file of its own.
    else if (!(isSidecar(one.name) && stems.has(stemOf(one.name)))) yield at
  }
}

/** Where a file of the folder lies, and how large it is; null where it is not in the folder, whatever its name says. */
export async function fileIn(folder: string, file: string): Promise<{ at: string; size: number } | null> {
  try {
    const [root, at] = await Promise.all([realpath(folder), realpath(path.join(folder, file))])
    const inside = at.startsWith(root.endsWith(path.sep) ? root : root + path.sep)
    const found = inside ? await stat(at) : null
    return found?.isFile() ? { at, size: found.size } : null
  } catch {
    return null
  }
}
