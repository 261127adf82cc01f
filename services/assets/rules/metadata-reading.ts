import { metadataMap, type MetadataField } from './metadata-map.ts'
import type { StructureField } from './metadata-structures.ts'
import { mayHold, saysTheSame, type FieldValue, type FieldValues } from './metadata-values.ts'

/** A property of XMP as it stands: text, a list, a structure by names, or text by language under names that begin with `@`. */
export type FoundXmp = string | FoundXmp[] | { [name: string]: FoundXmp }

/** Everything that a file says of itself, under the names of the standards, before anybody reads sense into it. */
export interface Found {
  xmp: Record<string, FoundXmp>
  /** By dataset of record 2. */
  iim: Record<string, string[]>
  /** The sum beside the IIM block is not the block's: an older program changed it after XMP was written. */
  iimChanged?: boolean
  /** Packets that came beside the file are among the XMP, and come first. */
  sidecar?: boolean
  exif: Record<string, string>
  /** What only some kinds of file have: `pdf:Title`, `quicktime:title`, `png:Author`, `id3:TIT2`, `riff:INAM`, `svg:title`. */
  other: Record<string, string>
}

export type Origin = 'XMP' | 'IIM' | 'EXIF' | 'File'
/** Two blocks of one file that do not say the same. */
export interface Dispute {
  field: string
  kept: { from: Origin; value: FieldValue }
  other: { from: Origin; value: FieldValue }
}
export interface ReadFile {
  values: FieldValues
  origins: Record<string, Origin>
  disputes: Dispute[]
}

const clean = (text: string): string => text.replaceAll('\0', '').trim()
const isLanguages = (value: FoundXmp): value is Record<string, FoundXmp> =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((name) => name.startsWith('@'))

const textOf = (value: FoundXmp | undefined): string => {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return textOf(value[0])
  if (value === undefined) return ''
  return isLanguages(value) ? textOf(value['@x-default'] ?? Object.values(value)[0]) : ''
}

/** A day or a moment as ISO 8601 has it, also from EXIF's and IIM's writing; undefined where it is none. */
export function dateOf(text: string): string | undefined {
  const found = /^(\d{4})(?:[-:](\d\d)(?:[-:](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$/.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, part, zone] = found
  if (year === '0000') return undefined
  if (month === undefined || month === '00') return year
  if (day === undefined || day === '00') return `${year}-${month}`
  if (hour === undefined) return `${year}-${month}-${day}`
  const offset = zone && zone !== 'Z' && !zone.includes(':') ? `${zone.slice(0, 3)}:${zone.slice(3)}` : (zone ?? '')
  return `${year}-${month}-${day}T${hour}:${minute}${second === undefined ? '' : `:${second}`}${part ? `.${part}` : ''}${offset}`
}

type Shape = Pick<MetadataField, 'type' | 'of' | 'many' | 'vocabulary'> | StructureField

function oneValue(shape: Shape, value: FoundXmp): FieldValue | undefined {
  switch (shape.type) {
    case 'struct':
      return structureOf(shape.of ?? [], value)
    case 'alt': {
      if (!isLanguages(value)) return textOf(value) || undefined
      const words = Object.entries(value).flatMap(([name, said]) => (textOf(said) ? [[name.slice(1), textOf(said)] as const] : []))
      if (words.length === 0) return undefined
      return words.length === 1 && words[0]?.[0] === 'x-default' ? words[0][1] : Object.fromEntries(words)
    }
    case 'date':
      return dateOf(textOf(value))
    case 'integer':
    case 'real': {
      const number = Number(textOf(value) || Number.NaN)
      return Number.isFinite(number) && (shape.type === 'real' || Number.isInteger(number)) ? number : undefined
    }
    case 'boolean': {
      const said = textOf(value).toLowerCase()
      return said === 'true' ? true : said === 'false' ? false : undefined
    }
    case 'code':
      return (
        textOf(value)
          .replace(/[/#]+$/, '')
          .split(/[/#]/)
          .at(-1) || undefined
      )
    default:
      return textOf(value) || undefined
  }
}

function structureOf(of: readonly StructureField[], value: FoundXmp): FieldValue | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined
  const fields = of.flatMap((field) => {
    const found = value[field.xmp]
    const read = found === undefined ? undefined : valueOf(field, found)
    return read === undefined ? [] : [[field.name, read] as const]
  })
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}

/** A property as a field's value; a single one where a list is wanted is a list of one, and the other way round. */
function valueOf(shape: Shape, value: FoundXmp): FieldValue | undefined {
  if (!shape.many) return oneValue(shape, Array.isArray(value) && shape.type !== 'alt' ? (value[0] ?? '') : value)
  const items = (Array.isArray(value) ? value : [value]).flatMap((item) => oneValue(shape, item) ?? [])
  const distinct = shape.many === 'bag' && shape.type !== 'struct' ? [...new Set(items)] : items
  return distinct.length > 0 ? distinct : undefined
}

function fromIim({ name, iim, many }: MetadataField, found: Found['iim']): FoundXmp | undefined {
  const said = iim && found[iim.dataset]?.map(clean).filter(Boolean)
  if (!said?.length) return undefined
  if (name === 'dateCreated') {
    const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(said[0] ?? '') ?? []
    const [, hour, minute, second, sign, rest] = /^(\d\d)(\d\d)(\d\d)(?:([+-])(\d{4}))?/.exec(found['60']?.[0] ?? '') ?? []
    if (!year) return undefined
    const time = hour && day !== '00' ? `T${hour}:${minute}:${second}${sign ? `${sign}${rest?.slice(0, 2)}:${rest?.slice(2)}` : ''}` : ''
    return `${year}-${month}-${day}${time}`
  }
  if (name === 'subjectCodes') return said.flatMap((code) => /\b(\d{8})\b/.exec(code)?.[1] ?? [])
  if (name === 'intellectualGenre') return said[0]?.replace(/^\d{3}:/, '') ?? ''
  return many ? said : (said[0] ?? '')
}

function readings(field: MetadataField, found: Found): [Origin, FoundXmp | undefined][] {
  const xmp = [field.xmp, ...(field.alsoXmp ?? [])].map((name) => (name ? found.xmp[name] : undefined)).find((value) => value !== undefined)
  const exif = field.exif ? found.exif[field.exif] : undefined
  const other = field.other?.map((name) => found.other[name]).find((value) => value !== undefined)
  const list = (text: string | undefined) =>
    text === undefined || !field.many ? text : text.split(field.name === 'creator' ? /\s*;\s*/ : /\s*[,;]\s*/)
  const iim: [Origin, FoundXmp | undefined] = ['IIM', fromIim(field, found.iim)]
  // The Metadata Working Group's order: EXIF where it has the field, then XMP; IIM before XMP only when it was changed after it.
  const xmpAndIim: [Origin, FoundXmp | undefined][] = found.iimChanged ? [iim, ['XMP', xmp]] : [['XMP', xmp], iim]
  // What lies beside the file was written last, and about this very file.
  if (found.sidecar) return [['XMP', xmp], iim, ['EXIF', list(exif)], ['File', list(other)]]
  return [['EXIF', filler.test(exif ?? '') ? undefined : list(exif)], ...xmpAndIim, ['File', list(other)]]
}

/** What cameras write where nobody wrote anything. */
const filler =
  /^\s*(OLYMPUS DIGITAL CAMERA|OLYMPUS OPTICAL|SONY DSC|KODAK Digital Still Camera|MINOLTA DIGITAL CAMERA|KONICA MINOLTA DIGITAL CAMERA|DIGITAL CAMERA|DCIM\\.*|Picasa|default|untitled|Exif_JPEG_PICTURE|SAMSUNG.*CAMERA.*|\d{5,}|ASCII)\s*$/i

/** IIM counts bytes and cuts what is longer, EXIF knows no second language: what was cut says the same. */
function isCut(field: MetadataField, whole: FieldValue, cut: FieldValue, from: Origin): boolean {
  const parts = (value: FieldValue): string[] =>
    Array.isArray(value)
      ? value.map(String)
      : [typeof value === 'object' ? String(value['x-default'] ?? Object.values(value)[0]) : String(value)]
  const [long, short] = [parts(whole), parts(cut)]
  const fold = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (field.type === 'date') return long[0]?.startsWith((short[0] ?? '').slice(0, 10)) ?? false
  if (from === 'EXIF' && fold(long.join('; ')) === fold(short.join('; '))) return true
  return (
    short.length <= long.length && short.every((text) => long.some((other) => fold(other).startsWith(fold(text).replace(/\uFFFD+$/, ''))))
  )
}

/** What a file says, by our names. Of several blocks the first in order is believed; where another says something else, that is a dispute. */
export function readFound(found: Found): ReadFile {
  const values: Record<string, FieldValue> = {}
  const origins: Record<string, Origin> = {}
  const disputes: Dispute[] = []
  for (const field of metadataMap) {
    for (const [from, raw] of readings(field, found)) {
      const value = raw === undefined ? undefined : valueOf(field, raw)
      if (value === undefined || !mayHold(field.name, value)) continue
      const kept = values[field.name]
      const source = origins[field.name]
      if (kept === undefined || source === undefined) {
        values[field.name] = value
        origins[field.name] = from
      } else if (from !== 'File' && isCut(field, value, kept, source)) {
        // The first in order says the same, only shorter: the block that says it in full is shown and kept.
        values[field.name] = value
        origins[field.name] = from
      } else if (from !== 'File' && !saysTheSame(field, kept, value) && !isCut(field, kept, value, from)) {
        disputes.push({ field: field.name, kept: { from: source, value: kept }, other: { from, value } })
      }
    }
  }
  return { values, origins, disputes }
}

const known = new Set(metadataMap.flatMap(({ xmp, alsoXmp = [] }) => [...(xmp ? [xmp] : []), ...alsoXmp]))

/** Properties of XMP that the map does not name: shown, kept, and not sent on. */
export const unnamed = (found: Found): string[] => Object.keys(found.xmp).filter((name) => !known.has(name))
