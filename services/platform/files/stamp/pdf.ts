import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'
import { numberIn, referenceIn, writeDictionary } from './pdf-syntax.ts'
import { readDictionary, readXref, type Xref } from './pdf-xref.ts'

const carried = ['Root', 'Info', 'ID']

interface Row {
  number: number
  generation: number
  offset: number
}

const trailerOf = ({ trailer, start }: Xref, size: number): [string, string][] => [
  ['Size', String(size)],
  ...carried.flatMap((key): [string, string][] => (trailer.has(key) ? [[key, trailer.get(key) as string]] : [])),
  ['Prev', String(start)],
]

function table(xref: Xref, rows: readonly Row[], size: number): Buffer {
  const sections = rows.map(
    ({ number, generation, offset }) => `${number} 1\n${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`,
  )
  return Buffer.from(`xref\n${sections.join('')}trailer\n${writeDictionary(new Map(trailerOf(xref, size)))}\n`, 'latin1')
}

function stream(xref: Xref, rows: readonly Row[], number: number, at: number): Buffer {
  const all = [...rows, { number, generation: 0, offset: at }]
  const content = Buffer.alloc(all.length * 11)
  all.forEach((row, i) => {
    content.writeUInt8(1, i * 11)
    content.writeBigUInt64BE(BigInt(row.offset), i * 11 + 1)
    content.writeUInt16BE(row.generation, i * 11 + 9)
  })
  const dictionary = new Map([
    ['Type', '/XRef'],
    ['W', '[1 8 2]'],
    ['Index', `[${all.map((row) => `${row.number} 1`).join(' ')}]`],
    ['Length', String(content.length)],
    ...trailerOf(xref, number + 1),
  ])
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n${writeDictionary(dictionary)}\nstream\n`, 'latin1'),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ])
}

/** PDF: an incremental update (ISO 32000, 7.5.6) that gives the catalogue a new metadata stream; not a byte of the old file moves. */
export const stampPdf: Stamper = async (source, { xmp: packet }) => {
  const window = new Window(source)
  const xref = await readXref(window)
  if (xref.trailer.has('Encrypt')) return fail('encrypted')
  const root = referenceIn(xref.trailer, 'Root')
  const size = numberIn(xref.trailer, 'Size')
  if (!root || !size || size > 8_000_000) throw new Unreadable('no root')

  const catalogue = new Map(await readDictionary(window, xref, root.number))
  if (catalogue.get('Type') !== '/Catalog') throw new Unreadable('no catalogue')
  catalogue.set('Metadata', `${size} 0 R`)

  const metadata = Buffer.concat([
    Buffer.from(`\n${size} 0 obj\n<</Type /Metadata /Subtype /XML /Length ${packet.length}>>\nstream\n`, 'latin1'),
    packet,
    Buffer.from('\nendstream\nendobj\n'),
  ])
  const newRoot = Buffer.from(`${root.number} ${root.generation} obj\n${writeDictionary(catalogue)}\nendobj\n`, 'latin1')
  const xrefAt = source.size + metadata.length + newRoot.length
  if (xrefAt > 9_999_999_999) return fail('file-too-large')
  const rows: Row[] = [
    { number: root.number, generation: root.generation, offset: source.size + metadata.length },
    { number: size, generation: 0, offset: source.size + 1 },
  ]
  const index = xref.streams ? stream(xref, rows, size + 1, xrefAt) : table(xref, rows, size + 1)
  return ok({
    head: Buffer.alloc(0),
    cutHead: Buffer.alloc(0),
    from: 0,
    to: source.size,
    tail: Buffer.concat([metadata, newRoot, index, Buffer.from(`startxref\n${xrefAt}\n%%EOF\n`)]),
    cutTail: Buffer.alloc(0),
  })
}
