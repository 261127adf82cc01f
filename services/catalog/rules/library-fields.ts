import { assetStateNames, stateWords } from '../../assets/rules/asset-states.ts'
import { assetKinds, audiences, kindWords } from '../../assets/rules/asset-words.ts'

export interface Choice {
  /** As it is typed, and as it stands in addresses. */
  value: string
  label: string
  /** In the index. */
  key: string
}
interface Known {
  name: string
  label: string
  /** What it is for, in a few words. */
  hint: string
  aliases: readonly string[]
}
/** A field of the library's search, by what its values are. */
export type LibraryField = Known &
  (
    | { type: 'choice'; choices: readonly Choice[] }
    | { type: 'words'; prefix: string }
    | { type: 'exact'; prefix: string }
    | { type: 'days'; column: 'created_at' | 'changed_at' | 'ends_at' }
    | { type: 'size' }
    | { type: 'amount'; column: 'width' | 'height' }
    | { type: 'name'; of: 'person' | 'collection' | 'kit' | 'term' }
  )

const typed = (name: string): string => name.toLowerCase().replace(/_/g, '-')
const choices = (facet: string, list: readonly (readonly [string, string])[]): Choice[] =>
  list.map(([value, label]) => ({ value, label, key: `f/${facet}:${value}` }))
const ofEnum = <T extends string>(facet: string, names: readonly T[], word: (name: T) => string): Choice[] =>
  names.map((name) => ({ value: typed(name), label: word(name), key: `f/${facet}:${name}` }))

const choice = (name: string, label: string, hint: string, list: readonly Choice[], ...aliases: string[]): LibraryField => ({
  name,
  label,
  hint,
  aliases,
  type: 'choice',
  choices: list,
})
const words = (name: string, label: string, hint: string, prefix: string, ...aliases: string[]): LibraryField => ({
  name,
  label,
  hint,
  aliases,
  type: 'words',
  prefix,
})

const pieces = [
  ['alt-text', 'Text for the blind'],
  ['description', 'Description'],
  ['keywords', 'Keywords'],
  ['creator', 'Creator'],
  ['rights', 'Rights recorded'],
  ['release', 'Releases of who is shown'],
  ['file', 'File'],
] as const
const signs = [
  ['newer-version', 'A newer version than the published'],
  ['legal-hold', 'A legal hold'],
  ['embargo', 'An embargo'],
  ['quarantine', 'Came from outside, not taken in'],
] as const

/** All that a library can be asked by, beside the house's own fields. The order is that of the help. */
export const libraryFields: readonly LibraryField[] = [
  words('title', 'Title', 'words of the title', 'ti'),
  words('keyword', 'Keyword', 'words of the keywords', 'ke', 'keywords', 'tag', 'tags'),
  words('creator', 'Creator', 'who made it', 'cr', 'author', 'photographer'),
  words('file', 'File name', 'part of a file name, of any version', 'fi', 'filename', 'name'),
  words('description', 'Description', 'words of the description', 'de', 'caption'),
  words('alt', 'Text for the blind', 'words of the alternative text', 'al', 'alt-text'),
  words('copyright', 'Credit and copyright', 'words of credit line and notice', 'co', 'credit'),
  words('origin', 'Source', 'where it comes from, as the record says', 'so', 'agency'),
  words('iptc', 'Other fields', 'place, event, people named, headline and all else', 'ip', 'place', 'event', 'city', 'country'),
  words('text', 'Text in the picture', 'words that can be read in the picture', 'se', 'seen', 'ocr'),
  words('own', 'Own fields', 'words in any of the house’s own fields', 'ow'),
  choice(
    'state',
    'State',
    'where it is in its life',
    ofEnum('state', assetStateNames, (state) => stateWords[state]),
    'status',
  ),
  choice(
    'kind',
    'Kind',
    'photograph, film, font …',
    ofEnum('kind', assetKinds, (kind) => kindWords[kind]),
    'type',
  ),
  choice(
    'audience',
    'Audience',
    'who it is for',
    ofEnum('audience', audiences, (one) => ({ STORE: 'Store', PORTAL: 'Portal', INTERNAL: 'Internal' })[one]),
    'for',
  ),
  choice(
    'rights',
    'Rights',
    'whether our rights stand',
    choices('rights', [
      ['valid', 'In force'],
      ['ending', 'End within 60 days'],
      ['expired', 'Expired'],
      ['none', 'None recorded'],
    ]),
  ),
  choice(
    'missing',
    'Missing',
    'what a record lacks',
    pieces.map(([value, label]) => ({ value, label, key: `f/missing:${value}` })),
    'lacks',
    'no',
  ),
  choice('has', 'Has', 'what a record has', choices('has', [...pieces, ...signs]), 'with'),
  choice(
    'licence',
    'Licence',
    'how it is sold',
    choices('licence', [
      ['royalty-free', 'Royalty-free'],
      ['rights-managed', 'Rights-managed'],
      ['editorial', 'Editorial only'],
      ['none', 'Not for sale'],
    ]),
    'license',
  ),
  choice(
    'people',
    'People',
    'whether people are shown',
    choices('people', [
      ['yes', 'With people'],
      ['no', 'Without people'],
      ['unsaid', 'Nobody has said'],
    ]),
  ),
  choice(
    'orientation',
    'Orientation',
    'the shape of the picture',
    ofEnum('orientation', ['LANDSCAPE', 'PORTRAIT', 'SQUARE'], (one) => one[0] + one.slice(1).toLowerCase()),
  ),
  choice(
    'colour',
    'Colour',
    'a colour that stands out',
    choices(
      'colour',
      (
        ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white', 'monochrome'] as const
      ).map((one) => [one, one[0]?.toUpperCase() + one.slice(1)] as const),
    ),
    'color',
  ),
  choice(
    'processing',
    'Processing',
    'whether its file has been read',
    choices('processing', []).concat([
      { value: 'waiting', label: 'Being read', key: 'f/processing:WAITING' },
      { value: 'ready', label: 'Read', key: 'f/processing:READY' },
      { value: 'rejected', label: 'Not readable', key: 'f/processing:REJECTED' },
      { value: 'none', label: 'No file', key: 'f/processing:NONE' },
    ]),
  ),
  choice(
    'source',
    'Came by',
    'how it came in',
    choices('source', [
      ['upload', 'Upload'],
      ['import', 'Import of a folder'],
      ['guest-link', 'Guest link'],
      ['brief', 'Request'],
    ]),
    'from',
  ),
  { name: 'by', label: 'Uploaded by', hint: 'a person of the house; “me” is you', aliases: ['uploader'], type: 'name', of: 'person' },
  { name: 'in', label: 'Collection', hint: 'a collection by its title', aliases: ['collection'], type: 'name', of: 'collection' },
  { name: 'kit', label: 'Kit', hint: 'a brand kit by its title', aliases: [], type: 'name', of: 'kit' },
  {
    name: 'term',
    label: 'Term',
    hint: 'a term of a vocabulary, with narrower ones',
    aliases: ['subject', 'topic'],
    type: 'name',
    of: 'term',
  },
  {
    name: 'uploaded',
    label: 'Uploaded',
    hint: '2026-11, 2026-11-01..2026-11-20, 2026-11.., 7d',
    aliases: ['created'],
    type: 'days',
    column: 'created_at',
  },
  { name: 'changed', label: 'Changed', hint: 'as uploaded', aliases: ['edited', 'modified'], type: 'days', column: 'changed_at' },
  {
    name: 'ends',
    label: 'Rights or use end',
    hint: '..2026-12 ends before the year does',
    aliases: ['expires', 'expiry'],
    type: 'days',
    column: 'ends_at',
  },
  { name: 'size', label: 'Size', hint: '>20mp, <500kb, 2mb..10mb', aliases: [], type: 'size' },
  { name: 'width', label: 'Width', hint: 'in pixels: >3000', aliases: [], type: 'amount', column: 'width' },
  { name: 'height', label: 'Height', hint: 'in pixels: >3000', aliases: [], type: 'amount', column: 'height' },
  { name: 'id', label: 'Number', hint: 'the number of an asset: ast_…', aliases: [], type: 'exact', prefix: 'id' },
  { name: 'hash', label: 'Hash', hint: 'SHA-256 of a file, or its beginning', aliases: ['sha256'], type: 'exact', prefix: 'h' },
]

const byName = new Map(libraryFields.flatMap((field) => [field.name, ...field.aliases].map((name) => [name, field] as const)))
export const libraryField = (name: string): LibraryField | undefined => byName.get(name)
export const allFieldNames: readonly string[] = [...byName.keys()]

/** What the panel narrows by, in its order. Open ones have values that nobody knows beforehand. */
export const panelFacets = [
  'state',
  'kind',
  'audience',
  'missing',
  'rights',
  'in',
  'creator',
  'by',
  'uploaded',
  'term',
  'licence',
  'people',
  'orientation',
  'colour',
  'processing',
  'source',
  'has',
] as const
export type PanelFacet = (typeof panelFacets)[number]
