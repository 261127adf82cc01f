/** Every file of what was dropped, folders opened. Read before the first wait: the browser empties the drop when its event ends. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return [...files]
  const found: File[] = []
  for (const entry of entries) for await (const file of filesOf(entry)) found.push(file)
  return found
}

async function* filesOf(entry: FileSystemEntry): AsyncGenerator<File> {
  if (entry.isFile) {
    if (!isDebris(entry.name)) yield await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // A folder is told in parts of about a hundred; an empty part is its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return
    for (const inside of part) yield* filesOf(inside)
  }
}

/** What file systems leave in folders: nobody means to upload it. */
export const isDebris = (name: string): boolean => /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i.test(name)
