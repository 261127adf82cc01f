import type { Description } from '../../assets/rules/description.ts'
import { Cells, type Complaint } from '../../exchange/rules/cells.ts'
import { stepsBetween } from '../../exchange/rules/lexicon.ts'
import { assetKinds, audiences } from '../../assets/rules/asset-words.ts'
import { readKeywords } from '../../assets/rules/keyword-line.ts'
import { readValue, type FindTerm, type OwnValues, type SchemaField } from '../../assets/rules/own-fields.ts'

/**
 * The columns of a sidecar and the names that other systems give them: IPTC's own, ExifTool's, Lightroom's. `file` is the path
 * in the folder; it alone is needed.
 */
export const sidecarColumns = {
  file: ['file', 'filename', 'file name', 'sourcefile', 'path'],
  title: ['title', 'object name', 'objectname', 'headline'],
  description: ['description', 'caption', 'caption-abstract', 'caption/abstract'],
  altText: ['alt text', 'alttext', 'alt text (accessibility)', 'alttextaccessibility'],
  keywords: ['keywords', 'subject', 'tags'],
  creator: ['creator', 'by-line', 'byline', 'artist', 'photographer'],
  creditLine: ['credit line', 'creditline', 'credit'],
  copyrightNotice: ['copyright notice', 'copyrightnotice', 'copyright'],
  source: ['source'],
  sourceUrl: ['source url', 'sourceurl'],
  dateCreated: ['date created', 'datecreated', 'date'],
  kind: ['kind', 'type'],
  audience: ['audience'],
  showsPeople: ['shows people', 'showspeople', 'people'],
  showsProperty: ['shows property', 'showsproperty', 'property'],
  editorialOnly: ['editorial only', 'editorialonly', 'editorial'],
} as const
export type SidecarColumn = keyof typeof sidecarColumns
const columnNames = Object.keys(sidecarColumns) as SidecarColumn[]
const plain = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')

const byName = new Map<string, SidecarColumn>(
  columnNames.flatMap((column) => sidecarColumns[column].map((name) => [name, column] as const)),
)

/** The house's own fields, which a sidecar may fill by their short names or labels. */
export interface OwnColumns {
  fields: readonly SchemaField[]
  find: FindTerm
}
export type OwnColumn = `own:${string}`
export type Header = { ok: true; columns: (SidecarColumn | OwnColumn | null)[] } | { ok: false; problems: string[] }
const noneOwn: OwnColumns = { fields: [], find: () => undefined }

/** A standard column keeps its name; an own field called the same is named with “own:” before it. */
function ownColumn(word: string, { fields }: OwnColumns): OwnColumn | undefined {
  const name = word.replace(/^own: ?/, '')
  const field =
    fields.find(({ code }) => code === name || plain(code) === name) ??
    fields.find(({ label, labelDe }) => plain(label) === name || plain(labelDe) === name)
  return field && `own:${field.code}`
}

/** Which column says what. An unknown one is refused with the nearest known: a misspelt column would lose what it says, silently. */
export function readHeader(cells: readonly string[], own: OwnColumns = noneOwn): Header {
  const problems: string[] = []
  const columns = cells.map((cell) => {
    if (cell.trim() === '') return null
    const column = byName.get(plain(cell)) ?? ownColumn(plain(cell), own)
    if (!column) problems.push(`There is no column “${cell.trim()}”.${nearest(plain(cell), own)}`)
    return column ?? null
  })
  for (const column of columnNames)
    if (columns.filter((one) => one === column).length > 1) problems.push(`The column “${sidecarColumns[column][0]}” is there twice.`)
  for (const { code } of own.fields)
    if (columns.filter((one) => one === `own:${code}`).length > 1) problems.push(`The column “${code}” is there twice.`)
  if (!columns.includes('file')) problems.push('The column “file” is missing: it names each file by its path in the folder.')
  return problems.length > 0 ? { ok: false, problems } : { ok: true, columns }
}

function nearest(word: string, { fields }: OwnColumns): string {
  const near = [...byName.keys(), ...fields.map(({ code }) => code)]
    .map((name) => ({ name, steps: stepsBetween(word, name, 2) ?? 3 }))
    .reduce((best, one) => (one.steps < best.steps ? one : best))
  if (near.steps <= 2) return ` Is “${near.name}” meant?`
  return /licen[cs]e|right|release|usage/.test(word)
    ? ' Rights are not taken from a sidecar: bring them in at the rights desk.'
    : ` Known are: ${[...columnNames.map((column) => sidecarColumns[column][0]), ...fields.map(({ code }) => code)].join(', ')}.`
}

export type SidecarRow = { no: number; file: string; described: Description } | { no: number; file: string; complaints: Complaint[] }

/** One row, read whole: everything that is wrong with it is told at once. */
export function readRow(
  no: number,
  columns: readonly (SidecarColumn | OwnColumn | null)[],
  cells: readonly string[],
  own: OwnColumns = noneOwn,
): SidecarRow {
  const row = new Cells(new Map(columns.flatMap((column, index) => (column ? [[column, cells[index] ?? ''] as const] : []))))
  const file = row.raw('file').replaceAll('\\', '/').replace(/^\.\//, '')
  if (file === '') row.say('file', 'This cell is needed in every row: the path of the file in the folder.')
  else if (/^(\/|[A-Za-z]:)|(^|\/)\.\.(\/|$)/.test(file))
    row.say('file', 'Write the path as it is within the folder, without a way out of it.')
  const found = {
    title: row.text('title', 200, false),
    description: row.text('description', 5000, false),
    altText: row.text('altText', 1000, false),
    keywords: keywordsOf(row),
    creator: row.text('creator', 200, false),
    creditLine: row.text('creditLine', 200, false),
    copyrightNotice: row.text('copyrightNotice', 500, false),
    source: row.text('source', 200, false),
    sourceUrl: matching(row, 'sourceUrl', /^https?:\/\/[^\s]{3,990}$/, 'A web address starts with https:// or http://.'),
    dateCreated: matching(row, 'dateCreated', /^\d{4}(-\d{2}(-\d{2})?)?$/, 'Write a year, a month or a day: 2026, 2026-11 or 2026-11-21.'),
    kind: oneOf(row, 'kind', assetKinds),
    audience: oneOf(row, 'audience', audiences),
    showsPeople: yesOrNo(row, 'showsPeople'),
    showsProperty: yesOrNo(row, 'showsProperty'),
    editorialOnly: yesOrNo(row, 'editorialOnly'),
    customFields: ownValues(row, columns, own),
  }
  if (row.complaints.length > 0) return { no, file, complaints: row.complaints }
  const said = Object.entries(found).filter(([, value]) => value !== undefined && value !== '')
  return { no, file, described: Object.fromEntries(said) as Description }
}

/** What the row says in the house's own fields, by the fields' ids. */
function ownValues(row: Cells, columns: readonly (string | null)[], { fields, find }: OwnColumns): OwnValues | undefined {
  const values: OwnValues = {}
  for (const field of fields) {
    const column = `own:${field.code}`
    const written = columns.includes(column) ? row.raw(column) : ''
    const many = field.type === 'CHOICE' || field.type === 'CHOICES'
    const read = readValue(field, many ? written.split(/[;|]/) : [written], find)
    if ('problem' in read) row.say(column.slice(4), read.problem)
    else if (read.value !== null) values[field.id] = read.value
  }
  return Object.keys(values).length > 0 ? values : undefined
}

function keywordsOf(row: Cells): string[] | undefined {
  const words = readKeywords(row.text('keywords', 10_000, false) ?? '', ';,|')
  if (words.length > 100) return row.say('keywords', `At most 100 keywords; these are ${words.length}.`)
  if (words.some((word) => word.length > 100)) return row.say('keywords', 'A keyword has at most 100 characters.')
  return words.length > 0 ? words : undefined
}

function matching(row: Cells, column: SidecarColumn, pattern: RegExp, advice: string): string | undefined {
  const value = row.raw(column)
  return value === '' || pattern.test(value) ? value : row.say(column, advice)
}

function oneOf<T extends string>(row: Cells, column: SidecarColumn, words: readonly T[]): T | undefined {
  const value = row.raw(column).toUpperCase()
  const found = words.find((word) => word === value)
  return value === '' || found ? found : row.say(column, `Write one of: ${words.map((word) => word.toLowerCase()).join(', ')}.`)
}

function yesOrNo(row: Cells, column: SidecarColumn): boolean | undefined {
  const value = row.raw(column).toLowerCase()
  if (['yes', 'true', '1', 'y'].includes(value)) return true
  if (['no', 'false', '0', 'n'].includes(value)) return false
  return value === '' ? undefined : row.say(column, 'Write yes or no, or leave the cell empty where nobody has looked.')
}
