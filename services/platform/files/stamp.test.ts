import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import exifr from 'exifr'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { open } from './splice.ts'
import { boxOf } from './stamp/boxes.ts'
import { directoryAt, orderOf } from './stamp/exif.ts'
import { sourceFile, stamp } from './stamp.ts'

const packetFor = (id: string): Buffer =>
  Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><plus:LicenseID>${id}</plus:LicenseID></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  )

const inMemory = (bytes: Buffer) => ({
  open: async (_key: string, range = { start: 0, end: bytes.length - 1 }) => Readable.from([bytes.subarray(range.start, range.end + 1)]),
})

/** Stamps and reads the whole file back; its CRC must be the one promised without reading. */
async function stamped(bytes: Buffer, mediaType: string, id = 'CM-2026-TEST'): Promise<Buffer> {
  const storage = inMemory(bytes)
  const outcome = await stamp(sourceFile(storage, { key: 'k', size: bytes.length, crc32: crc32(bytes) }), mediaType, packetFor(id))
  if (!outcome.ok) throw new Error(outcome.error)
  const result = await buffer(open(outcome.value.file, storage))
  expect(result.length).toBe(outcome.value.file.size)
  expect(crc32(result)).toBe(outcome.value.crc32)
  return result
}

const refusal = async (bytes: Buffer, mediaType: string, packet = packetFor('x')) => {
  const outcome = await stamp(sourceFile(inMemory(bytes), { key: 'k', size: bytes.length, crc32: crc32(bytes) }), mediaType, packet)
  return outcome.ok ? 'stamped' : outcome.error
}

const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer()
const xmpOf = async (bytes: Buffer) => (await sharp(bytes).metadata()).xmpAsString ?? ''
const noise = Buffer.from(Array.from({ length: 90 * 61 * 4 }, (_, i) => (i * 7919) % 256))
const picture = (channels: 3 | 4 = 3) => sharp(noise.subarray(0, 90 * 61 * channels), { raw: { width: 90, height: 61, channels } })

const pictures: [string, string, () => Promise<Buffer>][] = [
  ['JPEG', 'image/jpeg', () => picture().jpeg().toBuffer()],
  [
    'progressive JPEG with Exif, ICC and older XMP',
    'image/jpeg',
    () =>
      picture()
        .withXmp(packetFor('OLD').toString())
        .withExif({ IFD0: { Artist: 'A' } })
        .withIccProfile('srgb')
        .jpeg({ progressive: true })
        .toBuffer(),
  ],
  ['PNG', 'image/png', () => picture(4).png().toBuffer()],
  ['PNG with older XMP', 'image/png', () => picture().withXmp(packetFor('OLD').toString()).png().toBuffer()],
  ['simple lossy WebP', 'image/webp', () => picture().webp().toBuffer()],
  ['simple lossless WebP', 'image/webp', () => picture(4).webp({ lossless: true }).toBuffer()],
  ['WebP with alpha', 'image/webp', () => picture(4).webp().toBuffer()],
  ['WebP with older XMP', 'image/webp', () => picture().withXmp(packetFor('OLD').toString()).webp().toBuffer()],
  ['TIFF', 'image/tiff', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
  ['TIFF with older XMP', 'image/tiff', () => picture().withXmp(packetFor('OLD').toString()).tiff().toBuffer()],
]

test.each(pictures)('%s carries the packet, and its pixels are the same', async (_name, mediaType, make) => {
  const before = await make()
  const after = await stamped(before, mediaType)
  expect((await pixels(after)).equals(await pixels(before))).toBe(true)
  expect(await xmpOf(after)).toContain('CM-2026-TEST')
  if (mediaType !== 'image/tiff') expect(after.includes('OLD')).toBe(false)
  if (mediaType === 'image/jpeg') expect((await exifr.parse(after, { xmp: true }))?.LicenseID).toBe('CM-2026-TEST')
})

test.each(pictures)('%s stamped twice carries only the second packet', async (_name, mediaType, make) => {
  const twice = await stamped(await stamped(await make(), mediaType, 'FIRST'), mediaType, 'SECOND')
  expect(await xmpOf(twice)).toContain('SECOND')
  expect(await xmpOf(twice)).not.toContain('FIRST')
})

test('where private words stay in the house, coordinates are wiped, not only hidden, and a damaged block goes whole', async () => {
  const before = await picture()
    .withExif({ IFD0: { Artist: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 24/1 0/1' } })
    .jpeg()
    .toBuffer()
  const privately = async (bytes: Buffer) => {
    const source = sourceFile(inMemory(bytes), { key: 'k', size: bytes.length, crc32: crc32(bytes) })
    const outcome = await stamp(source, 'image/jpeg', { xmp: packetFor('x'), split: null, iim: null, exif: null, keepsPrivate: false })
    if (!outcome.ok) throw new Error(outcome.error)
    return buffer(open(outcome.value.file, inMemory(bytes)))
  }
  const blockOf = (bytes: Buffer) => bytes.subarray(bytes.indexOf('Exif\0\0') + 6)
  const block = blockOf(before)
  const order = orderOf(block.toString('latin1', 0, 2))
  const read = (at: number, length: number) => block.subarray(at, at + length)
  const { entries } = await directoryAt(read, order, order.read32(block, 4))
  const gps = order.read32(entries.find(({ tag }) => tag === 0x8825)?.raw ?? Buffer.alloc(12), 8)
  const length = 2 + (await directoryAt(read, order, gps)).entries.length * 12
  expect(read(gps, length).some((byte) => byte !== 0)).toBe(true)
  const after = await privately(before)
  expect(
    blockOf(after)
      .subarray(gps, gps + length)
      .every((byte) => byte === 0),
  ).toBe(true)
  expect((await exifr.parse(after))?.Artist).toBe('Ada')

  const damaged = Buffer.from(before)
  order.write32(damaged, 0xfffffff0, before.indexOf('Exif\0\0') + 10)
  expect((await privately(damaged)).includes('Exif\0\0')).toBe(false)
})

test('a film’s place under a key of its own is emptied where private words stay in the house; other keys say what they said', async () => {
  const named = (name: string) => Buffer.concat([Buffer.from([0, 0, 0, 8 + name.length]), Buffer.from(`mdta${name}`)])
  const names = ['com.apple.quicktime.make', 'com.apple.quicktime.location.ISO6709'].map(named)
  const valued = (index: number, text: string) =>
    boxOf(String.fromCharCode(0, 0, 0, index), boxOf('data', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from(text)))
  const meta = boxOf(
    'meta',
    boxOf('hdlr', Buffer.alloc(8), Buffer.from('mdta'), Buffer.alloc(13)),
    boxOf('keys', Buffer.from([0, 0, 0, 0, 0, 0, 0, names.length]), ...names),
    boxOf('ilst', valued(1, 'Acme'), valued(2, '+54.4000+009.0500/')),
  )
  const film = Buffer.concat([boxOf('ftyp', Buffer.from('qt  ')), boxOf('moov', meta), boxOf('mdat', Buffer.alloc(64, 7))])
  const out = async (keepsPrivate: boolean) => {
    const source = sourceFile(inMemory(film), { key: 'k', size: film.length, crc32: crc32(film) })
    const outcome = await stamp(source, 'video/quicktime', { xmp: packetFor('x'), split: null, iim: null, exif: null, keepsPrivate })
    if (!outcome.ok) throw new Error(outcome.error)
    const bytes = await buffer(open(outcome.value.file, inMemory(film)))
    expect(crc32(bytes)).toBe(outcome.value.crc32)
    return ['Acme', '+54.4000', 'plus:LicenseID'].map((words) => bytes.includes(words))
  }
  expect(await out(true)).toEqual([true, true, true])
  expect(await out(false)).toEqual([true, false, true])
})

test('a file whose head is larger than is held in memory leaves bare', async () => {
  const jpeg = await picture().jpeg().toBuffer()
  const segment = Buffer.concat([Buffer.from([0xff, 0xe4, 0xff, 0xff]), Buffer.alloc(0xffff - 2)])
  const head = Array<Buffer>(600).fill(segment)
  expect(await refusal(Buffer.concat([jpeg.subarray(0, 2), ...head, jpeg.subarray(2)]), 'image/jpeg')).toBe('unreadable')
})

test('a PNG with XMP after its pixels loses it, and pixels that look like XMP stay', async () => {
  const early = await picture().withXmp(packetFor('OLD').toString()).png().toBuffer()
  const at = early.indexOf('zTXtXML:com.adobe.xmp') - 4
  const chunk = early.subarray(at, at + 12 + early.readUInt32BE(at))
  const bare = Buffer.concat([early.subarray(0, at), early.subarray(at + chunk.length)])
  const late = Buffer.concat([bare.subarray(0, bare.length - 12), chunk, bare.subarray(bare.length - 12)])
  const after = await stamped(late, 'image/png')
  expect(late.includes(chunk) && !after.includes(chunk)).toBe(true)
  expect((await pixels(after)).equals(await pixels(late))).toBe(true)
})

test('SVG gets a metadata element first in its root, past declarations, comments and attributes with brackets', async () => {
  const drawing =
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- <svg> -->\n<!DOCTYPE svg [<!ENTITY a "<svg>">]>\n<svg xmlns="http://www.w3.org/2000/svg" data-x="a > b" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0ae"/><title>Ü</title></svg>'
  const after = await stamped(Buffer.from(drawing), 'image/svg+xml')
  expect(after.toString()).toContain('viewBox="0 0 9 9"><metadata><x:xmpmeta')
  expect((await pixels(after)).equals(await pixels(Buffer.from(drawing)))).toBe(true)
  const twice = await stamped(after, 'image/svg+xml', 'SECOND')
  expect(twice.includes('CM-2026-TEST')).toBe(false)
  const prefixed = await stamped(Buffer.from('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>'), 'image/svg+xml')
  expect(prefixed.toString()).toContain('<s:metadata><x:xmpmeta')
})

test('PDF gets an incremental update: the old file is its beginning, the packet the document’s metadata', async () => {
  const document = new PDFDocument({ info: { Title: 'Guidelines' } })
  document.text('Brand guidelines')
  document.end()
  const before = await buffer(document as unknown as Readable)
  const after = await stamped(before, 'application/pdf')
  expect(after.subarray(0, before.length).equals(before)).toBe(true)
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  for (const bytes of [after, await stamped(after, 'application/pdf', 'CM-2026-TEST')]) {
    const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
    const { metadata } = await pdf.getMetadata()
    expect(metadata?.getRaw()).toContain('CM-2026-TEST')
    expect((await (await pdf.getPage(1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')).toBe(
      'Brand guidelines',
    )
    await pdf.destroy()
  }
})

test('PDF with cross-reference streams and a catalogue in an object stream', async () => {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
  ]
  const offsets = objects.map((_, i) => `${i + 1} ${objects.slice(0, i).join(' ').length + (i > 0 ? 1 : 0)}`).join(' ')
  const packed = deflateSync(Buffer.from(`${offsets} ${objects.join(' ')}`))
  const start = Buffer.concat([
    Buffer.from(`%PDF-1.5\n4 0 obj\n<</Type/ObjStm/N 3/First ${offsets.length + 1}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ])
  const rows = [
    [0, 0, 255],
    [2, 4, 0],
    [2, 4, 1],
    [2, 4, 2],
    [1, 9, 0],
    [1, start.length, 0],
  ]
  let before = [0, 0, 0, 0]
  const filtered = rows.map(([kind = 0, second = 0, third = 0]) => {
    const row = [kind, second >> 8, second & 255, third]
    const up = [2, ...row.map((value, i) => (value - (before[i] as number) + 256) % 256)]
    before = row
    return up
  })
  const index = deflateSync(Buffer.from(filtered.flat()))
  const file = Buffer.concat([
    start,
    Buffer.from(
      `5 0 obj\n<</Type/XRef/Size 6/Root 1 0 R/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>/Length ${index.length}>>\nstream\n`,
    ),
    index,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${start.length}\n%%EOF\n`),
  ])
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const pdf = await getDocument({ data: new Uint8Array(await stamped(file, 'application/pdf')), verbosity: 0 }).promise
  expect(pdf.numPages).toBe(1)
  expect((await pdf.getMetadata()).metadata?.getRaw()).toContain('CM-2026-TEST')
  await pdf.destroy()
})

test('what cannot carry a packet says why', async () => {
  const jpeg = await picture().jpeg().toBuffer()
  expect(await refusal(Buffer.from('hello'), 'text/plain')).toBe('unsupported-type')
  expect(await refusal(jpeg, 'image/png')).toBe('unreadable')
  expect(await refusal(jpeg.subarray(0, 40), 'image/jpeg')).toBe('unreadable')
  expect(await refusal(jpeg, 'image/jpeg', Buffer.alloc(65_600, 32))).toBe('packet-too-large')
  expect(await refusal(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><svg></svg>'), 'image/svg+xml')).toBe('foreign-encoding')
  expect(await refusal(Buffer.from('<html></html>'), 'image/svg+xml')).toBe('unreadable')
  expect(await refusal(Buffer.from('%PDF-1.4 nothing'), 'application/pdf')).toBe('unreadable')
  const locked = '%PDF-1.4\nxref\n0 0\ntrailer\n<</Size 2/Root 1 0 R/Encrypt 9 0 R>>\nstartxref\n9\n%%EOF'
  expect(await refusal(Buffer.from(locked), 'application/pdf')).toBe('encrypted')
})
