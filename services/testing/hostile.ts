import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { officeOf, psdOf, sample, wavOf, zipOf } from './files.ts'

export interface HostileFile {
  name: string
  mediaType: string
  bytes: Buffer
}

/** The same numbers from the same seed, on every machine. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** One honest file of every kind, of which the others are made. */
export async function honestFiles(): Promise<HostileFile[]> {
  const font = (name: string) => readFileSync(createRequire(import.meta.url).resolve(name))
  const picture = sharp({ create: { width: 90, height: 60, channels: 3, background: '#c04020' } }).composite([
    { input: { create: { width: 30, height: 30, channels: 3, background: '#204080' } }, left: 9, top: 9 },
  ])
  const frames = sharp(Buffer.alloc(40 * 120 * 3, 90), { raw: { width: 40, height: 120, channels: 3, pageHeight: 40 } })
  const plane = Buffer.alloc(50 * 30, 120)
  const office = 'application/vnd.openxmlformats-officedocument.'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>',
  ]
  const pdf = `%PDF-1.4\n${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer\n<< /Root 1 0 R /Size 4 >>\n%%EOF\n`
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><g fill="#c04020"><rect width="40" height="30"/><text x="9" y="50">House</text></g></svg>'
  const files: [string, string, Buffer][] = [
    [
      'picture.jpg',
      'image/jpeg',
      await picture
        .clone()
        .withExif({ IFD0: { Artist: 'Ada' } })
        .jpeg()
        .toBuffer(),
    ],
    ['progressive.jpg', 'image/jpeg', await picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['picture.png', 'image/png', await picture.clone().png().toBuffer()],
    ['picture.webp', 'image/webp', await picture.clone().webp().toBuffer()],
    ['moving.webp', 'image/webp', await frames.clone().webp().toBuffer()],
    ['moving.gif', 'image/gif', await frames.clone().gif().toBuffer()],
    ['picture.avif', 'image/avif', await picture.clone().avif({ effort: 0 }).toBuffer()],
    ['picture.tif', 'image/tiff', await picture.clone().tiff({ compression: 'lzw' }).toBuffer()],
    ['inks.tif', 'image/tiff', await picture.clone().toColourspace('cmyk').tiff({ compression: 'deflate' }).toBuffer()],
    ['picture.heic', 'image/heic', sample('picture.heic')],
    ['plain.psd', 'image/vnd.adobe.photoshop', psdOf([plane, plane, plane], { width: 50, height: 30, mode: 3 })],
    ['packed.psd', 'image/vnd.adobe.photoshop', psdOf([plane, plane, plane, plane], { width: 50, height: 30, mode: 4, packed: true })],
    ['drawing.svg', 'image/svg+xml', Buffer.from(svg)],
    ['document.pdf', 'application/pdf', Buffer.from(pdf)],
    ['film.mp4', 'video/mp4', sample('film.mp4')],
    ['film.mov', 'video/quicktime', sample('film.mov')],
    ['film.webm', 'video/webm', sample('film.webm')],
    ['sound.mp3', 'audio/mpeg', sample('sound.mp3')],
    ['sound.wav', 'audio/wav', wavOf({ seconds: 1 })],
    ['font.ttf', 'font/ttf', font('dejavu-fonts-ttf/ttf/DejaVuSansMono-BoldOblique.ttf')],
    ['font.woff2', 'font/woff2', font('@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2')],
    ['archive.zip', 'application/zip', zipOf({ 'a/b.txt': 'x'.repeat(500), 'c.txt': 'y' })],
    ['text.docx', `${office}wordprocessingml.document`, officeOf('docx')],
    ['slides.pptx', `${office}presentationml.presentation`, officeOf('pptx', { thumbnail: await picture.clone().jpeg().toBuffer() })],
  ]
  return files.map(([name, mediaType, bytes]) => ({ name, mediaType, bytes }))
}

type Wound = (bytes: Buffer, below: (most: number) => number) => Buffer

const extremes = [0, 1, 0x7f, 0x80, 0xff]
/** What goes wrong with files, and what is done to them on purpose. */
const wounds: Record<string, Wound> = {
  cut: (bytes, below) => bytes.subarray(0, 1 + below(bytes.length)),
  flipped(bytes, below) {
    const hurt = Buffer.from(bytes)
    for (let i = 1 + below(12); i > 0; i--) {
      const at = below(hurt.length)
      hurt[at] = (hurt[at] ?? 0) ^ (1 << below(8))
    }
    return hurt
  },
  // The first kilobyte says how long and how large things are.
  lying(bytes, below) {
    const hurt = Buffer.from(bytes)
    for (let i = 1 + below(4); i > 0; i--) {
      const at = below(Math.min(1024, hurt.length))
      hurt.fill(extremes[below(extremes.length)] ?? 0, at, Math.min(hurt.length, at + 1 + below(4)))
    }
    return hurt
  },
  numbers(bytes, below) {
    const hurt = Buffer.from(bytes)
    for (let i = 1 + below(3); i > 0 && hurt.length > 8; i--)
      hurt.writeUInt32BE([0xffffffff, 0x7fffffff, 0x80000000, 0, 1][below(5)] ?? 0, below(hurt.length - 4))
    return hurt
  },
  doubled(bytes, below) {
    const at = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1)), bytes.subarray(at)])
  },
  holed(bytes, below) {
    const at = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(200)))])
  },
  noise(bytes, below) {
    const hurt = Buffer.from(bytes)
    const at = below(hurt.length)
    for (let i = at; i < Math.min(hurt.length, at + 64); i++) hurt[i] = below(256)
    return hurt
  },
}

/** So many wounded files of every kind, the same from the same seed; every fifth claims to be of another kind. */
export async function hostileFiles(count: number, seed = 20261121): Promise<HostileFile[]> {
  const below = numbersFrom(seed)
  const honest = await honestFiles()
  const names = Object.keys(wounds)
  return Array.from({ length: count }, (_, i) => {
    const file = honest[i % honest.length] as HostileFile
    const name = names[below(names.length)] ?? 'cut'
    const bytes = (wounds[name] as Wound)(file.bytes, below)
    const other = honest[below(honest.length)] as HostileFile
    return { name: `${i} ${name} ${file.name}`, mediaType: below(5) === 0 ? other.mediaType : file.mediaType, bytes }
  })
}
