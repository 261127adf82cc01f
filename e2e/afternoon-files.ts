import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import sharp from 'sharp'
import { wavOf } from '#services/testing/files.ts'

const dice = (most: number): number => (randomBytes(2).readUInt16LE() / 65_536) * most
const colour = (): string => `hsl(${dice(360).toFixed(0)} ${(25 + dice(50)).toFixed(0)}% ${(25 + dice(50)).toFixed(0)}%)`

/**
 * A drawing that nobody has drawn before, and that looks like no other: an uneven star in the middle of a slope of colour,
 * with clouds of noise over all of it. Circles and squares in heaps have corners that are found again in every other heap.
 */
export function drawing(width: number, height: number): Buffer {
  const edge = Math.min(width, height)
  const corners = 5 + Math.floor(dice(9))
  const star = Array.from({ length: corners * 2 }, (_, at) => {
    const angle = ((at + dice(0.6)) / (corners * 2)) * 2 * Math.PI
    const far = edge * (0.12 + dice(0.36))
    return `${(width / 2 + Math.cos(angle) * far).toFixed(0)},${(height / 2 + Math.sin(angle) * far).toFixed(0)}`
  }).join(' ')
  const cloud = (0.5 + dice(4)) / edge
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
      <linearGradient id="slope" gradientTransform="rotate(${dice(90).toFixed(0)})"><stop stop-color="${colour()}"/><stop offset="1" stop-color="${colour()}"/></linearGradient>
      <filter id="cloud" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${cloud.toFixed(5)} ${(cloud * (0.4 + dice(2))).toFixed(5)}" numOctaves="4" seed="${dice(30_000).toFixed(0)}"/></filter></defs>
      <rect width="100%" height="100%" fill="url(#slope)"/><polygon points="${star}" fill="${colour()}"/><rect width="100%" height="100%" filter="url(#cloud)" opacity="0.7"/></svg>`,
  )
}

/** What a photographer's program writes into a JPEG: IPTC's records in the segment that Photoshop made for them. */
export function withIptc(
  jpeg: Buffer,
  said: { title: string; caption: string; byline: string; credit: string; keywords: string[] },
): Buffer {
  const field = (record: number, dataset: number, text: string) => {
    const value = Buffer.from(text)
    return Buffer.concat([Buffer.from([0x1c, record, dataset, value.length >> 8, value.length & 255]), value])
  }
  const records = Buffer.concat([
    Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47]),
    field(2, 5, said.title),
    field(2, 120, said.caption),
    field(2, 80, said.byline),
    field(2, 110, said.credit),
    ...said.keywords.map((word) => field(2, 25, word)),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(records.length)
  const even = records.length % 2 ? Buffer.from([0]) : Buffer.alloc(0)
  const body = Buffer.concat([Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0', 'latin1'), size, records, even])
  const head = Buffer.from([0xff, 0xed, (body.length + 2) >> 8, (body.length + 2) & 255])
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

/** One page with one sentence. */
function pdf(words: string): Buffer {
  const text = `BT /F1 24 Tf 60 700 Td (${words}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  return Buffer.from(
    `${body}xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  )
}

/** A PNG of a few bytes that says it is a hundred thousand pixels wide and high. */
function bomb(): Buffer {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
  png.writeUInt32BE(100_000, 16)
  png.writeUInt32BE(100_000, 20)
  return Buffer.concat([png, randomBytes(8)])
}

const jpegOf = (width: number, height: number) => sharp(drawing(width, height)).jpeg({ quality: 90 }).toBuffer()

/** Each name with its bytes, laid down in a folder as a card reader would. */
export async function lay(folder: string, files: Record<string, Buffer>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
}

/** The folder of the shoot: every kind of file, a broken one, a copy, and two that mean harm; beside it the web copy that somebody made of its best. */
export async function shoot(job: string): Promise<{ files: Record<string, Buffer>; hero: Buffer; smaller: Buffer }> {
  const hero = withIptc(await jpegOf(1500, 1000), {
    title: 'Harvest at Brunn',
    caption: 'Pickers in the upper rows, seven in the morning.',
    byline: 'Ada Meyer',
    credit: 'Ada Meyer for Northlight',
    keywords: ['harvest', 'orchard'],
  })
  const font = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Oblique.ttf'))
  const files = {
    [`${job}-01.jpg`]: hero,
    [`${job}-02.tif`]: await sharp(drawing(900, 600)).tiff({ compression: 'lzw' }).toBuffer(),
    [`selects/${job}-03.png`]: await sharp(drawing(800, 800)).png().toBuffer(),
    [`selects/${job}-label.svg`]: drawing(600, 400),
    [`papers/${job}-call-sheet.pdf`]: pdf(`Call sheet ${randomBytes(4).toString('hex')}`),
    [`sound/${job}-wind.wav`]: Buffer.concat([wavOf({ seconds: 3 }).fill(randomBytes(64), 60, 124)]),
    [`type/${job}-type.ttf`]: Buffer.concat([font, randomBytes(16)]),
    [`${job}-broken.jpg`]: (await jpegOf(700, 500)).subarray(0, 900),
    [`copies/${job}-01 copy.jpg`]: hero,
    [`${job}-invoice.jpg`]: Buffer.concat([Buffer.from('MZ'), randomBytes(600)]),
    [`${job}-huge.png`]: bomb(),
  }
  return { files, hero, smaller: await sharp(hero).resize(750).jpeg({ quality: 70 }).toBuffer() }
}

/** What an agency sends: pictures that say whose they are, and one that the shoot has as well. */
export async function agency(job: string, hero: Buffer): Promise<Record<string, Buffer>> {
  const terms = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
    xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">
    <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A cellar with barrels</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
    <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">All media, for as long as the estate wants</rdf:li></rdf:Alt></xmpRights:UsageTerms>
    <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Brandt Pictures ${job}</plus:LicensorName></rdf:li></rdf:Seq></plus:Licensor>
    </rdf:Description></rdf:RDF></x:xmpmeta>`
  const described = async (title: string) =>
    withIptc(await sharp(drawing(1000, 700)).withXmp(terms).jpeg({ quality: 90 }).toBuffer(), {
      title,
      caption: 'Supplied by the agency.',
      byline: 'Leo Brandt',
      credit: 'Brandt Pictures',
      keywords: ['cellar'],
    })
  return {
    [`${job}-agency-1.jpg`]: await described('Cellar by lamplight'),
    [`${job}-agency-2.jpg`]: await described('Press, detail'),
    [`${job}-agency-3.jpg`]: hero,
  }
}

/** The shared drive that nobody has tidied for years, with the list that somebody kept of it. */
export async function oldDrive(job: string, many: number, hero: Buffer): Promise<{ files: Record<string, Buffer>; csv: string }> {
  const files: Record<string, Buffer> = { [`old/${job}-best.jpg`]: hero, [`old/${job}-setup.exe.jpg`]: Buffer.from('MZ, and then some') }
  const rows = ['file,title,alt text,creator,keywords,audience,date created']
  for (let n = 1; n <= many; n++) {
    const name = `old/${job}-${String(n).padStart(3, '0')}.png`
    files[name] = await sharp(drawing(240, 160)).png().toBuffer()
    rows.push(`${name},Harvest archive ${n},A drawing from the archive number ${n},Northlight archive,archive,PORTAL,2019`)
  }
  rows.push(`old/${job}-lost.png,Lost long ago,Nothing to see,Northlight archive,archive,PORTAL,2018`)
  return { files, csv: rows.join('\n') }
}
