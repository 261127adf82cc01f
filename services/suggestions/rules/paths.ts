/** The folders of a path, without its file: `2026/Hafen Hamburg/IMG_1.jpg` came in `2026/Hafen Hamburg`. */
export function foldersOf(path: string): string {
  const parts = path.split(/[\\/]+/)
  return parts.slice(0, -1).join(' / ')
}

/** A file's name without what says its kind. */
export const nameOf = (fileName: string): string => fileName.replace(/\.[A-Za-z0-9]{1,6}$/, '')
