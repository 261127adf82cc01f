import { acceptedTypes, type MediaType } from '../../assets/rules/file-types.ts'

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const longest = 100

/** A name that every file system takes: no separators, no control or reserved characters, no dot or space at its end. */
export function safeName(text: string, otherwise = 'Untitled'): string {
  const cleaned = [
    ...text
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}/\\<>:"|?*]+/gu, ' ')
      .replace(/\s+/g, ' '),
  ]
    .slice(0, longest)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (!cleaned) return otherwise
  return reserved.test(cleaned.split('.')[0] as string) ? `${cleaned}_` : cleaned
}

const extensionOf = (mediaType: string): string => (mediaType in acceptedTypes ? acceptedTypes[mediaType as MediaType].extension : 'bin')

/** A file's name for people: what it shows, then what sets it apart. The ending follows the bytes, not the name it came with. */
export const fileNameFor = (title: string, mediaType: string, ...marks: string[]): string =>
  [safeName(title), ...marks.map((mark) => safeName(mark))].join(' ') + `.${extensionOf(mediaType)}`

/**
 * Paths in an archive, one for each file in the order given: a folder a section, no two alike even where capitals do not
 * count. The same list gives the same names.
 */
export function archiveNames(files: readonly { section: string; name: string }[]): string[] {
  const taken = new Set<string>()
  return files.map(({ section, name }) => {
    const folder = section.trim() ? `${safeName(section)}/` : ''
    const dot = name.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
    for (let copy = 1; ; copy++) {
      const path = `${folder}${safeName(stem)}${copy > 1 ? ` (${copy})` : ''}${ending}`
      if (taken.has(path.toLowerCase())) continue
      taken.add(path.toLowerCase())
      return path
    }
  })
}
