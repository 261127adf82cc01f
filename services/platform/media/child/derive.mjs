// The child: one file in, renditions out, one line of JSON, gone. Started by ../child-media.ts, which kills it when it
// takes too long or too much; whatever happens here, the house stands.
import path from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { readFields } from './fields.mjs'
import { paletteOf } from './palette.mjs'
import { readPicture, unfitOf } from './picture.mjs'
import { watermarkFor } from './watermark.mjs'

const types = { webp: 'image/webp', jpeg: 'image/jpeg', png: 'image/png' }

async function makeRendition({ data, info }, spec, outDir) {
  const { width: fullWidth, height: fullHeight, channels } = info
  const scale = Math.min(1, spec.maxEdge / Math.max(fullWidth, fullHeight))
  const width = Math.max(1, Math.round(fullWidth * scale))
  const height = Math.max(1, Math.round(fullHeight * scale))
  let picture = sharp(data, { raw: { width: fullWidth, height: fullHeight, channels } })
  if (scale < 1) picture = picture.resize(width, height, { fit: 'fill' })
  if (spec.watermark) picture = picture.composite([await watermarkFor(spec.watermark, width, height)])
  if (spec.format === 'jpeg') picture = picture.flatten({ background: '#ffffff' }).jpeg({ quality: spec.quality ?? 86 })
  else if (spec.format === 'webp') picture = picture.webp({ quality: spec.quality ?? 78, effort: 2 })
  else picture = picture.png()
  const file = path.join(outDir, `${spec.preset}.${spec.format}`)
  await picture.toFile(file)
  return { preset: spec.preset, path: file, mediaType: types[spec.format], width, height }
}

async function derive({ path: file, mediaType, outDir, renditions }) {
  const edge = Math.max(64, ...renditions.map((spec) => spec.maxEdge))
  // PDFium is three megabytes of WebAssembly: loaded only for a PDF.
  const read =
    mediaType === 'application/pdf' ? await (await import('./pdf.mjs')).readPdf(file, edge) : await readPicture(file, mediaType, edge)
  const { data, info } = read.picture
  const small = await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .resize(64, 64, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer()
  const palette = paletteOf(small)
  const files = []
  for (const spec of renditions) files.push(await makeRendition(read.picture, spec, outDir))
  const embedded = await readFields(read)
  return { width: read.width, height: read.height, pages: read.pages, dominantColour: palette[0], palette, embedded, files }
}

const answer = await derive(JSON.parse(await text(process.stdin))).then(
  (value) => ({ ok: true, value }),
  (error) => {
    const { kind, message } = unfitOf(error)
    return { ok: false, error: kind, detail: message, cause: String(error?.message ?? error).slice(0, 300) }
  },
)
process.stdout.write(`${JSON.stringify(answer)}\n`)
