// Pictures by sharp (libvips), with nothing allowed but the loaders of the formats we take.
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { svgFields, unsafeSvg } from './svg.mjs'
import { Unfit } from './unfit.mjs'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Svg'].map((name) => `VipsForeignLoad${name}`) })

const formats = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp', 'image/tiff': 'tiff', 'image/svg+xml': 'svg' }
/** A 100-megapixel camera fits; a bomb of 30,000 × 30,000 does not. */
const limits = { limitInputPixels: 120e6, failOn: 'warning' }
const svgLimit = 30 * 1024 * 1024

/** libvips' words, turned into one of our kinds. */
export function unfitOf(error) {
  if (error instanceof Unfit) return error
  const message = String(error?.message ?? error)
  if (/pixel limit|too large|dimensions/i.test(message))
    return new Unfit('too-many-pixels', 'The picture has more than 120 million pixels.')
  if (/unsupported image format|no known|not a known|operation is blocked/i.test(message))
    return new Unfit('unsupported', 'The file is not what it claims to be.')
  return new Unfit('unreadable', 'The file is damaged or incomplete: parts of the picture cannot be decoded.')
}

async function sourceOf(file, mediaType) {
  if (mediaType !== 'image/svg+xml') return { input: file, options: limits, fields: {} }
  // Always a buffer: given a path, librsvg lets a drawing read its neighbours.
  const bytes = await readFile(file)
  if (bytes.length > svgLimit) throw new Unfit('unsupported', 'The drawing is larger than 30 MB.')
  const text = bytes.toString('utf8')
  const why = unsafeSvg(text)
  if (why) throw new Unfit('unsafe', why)
  return { input: bytes, options: limits, fields: svgFields(text) }
}

/** A drawing has no pixels of its own: it is drawn at the size that is wanted. */
const densityFor = (meta, edge) => Math.min(2400, Math.max(1, (72 * edge) / Math.max(meta.width, meta.height, 1)))

/** Decode once, upright, in sRGB, no larger than `edge`; everything else is made from these pixels. */
export async function readPicture(file, mediaType, edge) {
  const { input, options, fields } = await sourceOf(file, mediaType)
  const meta = await sharp(input, options).metadata()
  if (meta.format !== formats[mediaType]) throw new Unfit('unsupported', 'The file is not what it claims to be.')
  if (!(meta.width > 0 && meta.height > 0)) throw new Unfit('unreadable', 'The picture has no size.')
  const vector = mediaType === 'image/svg+xml'
  const picture = await sharp(input, vector ? { ...options, density: densityFor(meta, edge) } : options)
    .autoOrient()
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height } = meta.autoOrient ?? meta
  const xmp = fields.xmp ?? meta.xmp?.toString('utf8')
  return { picture, pages: null, width, height, xmp, iptc: meta.iptc, exif: meta.exif, extra: fields.extra }
}
