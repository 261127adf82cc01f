import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crc32, deflateRawSync } from 'node:zlib'

/** Files of every kind, small and our own: made here, or made once by programs that a machine may lack. */
export const sample = (name: 'film.mp4' | 'film.mov' | 'film.webm' | 'sound.mp3' | 'picture.heic'): Buffer =>
  readFileSync(fileURLToPath(new URL(`./samples/${name}`, import.meta.url)))

/** A recording of tones, loud in its first half. */
export function wavOf({ seconds = 2, rate = 8000, channels = 1 } = {}): Buffer {
  const frames = Math.round(seconds * rate)
  const data = Buffer.alloc(frames * channels * 2)
  for (let i = 0; i < frames; i++) {
    const loud = i < frames / 2 ? 0.9 : 0.1
    const value = Math.round(Math.sin((i / rate) * 2 * Math.PI * 220) * loud * 32_000)
    for (let c = 0; c < channels; c++) data.writeInt16LE(value, (i * channels + c) * 2)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

/** An archive of these texts, packed. */
export function zipOf(files: Record<string, string | Buffer>): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text)
    const packed = deflateRawSync(bytes)
    const called = Buffer.from(name)
    const known = Buffer.alloc(16)
    known.writeUInt32LE(crc32(bytes), 4)
    known.writeUInt32LE(packed.length, 8)
    known.writeUInt32LE(bytes.length, 12)
    const head = Buffer.alloc(10)
    head.write('PK\x03\x04', 'latin1')
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(0x800, 6)
    head.writeUInt16LE(8, 8)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(called.length, 0)
    const local = Buffer.concat([head, known, lengths, called, packed])
    const entry = Buffer.alloc(12)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(0x800, 8)
    entry.writeUInt16LE(8, 10)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    list.push(Buffer.concat([entry, known, lengths, rest, called]))
    parts.push(local)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(list.length, 8)
  end.writeUInt16LE(list.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

const officeTypes = {
  docx: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  pptx: ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
} as const

/** A document of Word or PowerPoint that says its title, and, where asked, carries macros or a picture of its first page. */
export function officeOf(
  kind: keyof typeof officeTypes,
  { title = 'Brand voice', macros = false, thumbnail }: { title?: string; macros?: boolean; thumbnail?: Buffer } = {},
): Buffer {
  const [part, type] = officeTypes[kind]
  const main = macros ? 'application/vnd.ms-word.document.macroEnabled.main+xml' : `${type}.main+xml`
  return zipOf({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${part}" ContentType="${main}"/></Types>`,
    [part]: '<?xml version="1.0"?><document/>',
    'docProps/core.xml': `<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>${title}</dc:title><dc:creator>Lena Vogt</dc:creator></cp:coreProperties>`,
    ...(thumbnail && { 'docProps/thumbnail.jpeg': thumbnail }),
  })
}

/** A Photoshop document of one flat picture: planes one after the other, each row packed as a run where asked. */
export function psdOf(
  planes: readonly Buffer[],
  {
    width,
    height,
    mode,
    icc,
    packed = false,
  }: { width: number; height: number; mode: 1 | 3 | 4; icc?: Buffer | undefined; packed?: boolean },
): Buffer {
  const head = Buffer.alloc(26)
  head.write('8BPS', 0, 'latin1')
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(planes.length, 12)
  head.writeUInt32BE(height, 14)
  head.writeUInt32BE(width, 18)
  head.writeUInt16BE(8, 22)
  head.writeUInt16BE(mode, 24)
  const long = (n: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(n)
    return bytes
  }
  const profile = icc
    ? Buffer.concat([Buffer.from('8BIM\x04\x0f\0\0', 'latin1'), long(icc.length), icc, Buffer.alloc(icc.length % 2)])
    : Buffer.alloc(0)
  const before = [head, long(0), long(profile.length), profile, long(0)]
  if (!packed) return Buffer.concat([...before, Buffer.from([0, 0]), ...planes])
  const rows = planes.flatMap((plane) => Array.from({ length: height }, (_, y) => packRow(plane.subarray(y * width, (y + 1) * width))))
  const counts = Buffer.alloc(rows.length * 2)
  rows.forEach((row, i) => counts.writeUInt16BE(row.length, i * 2))
  return Buffer.concat([...before, Buffer.from([0, 1]), counts, ...rows])
}

function packRow(row: Buffer): Buffer {
  const parts: number[] = []
  for (let at = 0; at < row.length;) {
    const value = row[at] ?? 0
    let run = 1
    while (run < 128 && row[at + run] === value) run++
    parts.push(257 - run, value)
    at += run
  }
  // A run of one is written as one literal.
  for (let i = 0; i < parts.length; i += 2) if (parts[i] === 256) parts[i] = 0
  return Buffer.from(parts)
}
