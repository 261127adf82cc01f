import { writtenFields, type MetadataField } from './metadata-map.ts'
import { namespaces, type Prefix } from './metadata-namespaces.ts'
import type { StructureField } from './metadata-structures.ts'
import { defaultText, type FieldValue, type FieldValues } from './metadata-values.ts'
import { xmlText } from './xml-text.ts'

/** What is said of an asset, ready to be written into a file: XMP whole, in two parts for a JPEG that cannot hold it whole, and IIM. */
export interface Packet {
  xmp: string
  /** `main` fits one JPEG segment and names the other by a sum that whoever writes the file fills in for `extensionMark`. */
  split: { main: string; extension: string } | null
  /** Values by dataset of record 2, cut to their lengths. */
  iim: { dataset: number; values: string[] }[]
  /** EXIF's own tags for the same. */
  exif: { ImageDescription: string; Artist: string; Copyright: string }
}

/** Stands in `main` for the sum of `extension`, which is not known before it is bytes. */
export const extensionMark = '0'.repeat(32)
const mainLimit = 60_000

const element = (name: string, content: string): string => (content ? `<${name}>${content}</${name}>` : '')
const escaped = (text: string): string => xmlText(text, 32_000)

type Shape = Pick<MetadataField, 'type' | 'of' | 'many' | 'vocabulary'> | StructureField

function inner(shape: Shape, value: FieldValue): string {
  if (shape.type === 'struct' && typeof value === 'object' && !Array.isArray(value))
    return (shape.of ?? [])
      .map((field) => (value[field.name] === undefined ? '' : property(field.xmp, field, value[field.name] as FieldValue)))
      .join('')
  if (shape.type === 'alt') {
    const words = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['x-default', String(value)] as const]
    const first = words.filter(([language]) => language === 'x-default')
    const items = [...first, ...words.filter(([language]) => language !== 'x-default')].flatMap(([language, said]) => {
      const text = escaped(String(said))
      return text ? [`<rdf:li xml:lang="${escaped(language)}">${text}</rdf:li>`] : []
    })
    return items.length > 0 ? `<rdf:Alt>${items.join('')}</rdf:Alt>` : ''
  }
  if (shape.type === 'boolean') return value === true ? 'True' : 'False'
  if (shape.type === 'code') return escaped(`${('vocabulary' in shape ? shape.vocabulary?.base : undefined) ?? ''}${String(value)}`)
  return escaped(String(value))
}

/** A property with its value, as RDF has it. */
function property(name: string, shape: Shape, value: FieldValue): string {
  const open = shape.type === 'struct' ? ' rdf:parseType="Resource"' : ''
  if (shape.many) {
    const list = shape.many === 'bag' ? 'Bag' : 'Seq'
    const items = (Array.isArray(value) ? value : [value]).map((item) => inner(shape, item)).filter(Boolean)
    return items.length > 0
      ? `<${name}><rdf:${list}>${items.map((item) => `<rdf:li${open}>${item}</rdf:li>`).join('')}</rdf:${list}></${name}>`
      : ''
  }
  const content = inner(shape, value)
  if (!content) return ''
  return open ? `<${name}${open}>${content}</${name}>` : element(name, content)
}

const prefixesIn = (properties: string): Prefix[] =>
  (Object.keys(namespaces) as Prefix[]).filter((prefix) => properties.includes(`<${prefix}:`))

function wrap(properties: string[], more = ''): string {
  const text = properties.join('\n')
  const declared = prefixesIn(text)
    .map((prefix) => ` xmlns:${prefix}="${namespaces[prefix]}"`)
    .join('')
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""${declared}${more}>
${text}
</rdf:Description></rdf:RDF></x:xmpmeta>`
}
const begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
const end = '\n<?xpacket end="w"?>'

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Rights and licence first: what has to be cut off from a JPEG's one segment is never what binds. */
const rank = ({ panel }: MetadataField): number => (panel === 'Rights' || panel === 'Licence' ? 0 : 1)

function splitOf(written: { field: MetadataField; text: string }[]): Packet['split'] {
  const main: string[] = []
  const rest: string[] = []
  let size = 600
  for (const { text } of [...written].sort((a, b) => rank(a.field) - rank(b.field) || bytesOf(a.text) - bytesOf(b.text))) {
    const length = bytesOf(text) + 1
    if (size + length <= mainLimit) main.push(text)
    else rest.push(text)
    size += size + length <= mainLimit ? length : 0
  }
  if (rest.length === 0) return null
  const note = ` xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${extensionMark}"`
  return { main: begin + wrap(main, note) + end, extension: wrap(rest) }
}

/** Cut to so many bytes of UTF-8, between characters. */
export function cutTo(text: string, bytes: number): string {
  if (bytesOf(text) <= bytes) return text
  let cut = ''
  let size = 0
  for (const character of text) {
    size += bytesOf(character)
    if (size > bytes) break
    cut += character
  }
  return cut
}

function iimOf(values: FieldValues): Packet['iim'] {
  const rows = writtenFields.flatMap((field) => {
    const value = values[field.name]
    if (!field.iim || value === undefined) return []
    const { dataset, bytes } = field.iim
    if (field.name === 'dateCreated') return datesOf(String(value))
    const said = (Array.isArray(value) ? value.map(String) : [field.type === 'alt' ? defaultText(value) : String(value)]).map((text) =>
      field.name === 'subjectCodes' ? `IPTC:${text}:::` : field.name === 'intellectualGenre' ? `000:${text}` : text,
    )
    return [{ dataset, values: said.map((text) => cutTo(text.replaceAll('\0', ''), bytes)).filter(Boolean) }]
  })
  return rows.filter((row) => row.values.length > 0).sort((a, b) => a.dataset - b.dataset)
}

function datesOf(value: string): Packet['iim'] {
  const [, year, month = '00', day = '00', hour, minute, second, zone] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(value) ?? []
  if (!year) return []
  const offset = zone && zone !== 'Z' ? zone.replace(':', '') : '+0000'
  return [
    { dataset: 55, values: [`${year}${month}${day}`] },
    ...(hour ? [{ dataset: 60, values: [`${hour}${minute}${second ?? '00'}${offset}`] }] : []),
  ]
}

/** The values as the blocks of a file. The same values give the same bytes: ranges of one file can be asked for twice. */
export function packetOf(values: FieldValues): Packet {
  const written = writtenFields.flatMap((field) => {
    const value = values[field.name]
    const text = value === undefined || !field.xmp ? '' : property(field.xmp, field, value)
    return text ? [{ field, text }] : []
  })
  const creators = values['creator']
  return {
    xmp: begin + wrap(written.map(({ text }) => text)) + end,
    split: splitOf(written),
    iim: iimOf(values),
    exif: {
      ImageDescription: defaultText(values['description']),
      Artist: Array.isArray(creators) ? creators.map(String).join('; ') : '',
      Copyright: defaultText(values['copyrightNotice']),
    },
  }
}
