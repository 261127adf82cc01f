import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { exiftool, exiftoolPath } from 'exiftool-vendored'
import fc from 'fast-check'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { deliveredValues, fillFromFile, type FieldsOnRecord } from '#services/assets/rules/metadata-fields.ts'
import { metadataMap, type MetadataField } from '#services/assets/rules/metadata-map.ts'
import { readFound, type Found } from '#services/assets/rules/metadata-reading.ts'
import type { StructureField } from '#services/assets/rules/metadata-structures.ts'
import { mayHold, type FieldValue, type FieldValues } from '#services/assets/rules/metadata-values.ts'
import { packetOf } from '#services/assets/rules/metadata-writing.ts'
import { open } from '#services/platform/files/splice.ts'
import { sourceFile, stamp } from '#services/platform/files/stamp.ts'

/** ExifTool is the reader and writer that the trade trusts. It is Perl: where there is none, this file is skipped. */
const perl = (() => {
  try {
    execFileSync('perl', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const exiftoolScript = perl ? await exiftoolPath() : ''
const folder = mkdtempSync(path.join(tmpdir(), 'round-trip-'))
afterAll(async () => {
  await exiftool.end()
  rmSync(folder, { recursive: true })
})
const { readMetadata } = (await import(new URL('../platform/media/child/metadata.mjs', import.meta.url).href)) as {
  readMetadata: (file: string, mediaType: string) => Promise<Found>
}

const noise = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7919) % 251))
const picture = () => sharp(noise, { raw: { width: 64, height: 48, channels: 3 } })
const pdf = async () => {
  const document = new PDFDocument({ compress: false, info: { Title: 'Before' } })
  document.text('Brand guidelines')
  document.end()
  return buffer(document as unknown as Readable)
}
/** A film of one box of samples, as small as readers accept it. */
const film = (brand: string) => {
  const box = (type: string, ...content: Buffer[]) => {
    const body = Buffer.concat(content)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length + 8)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, body])
  }
  const mvhd = Buffer.alloc(100)
  mvhd.writeUInt32BE(1000, 12)
  mvhd.writeUInt32BE(0x10000, 20)
  return Promise.resolve(
    Buffer.concat([
      box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1')),
      box('mdat', noise.subarray(0, 4096)),
      box('moov', box('mvhd', mvhd)),
    ]),
  )
}
/** A Photoshop document of one flat layer. */
const photoshop = () => {
  const head = Buffer.alloc(26)
  head.write('8BPS', 0, 'latin1')
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(3, 12)
  head.writeUInt32BE(4, 14)
  head.writeUInt32BE(4, 18)
  head.writeUInt16BE(8, 22)
  head.writeUInt16BE(3, 24)
  return Promise.resolve(Buffer.concat([head, Buffer.alloc(12), Buffer.from([0, 0]), noise.subarray(0, 48)]))
}

const kinds: [name: string, mediaType: string, make: () => Promise<Buffer>][] = [
  [
    'jpg',
    'image/jpeg',
    () =>
      picture()
        .withExif({ IFD0: { Make: 'Before' } })
        .jpeg()
        .toBuffer(),
  ],
  ['png', 'image/png', () => picture().png().toBuffer()],
  ['tif', 'image/tiff', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
  ['webp', 'image/webp', () => picture().webp().toBuffer()],
  ['pdf', 'application/pdf', pdf],
  ['mp4', 'video/mp4', () => film('isom')],
  ['mov', 'video/quicktime', () => film('qt  ')],
  ['gif', 'image/gif', () => picture().gif().toBuffer()],
  ['avif', 'image/avif', () => picture().avif({ effort: 0 }).toBuffer()],
  ['psd', 'image/vnd.adobe.photoshop', photoshop],
]

const blank: FieldsOnRecord = {
  title: 'placeholder',
  description: '',
  altText: '',
  keywords: [],
  creator: '',
  creditLine: '',
  copyrightNotice: '',
  source: '',
  dateCreated: null,
  digitalSourceType: null,
  iptc: {},
}

/** What the library makes of a file, and what it sends: import, the record filled, delivery. */
async function through(file: string, mediaType: string, options = { keepsPrivate: true }) {
  const found = await readMetadata(file, mediaType)
  const read = readFound(found)
  const record = { ...blank, ...fillFromFile(blank, read.values, 'placeholder') } as FieldsOnRecord
  const values = deliveredValues(record, read.values, options)
  const packet = packetOf(values)
  const bytes = readFileSync(file)
  const storage = {
    open: async (_key: string, range = { start: 0, end: bytes.length - 1 }) => Readable.from([bytes.subarray(range.start, range.end + 1)]),
  }
  const stamped = await stamp(sourceFile(storage, { key: 'k', size: bytes.length, crc32: crc32(bytes) }), mediaType, {
    xmp: Buffer.from(packet.xmp),
    split: packet.split && { main: Buffer.from(packet.split.main), extension: Buffer.from(packet.split.extension) },
    iim: packet.iim,
    exif: packet.exif,
    ...options,
  })
  if (!stamped.ok) throw new Error(stamped.error)
  const delivered = await buffer(open(stamped.value.file, storage))
  expect(delivered.length).toBe(stamped.value.file.size)
  expect(crc32(delivered)).toBe(stamped.value.crc32)
  const target = file.replace(/(\.\w+)$/, '-delivered$1')
  writeFileSync(target, delivered)
  return { found, read, values, target }
}

const groups: Record<string, string> = { Iptc4xmpCore: 'iptcCore', Iptc4xmpExt: 'iptcExt' }
/** The name that ExifTool has for a property: it shortens a few. */
const names: Record<string, string> = {
  'Iptc4xmpCore:AltTextAccessibility': 'AltTextAccessibility',
  'Iptc4xmpExt:AddlModelInfo': 'AdditionalModelInformation',
  'Iptc4xmpExt:DigImageGUID': 'DigitalImageGUID',
  'plus:Version': 'PLUSVersion',
  'Iptc4xmpExt:RegistryId': 'RegistryID',
  'Iptc4xmpExt:EventId': 'EventID',
}
const local = (xmp: string) => names[xmp] ?? xmp.split(':')[1]?.replace(/^./, (letter) => letter.toUpperCase())
const tagOf = ({ xmp = '' }: MetadataField) => {
  const prefix = xmp.split(':')[0] ?? ''
  return `XMP-${groups[prefix] ?? prefix}:${local(xmp)}`
}

type Shape = MetadataField | StructureField
/** A value as ExifTool takes it in JSON; `-n` so that nothing is turned into words. */
function asTag(shape: Shape, value: FieldValue): unknown {
  if (Array.isArray(value)) return value.map((item) => asTag({ ...shape, many: undefined } as unknown as Shape, item))
  if (shape.type === 'struct' && typeof value === 'object')
    return Object.fromEntries(
      (shape.of ?? []).flatMap((field) => (value[field.name] === undefined ? [] : structTag(field, value[field.name] as FieldValue))),
    )
  if (shape.type === 'alt' && typeof value === 'object') return value
  if (shape.type === 'boolean') return value ? 'True' : 'False'
  if (shape.type === 'date')
    return String(value)
      .replace(/^(\d{4})-(\d\d)(-(\d\d))?/, (_, y: string, m: string, __, d?: string) => (d ? `${y}:${m}:${d}` : `${y}:${m}`))
      .replace('T', ' ')
  if (shape.type === 'code')
    return 'vocabulary' in shape && shape.vocabulary?.base.includes('digitalsource') ? `${shape.vocabulary.base}${String(value)}` : value
  return value
}
function structTag(field: StructureField, value: FieldValue): [string, unknown][] {
  const name = local(field.xmp) ?? ''
  if (field.type === 'alt' && typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).map(([language, words]) => [language === 'x-default' ? name : `${name}-${language}`, words])
  return [[name, asTag(field, value)]]
}
function tagsFor(values: FieldValues): Record<string, unknown> {
  return Object.fromEntries(
    metadataMap.flatMap((field) => {
      const value = values[field.name]
      if (value === undefined || !field.xmp) return []
      const tag = tagOf(field)
      if (field.type === 'alt' && typeof value === 'object' && !Array.isArray(value))
        return Object.entries(value).map(([language, words]) => [language === 'x-default' ? tag : `${tag}-${language}`, words] as const)
      return [[tag, asTag(field, value)] as const]
    }),
  )
}

/** Written by ExifTool from JSON, so that no shell and no format of ours stands between. */
async function write(file: string, tags: Record<string, unknown>) {
  const json = `${file}.json`
  writeFileSync(json, JSON.stringify([{ SourceFile: '*', ...tags }]))
  await exiftool.write(file, {}, { writeArgs: ['-n', '-overwrite_original', '-struct', `-json=${json}`] }).catch((error: unknown) => {
    throw new Error(`${String(error)} for ${path.basename(file)}`)
  })
}
/** Asked for by itself: the library's pipe now and then cuts a character in two. */
const tagsIn = (file: string, ...asked: string[]): Record<string, unknown> => {
  const said = execFileSync('perl', [exiftoolScript, '-json', ...asked, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return (JSON.parse(said) as [Record<string, unknown>])[0]
}
const xmpIn = (file: string) =>
  Object.fromEntries(Object.entries(tagsIn(file, '-n', '-struct', '-G1', '-XMP:all')).filter(([name]) => /^XMP-(?!x:|xmpNote:)/.test(name)))

/** Every field once, each kind of value, in several scripts. */
const example = (field: Shape, n = 1): FieldValue => {
  if (field.many && !('done' in field))
    return [
      example({ ...field, many: undefined, done: true } as unknown as Shape, n),
      example({ ...field, many: undefined, done: true } as unknown as Shape, n + 1),
    ]
  if (field.type === 'struct') return Object.fromEntries((field.of ?? []).map((inner) => [inner.name, example(inner, n)]))
  // ExifTool 13.59 puts translations of a region's name into another namespace.
  if (field.xmp === 'Iptc4xmpExt:Name') return `Region ${n}`
  if (field.type === 'alt')
    return n % 2 ? { 'x-default': `${field.label} – Straße ${n}`, 'de-DE': `Öl ${n}`, ja: `港${n}` } : `${field.label} ${n} & <co>`
  if (field.type === 'integer') return n
  if (field.type === 'real') return n / 4
  if (field.type === 'boolean') return true
  if (field.type === 'date') return `2026-05-0${n}`
  if (field.type === 'uri') return `https://example.com/${n}`
  if (field.type === 'code') return Object.keys(('vocabulary' in field && field.vocabulary?.codes) || {})[n] ?? ''
  if (/GPSAltitudeRef/.test(field.xmp ?? '')) return '0'
  if (/GPSAltitude/.test(field.xmp ?? '')) return '12/1'
  if (/GPSL/.test(field.xmp ?? '')) return `5${n},30.0000${/Lat/.test(field.xmp ?? '') ? 'N' : 'E'}`
  if (/rbShape/.test(field.xmp ?? '')) return 'rectangle'
  if (/rbUnit/.test(field.xmp ?? '')) return 'relative'
  if (field.name === 'sceneCodes') return `01100${n}`
  if (field.name === 'subjectCodes') return `0800300${n}`
  return `${field.label} “${n}” Müller`
}
const written = metadataMap.filter(({ xmp, readOnly }) => xmp && !readOnly)
const everything: FieldValues = Object.fromEntries(written.map((field) => [field.name, example(field)]))

describe.skipIf(!perl)('fields written by ExifTool', () => {
  test.each(kinds)('come back equal through import and delivery of a %s', { timeout: 60_000 }, async (extension, mediaType, make) => {
    const file = path.join(folder, `all.${extension}`)
    writeFileSync(file, await make())
    const bare = path.join(folder, `bare.${extension}`)
    copyFileSync(file, bare)
    await write(file, tagsFor(everything))
    const before = xmpIn(file)
    const { read, target } = await through(file, mediaType)
    // Nothing that ExifTool wrote is unknown to the table, and the table knows what each says.
    expect(Object.keys(before).length).toBeGreaterThan(90)
    expect(
      Object.keys(read.values)
        .filter((name) => everything[name] !== undefined)
        .sort(),
    ).toEqual(Object.keys(everything).sort())
    expect(xmpIn(target)).toEqual(before)

    const complaints = async (one: string) => {
      const said = (await exiftool.readRaw(one, { readArgs: ['-validate', '-warning', '-error', '-a'] })) as {
        Warning?: string | string[]
        Error?: string
      }
      expect(said.Error).toBeUndefined()
      return [said.Warning ?? []].flat()
    }
    const known = await complaints(file)
    const original = await complaints(bare)
    for (const complaint of await complaints(target)) expect([...known, ...original]).toContain(complaint)
  })

  test('random values come back equal, whatever they hold', { timeout: 120_000 }, async () => {
    const text = fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.constantFrom('ÄÖÜß ©', '日本語', 'x'.repeat(2500), '\'"&<>', 'مرحبا', '🦊'),
      )
      .map((words) =>
        words
          .replace(/\s+/g, ' ')
          .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
          .replace(/[;\u0000-\u001f\u007f-\u009f\ufeff|]/g, '')
          .trim(),
      )
      .filter((words) => words !== '' && !/^[-+]?[\d.]+$/.test(words))
    const valueFor = (field: Shape): fc.Arbitrary<FieldValue> => {
      const one = (): fc.Arbitrary<FieldValue> => {
        if (field.type === 'struct')
          return fc
            .subarray([...(field.of ?? [])], { minLength: 1 })
            .chain((of) =>
              fc.tuple(...of.map(valueFor)).map((all) => Object.fromEntries(of.map((inner, i) => [inner.name, all[i] as FieldValue]))),
            )
        if (field.xmp === 'Iptc4xmpExt:Name') return text
        if (field.type === 'alt')
          return fc.tuple(text, fc.option(text)).map(([first, german]) => (german ? { 'x-default': first, 'de-DE': german } : first))
        return field.type === 'text' && !/GPS|rb(Shape|Unit)|Scene|SubjectCode/.test(field.xmp ?? '')
          ? text
          : fc.constant(example({ ...field, many: undefined, done: true } as unknown as Shape))
      }
      return field.many ? fc.uniqueArray(one(), { minLength: 1, maxLength: 4, selector: (value) => JSON.stringify(value) }) : one()
    }
    const some = fc
      .subarray([...written], { minLength: 4, maxLength: 25 })
      .chain((fields) =>
        fc.tuple(...fields.map(valueFor)).map((all) => Object.fromEntries(fields.map((field, i) => [field.name, all[i] as FieldValue]))),
      )
    const made = new Map(await Promise.all(kinds.slice(0, 6).map(async ([extension, , make]) => [extension, await make()] as const)))
    let n = 0
    await fc.assert(
      fc.asyncProperty(some, fc.constantFrom(...kinds.slice(0, 6)), async (values, [extension, mediaType]) => {
        for (const [name, value] of Object.entries(values)) expect(mayHold(name, value), name).toBe(true)
        const file = path.join(folder, `random-${n++}.${extension}`)
        writeFileSync(file, made.get(extension) as Buffer)
        await write(file, tagsFor(values))
        const before = xmpIn(file)
        const { target } = await through(file, mediaType)
        // The library gives every asset a title, and EXIF its artist.
        expect(xmpIn(target)).toEqual({ ...xmpIn(target), ...before })
      }),
      { numRuns: 12 },
    )
  })

  test('IIM, EXIF and XMP of a delivered picture say the same', async () => {
    for (const [extension, mediaType, make] of kinds.filter(([name]) => ['jpg', 'tif', 'psd'].includes(name))) {
      const file = path.join(folder, `blocks.${extension}`)
      writeFileSync(file, await make())
      await exiftool.write(
        file,
        {
          'IPTC:ObjectName': 'Hafen',
          'IPTC:Keywords': ['See', 'Boot'],
          'IPTC:By-line': ['Müller'],
          'IPTC:CopyrightNotice': '© Müller',
          'IPTC:City': 'Tönning',
        } as never,
        { writeArgs: ['-overwrite_original', '-codedcharacterset=utf8'] },
      )
      const { target, read } = await through(file, mediaType)
      expect(read.values).toMatchObject({ title: 'Hafen', keywords: ['See', 'Boot'], city: 'Tönning' })
      const tags = (await exiftool.readRaw(target, {
        readArgs: ['-n', '-G1', '-a', '-IPTC:all', '-XMP:all', '-IFD0:all', '-Photoshop:IPTCDigest', '-CurrentIPTCDigest'],
      })) as Record<string, unknown>
      expect(tags).toMatchObject({
        'IPTC:ObjectName': 'Hafen',
        'XMP-dc:Title': 'Hafen',
        'IPTC:City': 'Tönning',
        'XMP-photoshop:City': 'Tönning',
        'IPTC:CopyrightNotice': '© Müller',
        'XMP-dc:Rights': '© Müller',
      })
      if (extension !== 'tif') expect(tags['Photoshop:IPTCDigest']).toBe(tags['File:CurrentIPTCDigest'])
    }
  })

  test('coordinates and serial numbers stay in the house', async () => {
    for (const [extension, mediaType, make] of kinds.filter(([name]) => ['jpg', 'tif', 'png', 'webp', 'avif', 'mov'].includes(name))) {
      const file = path.join(folder, `private.${extension}`)
      writeFileSync(file, await make())
      const tags =
        extension === 'mov'
          ? { 'UserData:GPSCoordinates': '54.4 9.05 0' }
          : {
              'EXIF:GPSLatitude': 54.4,
              'EXIF:GPSLatitudeRef': 'N',
              'EXIF:GPSLongitude': 9.05,
              'EXIF:GPSLongitudeRef': 'E',
              'EXIF:SerialNumber': 'SN-4711',
              'EXIF:LensModel': 'Lens 35',
            }
      await exiftool.write(file, tags as never, { writeArgs: ['-n', '-overwrite_original'] })
      const kept = await through(file, mediaType)
      expect(kept.read.values['gps'], extension).toContain('54.4')
      expect(JSON.stringify(await exiftool.readRaw(kept.target, { readArgs: ['-n', '-GPS*', '-SerialNumber'] }))).toContain('54.4')
      const { target } = await through(file, mediaType, { keepsPrivate: false })
      const left = (await exiftool.readRaw(target, { readArgs: ['-n', '-a', '-G1', '-ee'] })) as Record<string, unknown>
      expect(
        Object.keys(left).filter((name) => /GPS|SerialNumber/.test(name)),
        extension,
      ).toEqual([])
      expect(readFileSync(target).includes('SN-4711')).toBe(false)
      if (extension !== 'mov') expect(left['ExifIFD:LensModel']).toBe('Lens 35')
    }
  })

  test('a file of the trade, with its blocks at odds, is read as the working group asks', async () => {
    const file = path.resolve('../shared/testdata/metadata/MWG.jpg')
    if (!existsSync(file)) return void process.stdout.write('skipped: no ../shared/testdata\n')
    const { values, disputes } = readFound(await readMetadata(file, 'image/jpeg'))
    expect(JSON.stringify(values)).not.toContain('WRONG')
    expect(disputes.map(({ field }) => field)).toContain('description')
  })
})

test.each(kinds.filter(([, mediaType]) => mediaType.startsWith('image/') && !mediaType.includes('adobe')))(
  'pixels of a delivered %s are the same',
  async (extension, mediaType, make) => {
    const file = path.join(folder, `pixels.${extension}`)
    writeFileSync(file, await make())
    const { target } = await through(file, mediaType)
    const pixels = (one: string) => sharp(readFileSync(one)).raw().toBuffer()
    expect((await pixels(target)).equals(await pixels(file))).toBe(true)
  },
)
