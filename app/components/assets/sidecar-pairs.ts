/** XMP that lies beside a file, by its name; what is in it is looked at where it is read. */
export const isSidecar = (name: string): boolean => /\.xmp$/i.test(name)

const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '')
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * The file that a sidecar was written for: `harbour.jpg.xmp` or `harbour.xmp` beside `harbour.jpg`, as the importer of folders
 * pairs them. A file of its own folder goes before one of the same name elsewhere; of several it takes the newest in the list.
 */
export function ownerOf<T extends { path: string }>(sidecar: string, files: readonly T[]): T | null {
  const path = sidecar.toLowerCase()
  const [folder, name] = [folderOf(path), path.slice(folderOf(path).length)]
  const described = stemOf(name)
  const candidates = files.map((file) => {
    const at = file.path.toLowerCase()
    return { file, folder: folderOf(at), name: at.slice(folderOf(at).length) }
  })
  const matches = [candidates.filter((each) => each.name === described), candidates.filter((each) => stemOf(each.name) === described)]
  for (const found of matches) {
    const near = found.filter((each) => each.folder === folder)
    const best = near.at(-1) ?? found.at(-1)
    if (best) return best.file
  }
  return null
}
