// The child: one file in, renditions out, one line of JSON, gone. Started by ../child-media.ts, which kills it when it
// takes too long or too much; whatever happens here, the house stands.
import path from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { readMetadata } from './metadata.mjs'
import { paletteOf } from './palette.mjs'
import { readPicture, unfitOf } from './picture.mjs'
import { printOf } from './print.mjs'
import { Unfit } from './unfit.mjs'
import { watermarkFor } from './watermark.mjs'

const types = { webp: 'image/webp', jpeg: 'image/jpeg', png: 'image/png' }

// Readers beside that of pictures are loaded when their kind comes: each brings megabytes of its own.
const film = async (order) => (await import('./film.mjs')).readFilm(order)
const sound = async (order) => (await import('./sound.mjs')).readSound(order)
const font = async (order) => (await import('./font.mjs')).readFont(order)
const archive = async (order) => (await import('./archive.mjs')).readArchive(order)
const readers = {
  'application/pdf': async (order) => (await import('./pdf.mjs')).readPdf(order),
  'image/vnd.adobe.photoshop': async (order) => (await import('./psd.mjs')).readPsd(order),
  'image/heic': async (order) => (await import('./magick.mjs')).readByMagick(order),
  'video/mp4': film,
  'video/quicktime': film,
  'video/webm': film,
  'audio/mpeg': sound,
  'audio/wav': sound,
  'font/otf': font,
  'font/ttf': font,
  'font/woff': font,
  'font/woff2': font,
  'application/zip': archive,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': archive,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': archive,
}
for (const type of ['jpeg', 'png', 'webp', 'tiff', 'svg+xml', 'gif', 'avif']) readers[`image/${type}`] = readPicture

/** What we draw ourselves: it has no colours of its own, is like nothing else, and bears no mark. */
const drawnByUs = new Set(['SOUND', 'SPECIMEN', 'LIST', 'ICON'])

const rawOf = ({ width, height, channels }) => ({ width, height, channels })

async function makeRendition({ data, info }, spec, outDir) {
  const { width: fullWidth, height: fullHeight } = info
  const scale = Math.min(1, spec.maxEdge / Math.max(fullWidth, fullHeight))
  const width = Math.max(1, Math.round(fullWidth * scale))
  const height = Math.max(1, Math.round(fullHeight * scale))
  let picture = sharp(data, { raw: rawOf(info) })
  if (scale < 1) picture = picture.resize(width, height, { fit: 'fill' })
  if (spec.watermark) picture = picture.composite([await watermarkFor(spec.watermark, width, height)])
  if (spec.format === 'jpeg') picture = picture.flatten({ background: '#ffffff' }).jpeg({ quality: spec.quality ?? 86 })
  else if (spec.format === 'webp') picture = picture.webp({ quality: spec.quality ?? 78, effort: 2 })
  else picture = picture.png()
  const file = path.join(outDir, `${spec.preset}.${spec.format}`)
  await picture.toFile(file)
  return { preset: spec.preset, path: file, mediaType: types[spec.format], width, height }
}

/** One rendition: of the picture, or of whatever else was asked of the file; null where it has none of that. */
async function renditionOf(read, spec, outDir) {
  if (spec.of === 'sheet') {
    const sheet = await read.sheet?.(spec.page, spec.maxEdge)
    return sheet ? makeRendition(sheet.picture, spec, outDir) : null
  }
  // A clip that cannot be made is no reason to refuse the film: its poster and its facts are there.
  if (spec.of) return (await Promise.resolve(read.make?.(spec, outDir)).catch(() => null)) ?? null
  return makeRendition(read.picture, drawnByUs.has(read.form) ? { ...spec, watermark: undefined } : spec, outDir)
}

async function coloursOf({ data, info }) {
  const small = await sharp(data, { raw: rawOf(info) })
    .resize(64, 64, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer()
  return paletteOf(small)
}

async function derive({ path: file, mediaType, outDir, renditions, print: printed, ffmpeg, sidecar }) {
  const edge = Math.max(printed ? 448 : 64, ...renditions.filter(({ of }) => !of).map((spec) => spec.maxEdge))
  const reader = readers[mediaType]
  if (!reader) throw new Unfit('unsupported', 'Files of this kind are not read here.')
  const read = await reader({ path: file, mediaType, edge, outDir, ffmpeg })
  const drawn = drawnByUs.has(read.form)
  const palette = drawn ? [] : await coloursOf(read.picture)
  const files = []
  for (const spec of renditions) {
    const made = await renditionOf(read, spec, outDir)
    if (made) files.push(made)
  }
  const { width = null, height = null, pages = null, durationMs = null, frames = null, form, facts = {} } = read
  const embedded = await readMetadata(file, mediaType, sidecar)
  Object.assign(embedded.other, read.words)
  const print = printed && !drawn ? await printOf(read.picture) : null
  return { width, height, pages, durationMs, frames, form, facts, dominantColour: palette[0] ?? null, palette, embedded, files, print }
}

const answer = await derive(JSON.parse(await text(process.stdin))).then(
  (value) => ({ ok: true, value }),
  (error) => {
    const { kind, message } = unfitOf(error)
    return { ok: false, error: kind, detail: message, cause: String(error?.message ?? error).slice(0, 300) }
  },
)
process.stdout.write(`${JSON.stringify(answer)}\n`)
