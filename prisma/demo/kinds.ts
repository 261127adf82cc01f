import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { officeOf, sample, zipOf } from '#services/testing/files.ts'
import { artworks, logos } from './artwork.ts'
import type { Piece } from './library.ts'

/** A triad that fades, struck four times: sound made of sines. */
function triad(): Buffer {
  const [rate, seconds] = [22_050, 8]
  const data = Buffer.alloc(rate * seconds * 2)
  for (let i = 0; i < rate * seconds; i++) {
    const t = i / rate
    const since = t % 2
    const root = [220, 174.61, 261.63, 196][Math.floor(t / 2)] ?? 220
    const chord = [1, 1.25, 1.5].reduce((sum, step, n) => sum + Math.sin(2 * Math.PI * root * step * t) * Math.exp(-since * (1.1 + n * 0.5)), 0)
    data.writeInt16LE(Math.round(chord * Math.min(1, since * 60) * 9000), i * 2)
  }
  const head = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0', 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

/** A beam that goes once around, in twelve pictures. */
async function beam(): Promise<Buffer> {
  const [size, frames] = [320, 12]
  const drawn = await Promise.all(
    Array.from({ length: frames }, (_, i) =>
      sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#1d2b53"/><path d="M160 160 L400 90 L400 230z" fill="#f2c14e" transform="rotate(${(360 / frames) * i} 160 160)"/><circle cx="160" cy="160" r="26" fill="#fff1e8"/></svg>`)).removeAlpha().raw().toBuffer(),
    ),
  )
  return sharp(Buffer.concat(drawn), { raw: { width: size, height: size * frames, channels: 3, pageHeight: size } }).gif({ delay: 120, loop: 0 }).toBuffer()
}

const own = { creator: 'Northlight Studio', creditLine: 'Northlight Studio', copyrightNotice: '© Northlight GmbH', source: 'Northlight Studio', dateCreated: '2026', showsPeople: 'no', showsProperty: 'no', editorialOnly: false, priceFactor: 100 }
const sold = { ...own, audience: 'STORE', sellsRoyaltyFree: true, sellsRightsManaged: true }
const shared = { ...own, audience: 'PORTAL', sellsRoyaltyFree: false, sellsRightsManaged: false }
const ours = { contract: 'Own work', licensor: 'Northlight GmbH' }
const require = createRequire(import.meta.url)

/** A few of each kind that is no picture. */
export const otherKinds = (): Piece[] => [
  {
    slug: 'light-from-the-north', fileName: 'light-from-the-north.mp4', bytes: async () => sample('film.mp4'), ...ours,
    fields: { ...sold, kind: 'VIDEO', title: 'Light from the north', description: 'A band of light goes down between night and wine. Five seconds, with a low tone.', altText: 'A golden band of light crosses from blue night into wine red', keywords: 'light, gradient, background, film' },
  },
  {
    slug: 'four-chords', fileName: 'four-chords.wav', bytes: async () => triad(), ...ours,
    fields: { ...sold, kind: 'AUDIO', title: 'Four chords', description: 'Four chords that fade, made of sines. Eight seconds for the end of a film.', altText: 'Waveform of four chords that fade', keywords: 'sound, chords, ending, signet' },
  },
  {
    slug: 'lighthouse-beam', fileName: 'lighthouse-beam.gif', bytes: beam, ...ours,
    fields: { ...shared, kind: 'ILLUSTRATION', title: 'Lighthouse beam', description: 'A beam goes once around. For loading pages and letters.', altText: 'A yellow beam turns around a white light on dark blue', keywords: 'animation, light, loading' },
  },
  {
    slug: 'house-typeface', fileName: 'DejaVuSerif.ttf', bytes: () => readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf')), contract: 'Bitstream Vera licence', licensor: 'DejaVu fonts team',
    fields: { ...shared, kind: 'FONT', title: 'DejaVu Serif, for office documents', description: 'Where our own typefaces are not installed.', altText: 'Specimen of DejaVu Serif', keywords: 'font, typeface, office', creator: 'DejaVu fonts team', creditLine: '', copyrightNotice: 'Bitstream, Inc.; DejaVu changes are in public domain' },
  },
  {
    slug: 'logo-pack', fileName: 'northlight-logos.zip', bytes: async () => zipOf({ 'README.txt': 'Northlight marks. Use the black one on light grounds.\n', ...Object.fromEntries(logos.map(({ slug, svg }) => [`svg/${slug}.svg`, svg])), 'patterns/pattern.svg': artworks()[0]?.svg ?? '' }), ...ours,
    fields: { ...shared, kind: 'ARCHIVE', title: 'All logos in one archive', description: 'Every mark as SVG, with a note on when to use which.', altText: 'List of the files in the archive of logos', keywords: 'logo, archive, zip' },
  },
  {
    slug: 'letter-template', fileName: 'letter-template.docx', bytes: async () => officeOf('docx', { title: 'Letter template' }), ...ours,
    fields: { ...shared, kind: 'TEMPLATE', title: 'Letter template', description: 'A letter of the house, to be written in Word.', altText: 'Icon of a Word document', keywords: 'letter, template, word' },
  },
]
