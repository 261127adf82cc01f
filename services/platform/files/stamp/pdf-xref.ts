import { inflateSync } from 'node:zlib'
import { Unreadable, type Window } from './edit.ts'
import { dictionaryAt, numberIn, numbersIn, referenceIn, skipSpace, type Dictionary } from './pdf-syntax.ts'

/** Where an object lies: at an offset of the file, or as the nth of an object stream. */
export type Place = { offset: number } | { stream: number; index: number }

export interface Xref {
  trailer: Map<string, string>
  places: Map<number, Place>
  /** Whether the newest section is a cross-reference stream: a new one must be of the same kind. */
  streams: boolean
  start: number
}

const reach = 256 * 1024
const mostObjects = 500_000
const mostBytes = 64 * 1024 * 1024

const textAt = async (window: Window, at: number, length = reach): Promise<string> =>
  (await window.bytes(at, Math.min(length, window.source.size - at))).toString('latin1')

interface StreamObject {
  number: number
  dictionary: Dictionary
  dataAt: number
}

/** `12 0 obj << … >> stream` at an offset. */
async function streamObjectAt(window: Window, offset: number): Promise<StreamObject> {
  const text = await textAt(window, offset)
  const head = /^\s*(\d+)\s+\d+\s+obj/.exec(text)
  if (!head) throw new Unreadable('no object')
  const dictionary = dictionaryAt(text, head[0].length)
  const keyword = /^\s*stream(\r\n|\n)/.exec(text.slice(dictionary.end, dictionary.end + 64))
  if (!keyword) throw new Unreadable('no stream')
  return { number: Number(head[1]), dictionary, dataAt: offset + dictionary.end + keyword[0].length }
}

/** Undo PNG's row filters `none`, `sub` and `up`, the ones that writers of cross-reference streams use. */
function unfilter(rows: Buffer, columns: number): Buffer {
  const out = Buffer.alloc(Math.floor(rows.length / (columns + 1)) * columns)
  for (let row = 0; row * columns < out.length; row++) {
    const filter = rows[row * (columns + 1)]
    if (filter === undefined || filter > 2) throw new Unreadable('row filter')
    for (let i = 0; i < columns; i++) {
      const at = row * columns + i
      const before = filter === 1 ? (i > 0 ? out[at - 1] : 0) : filter === 2 && row > 0 ? out[at - columns] : 0
      out[at] = ((rows[row * (columns + 1) + 1 + i] as number) + (before as number)) & 0xff
    }
  }
  return out
}

async function contentOf(window: Window, { dictionary: { entries }, dataAt }: StreamObject, length: number | undefined): Promise<Buffer> {
  if (length === undefined || length > mostBytes) throw new Unreadable('stream length')
  const raw = await window.bytes(dataAt, length)
  const filter = entries.get('Filter')
  if (filter === undefined) return raw
  if (!/^\[?\s*\/FlateDecode\s*\]?$/.test(filter)) throw new Unreadable('filter')
  let content: Buffer
  try {
    content = inflateSync(raw, { maxOutputLength: mostBytes })
  } catch {
    throw new Unreadable('not inflated')
  }
  const parameters = entries.get('DecodeParms')
  if (parameters === undefined || parameters === 'null') return content
  const decode = dictionaryAt(parameters.replace(/^\[|\]$/g, ''), 0).entries
  return (numberIn(decode, 'Predictor') ?? 1) >= 10 ? unfilter(content, numberIn(decode, 'Columns') ?? 1) : content
}

async function readTable(window: Window, start: number, places: Map<number, Place>): Promise<Map<string, string>> {
  let at = start + 4
  for (;;) {
    const text = await textAt(window, at, 256)
    const head = /^\s*(\d+)[ \t]+(\d+)[ \t]*(?:\r\n|\r|\n)/.exec(text)
    if (!head) {
      const trailer = await textAt(window, at)
      const keyword = skipSpace(trailer, 0)
      if (!trailer.startsWith('trailer', keyword)) throw new Unreadable('no trailer')
      return dictionaryAt(trailer, keyword + 7).entries
    }
    const [first, count] = [Number(head[1]), Number(head[2])]
    if (count > mostObjects) throw new Unreadable('too many objects')
    at += head[0].length
    const rows = await textAt(window, at, count * 20)
    for (let i = 0; i < count; i++) {
      const row = /^(\d{10}) (\d{5}) ([nf])/.exec(rows.slice(i * 20, i * 20 + 20))
      if (!row) throw new Unreadable('no row')
      if (row[3] === 'n' && !places.has(first + i)) places.set(first + i, { offset: Number(row[1]) })
    }
    at += count * 20
  }
}

async function readStream(window: Window, start: number, places: Map<number, Place>): Promise<Map<string, string>> {
  const object = await streamObjectAt(window, start)
  const { entries } = object.dictionary
  const [a, b, c] = numbersIn(entries, 'W') ?? []
  if (a === undefined || b === undefined || c === undefined || a > 4 || b > 6 || c > 6) throw new Unreadable('widths')
  const content = await contentOf(window, object, numberIn(entries, 'Length'))
  const index = numbersIn(entries, 'Index') ?? [0, numberIn(entries, 'Size') ?? 0]
  let at = 0
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let i = 0; i < (index[pair + 1] as number); i++, at += a + b + c) {
      if (at + a + b + c > content.length || places.size > mostObjects) throw new Unreadable('rows')
      const number = (index[pair] as number) + i
      const kind = a === 0 ? 1 : content.readUIntBE(at, a)
      const [second, third] = [b === 0 ? 0 : content.readUIntBE(at + a, b), c === 0 ? 0 : content.readUIntBE(at + a + b, c)]
      if (places.has(number)) continue
      if (kind === 1) places.set(number, { offset: second })
      else if (kind === 2) places.set(number, { stream: second, index: third })
    }
  }
  return entries
}

/** The cross-reference of a file, newest section first. */
export async function readXref(window: Window): Promise<Xref> {
  const { size } = window.source
  const tail = await textAt(window, Math.max(0, size - 2048))
  const start = Number(/startxref\s+(\d{1,15})\s+%%EOF\s*$/.exec(tail)?.[1] ?? Number.NaN)
  if (!Number.isSafeInteger(start)) throw new Unreadable('no startxref')

  const places = new Map<number, Place>()
  let newest: Xref | undefined
  for (let next: number | undefined = start, sections = 0; next !== undefined; sections++) {
    if (sections > 100) throw new Unreadable('too many sections')
    const at: number = next
    const streams: boolean = !(await textAt(window, at, 4)).startsWith('xref')
    const entries: Map<string, string> = streams ? await readStream(window, at, places) : await readTable(window, at, places)
    const hybrid = numberIn(entries, 'XRefStm')
    if (!streams && hybrid !== undefined) await readStream(window, hybrid, places)
    newest ??= { trailer: entries, places, streams, start }
    next = numberIn(entries, 'Prev')
  }
  if (!newest) throw new Unreadable('no section')
  return newest
}

/** The dictionary of an object, wherever it lies. */
export async function readDictionary(window: Window, { places }: Xref, number: number): Promise<Map<string, string>> {
  const place = places.get(number)
  if (!place) throw new Unreadable('no such object')
  if ('offset' in place) {
    const text = await textAt(window, place.offset)
    const head = /^\s*(\d+)\s+\d+\s+obj/.exec(text)
    if (!head || Number(head[1]) !== number) throw new Unreadable('another object')
    return dictionaryAt(text, head[0].length).entries
  }
  const container = places.get(place.stream)
  if (!container || !('offset' in container)) throw new Unreadable('no object stream')
  const object = await streamObjectAt(window, container.offset)
  const { entries } = object.dictionary
  let length = numberIn(entries, 'Length')
  const far = referenceIn(entries, 'Length')
  const farPlace = far && places.get(far.number)
  if (farPlace && 'offset' in farPlace)
    length = Number(/^\s*\d+\s+\d+\s+obj\s+(\d{1,12})\s/.exec(await textAt(window, farPlace.offset, 64))?.[1] ?? Number.NaN)
  const content = (await contentOf(window, object, length)).toString('latin1')
  const numbers =
    content
      .slice(0, numberIn(entries, 'First') ?? 0)
      .match(/\d+/g)
      ?.map(Number) ?? []
  if (numbers[place.index * 2] !== number) throw new Unreadable('another object')
  return dictionaryAt(content, (numberIn(entries, 'First') ?? 0) + (numbers[place.index * 2 + 1] as number)).entries
}
