// Pictures by sharp (libvips), with nothing allowed but the loaders of the formats we take.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { unsafeSvg } from './svg.mjs'
import { Unfit } from './unfit.mjs'
import { watermarkFor } from './watermark.mjs'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Svg', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`) })

const formats = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/tiff': 'tiff',
  'image/svg+xml': 'svg',
  'image/gif': 'gif',
  'image/avif': 'heif',
}
/** A 100-megapixel camera fits; a bomb of 30,000 × 30,000 does not. */
export const limits = { limitInputPixels: 120e6, failOn: 'warning' }
const svgLimit = 30 * 1024 * 1024

/** libvips' words, turned into one of our kinds. */
export function unfitOf(error) {
  if (error instanceof Unfit) return error
  const message = String(error?.message ?? error)
  if (/pixel limit|too large|dimensions|exceeds limit/i.test(message))
    return new Unfit('too-many-pixels', 'The picture has more than 120 million pixels.')
  if (/unsupported image format|no known|not a known|operation is blocked/i.test(message))
    return new Unfit('unsupported', 'The file is not what it claims to be.')
  return new Unfit('unreadable', 'The file is damaged or incomplete: parts of the picture cannot be decoded.')
}

async function sourceOf(file, mediaType) {
  if (mediaType !== 'image/svg+xml') return { input: file, options: limits }
  // Always a buffer: given a path, librsvg lets a drawing read its neighbours.
  const bytes = await readFile(file)
  if (bytes.length > svgLimit) throw new Unfit('unsupported', 'The drawing is larger than 30 MB.')
  const text = bytes.toString('utf8')
  const why = unsafeSvg(text)
  if (why) throw new Unfit('unsafe', why)
  return { input: bytes, options: limits }
}

/** A drawing has no pixels of its own: it is drawn at the size that is wanted. */
const densityFor = (meta, edge) => Math.min(2400, Math.max(1, (72 * edge) / Math.max(meta.width, meta.height, 1)))

const raw = ({ width, height, channels }) => ({ raw: { width, height, channels } })

/** Turned and mirrored as the camera noted, once it is small: a large picture would have to be held whole for it. */
async function upright(picture, orientation = 1) {
  const [turn, mirror] = { 2: [0, true], 3: [180, false], 4: [180, true], 5: [90, true], 6: [90, false], 7: [270, true], 8: [270, false] }[
    orientation
  ] ?? [0, false]
  let { data, info } = picture
  if (turn) ({ data, info } = await sharp(data, raw(info)).rotate(turn).raw().toBuffer({ resolveWithObject: true }))
  if (mirror) ({ data, info } = await sharp(data, raw(info)).flop().raw().toBuffer({ resolveWithObject: true }))
  return { data, info }
}

/** Decode upright, in sRGB, no larger than `edge`: what a file's own profile says of its colours is believed. */
export async function pixelsOf(input, options, edge, orientation) {
  const small = await sharp(input, options)
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return upright(small, orientation)
}

/** Decode once; everything else is made from these pixels. */
export async function readPicture({ path: file, mediaType, edge }) {
  const { input, options } = await sourceOf(file, mediaType)
  const meta = await sharp(input, options).metadata()
  if (meta.format !== formats[mediaType] || (meta.format === 'heif' && meta.compression !== 'av1'))
    throw new Unfit('unsupported', 'The file is not what it claims to be.')
  const tall = meta.pageHeight ?? meta.height
  if (!(meta.width > 0 && tall > 0)) throw new Unfit('unreadable', 'The picture has no size.')
  const vector = mediaType === 'image/svg+xml'
  const picture = await pixelsOf(input, vector ? { ...options, density: densityFor(meta, edge) } : options, edge, meta.orientation)
  const [width, height] = meta.orientation >= 5 ? [tall, meta.width] : [meta.width, tall]
  const moves = (mediaType === 'image/gif' || mediaType === 'image/webp') && meta.pages > 1
  return {
    picture,
    form: 'PICTURE',
    width,
    height,
    frames: moves ? meta.pages : null,
    durationMs: moves ? meta.delay?.reduce((sum, delay) => sum + delay, 0) : null,
    make: (spec, outDir) => (spec.of === 'motion' && moves ? makeMotion(input, { ...meta, height: tall }, spec, outDir) : null),
  }
}

const mostFrames = 90
/** So many pixels in all frames together are decoded for the small animation. */
const framesBudget = 60e6

/** A small animation of the first frames, marked in each. */
async function makeMotion(input, meta, spec, outDir) {
  const frames = Math.min(meta.pages, mostFrames, Math.floor(framesBudget / (meta.width * meta.height)))
  if (frames < 2) return null
  const scale = Math.min(1, spec.maxEdge / Math.max(meta.width, meta.height))
  const width = Math.max(1, Math.round(meta.width * scale))
  const height = Math.max(1, Math.round(meta.height * scale))
  const roll = await sharp(input, { ...limits, pages: frames })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer()
  if (spec.watermark) await markFrames(roll, { width, height, frames }, spec.watermark)
  const file = path.join(outDir, `${spec.preset}.webp`)
  await sharp(roll, { raw: { width, height: height * frames, channels: 4, pageHeight: height } })
    .webp({ quality: spec.quality ?? 60, effort: 1, loop: meta.loop ?? 0, delay: meta.delay?.slice(0, frames) ?? 100 })
    .toFile(file)
  return { preset: spec.preset, path: file, mediaType: 'image/webp', width, height }
}

/** The mark over each frame of a roll of frames, one below the other. */
async function markFrames(roll, { width, height, frames }, words) {
  const { input: mark } = await watermarkFor(words, width, height)
  const size = width * height * 4
  for (let frame = 0; frame < frames; frame++) {
    for (let at = 0; at < size; at += 4) {
      const alpha = mark[at + 3] / 255
      if (alpha === 0) continue
      const to = frame * size + at
      for (let c = 0; c < 3; c++) roll[to + c] = Math.round(roll[to + c] * (1 - alpha) + mark[at + c] * alpha)
      roll[to + 3] = Math.max(roll[to + 3], mark[at + 3])
    }
  }
}
