/** Fields that a file may carry, in IPTC's names (`platform/media` reads them). */
export interface FieldsInFile {
  title?: string
  headline?: string
  description?: string
  altText?: string
  keywords?: string[]
  creator?: string
  creditLine?: string
  copyrightNotice?: string
  source?: string
  dateCreated?: string
  digitalSourceType?: string
}
/** The same, as our record has them. */
export interface FieldsOnRecord {
  title: string
  description: string
  altText: string
  keywords: string[]
  creator: string
  creditLine: string
  copyrightNotice: string
  source: string
  dateCreated: string | null
  digitalSourceType: string | null
}
export type FieldName = keyof FieldsOnRecord

/** The one mapping between a file and the record; where several fields of a file may serve, the first that is there. */
export const metadataFields: readonly { field: FieldName; label: string; from: readonly (keyof FieldsInFile)[] }[] = [
  { field: 'title', label: 'Title', from: ['title', 'headline'] },
  { field: 'description', label: 'Description', from: ['description'] },
  { field: 'altText', label: 'Alternative text', from: ['altText'] },
  { field: 'keywords', label: 'Keywords', from: ['keywords'] },
  { field: 'creator', label: 'Creator', from: ['creator'] },
  { field: 'creditLine', label: 'Credit line', from: ['creditLine'] },
  { field: 'copyrightNotice', label: 'Copyright notice', from: ['copyrightNotice'] },
  { field: 'source', label: 'Source', from: ['source'] },
  { field: 'dateCreated', label: 'Date created', from: ['dateCreated'] },
  { field: 'digitalSourceType', label: 'Digital source type', from: ['digitalSourceType'] },
]

const textOf = (value: string | string[] | null | undefined): string => (Array.isArray(value) ? value.join(', ') : (value ?? '').trim())
const fileValue = (file: FieldsInFile, from: readonly (keyof FieldsInFile)[]): string | string[] | undefined =>
  from.map((name) => file[name]).find((value) => textOf(value) !== '')

/** Keywords are a set; everything else is equal when its words are. */
function same(a: string | string[] | null, b: string | string[]): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a, b].map((words) => [...new Set(words.map((word) => word.toLowerCase()))].sort().join('\n'))
    return left === right
  }
  return textOf(a).replace(/\s+/g, ' ') === textOf(b).replace(/\s+/g, ' ')
}

/**
 * What a file adds to its record: only what is empty there. A person's word always wins; `placeholderTitle`, the title
 * that we made of the file's name, is nobody's word.
 */
export function fillFromFile(record: FieldsOnRecord, file: FieldsInFile, placeholderTitle: string): Partial<FieldsOnRecord> {
  const fills: Record<string, string | string[]> = {}
  for (const { field, from } of metadataFields) {
    const found = fileValue(file, from)
    const empty = textOf(record[field]) === '' || (field === 'title' && record.title === placeholderTitle)
    if (found !== undefined && empty) fills[field] = found
  }
  return fills as Partial<FieldsOnRecord>
}

export interface FieldBesideFile {
  field: FieldName
  label: string
  record: string
  file: string
  /** Both say something, and not the same. */
  conflict: boolean
}

/** The record beside what the file says of itself, for the page that shows both. */
export function compareWithFile(record: FieldsOnRecord, file: FieldsInFile): FieldBesideFile[] {
  return metadataFields.map(({ field, label, from }) => {
    const found = fileValue(file, from)
    const [ours, theirs] = [textOf(record[field]), textOf(found)]
    const conflict = ours !== '' && found !== undefined && !same(record[field], found)
    return { field, label, record: ours, file: theirs, conflict }
  })
}
