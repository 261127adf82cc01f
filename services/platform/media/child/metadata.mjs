// Everything that a file says of itself, under the names of the standards. The file is opened here and read in places: no
// decoder is asked, so that kinds whose pixels nobody can read still tell who made them.
import { readFile } from 'node:fs/promises'
import { readBoxes } from './blocks/boxes.mjs'
import { readGif } from './blocks/gif.mjs'
import { readId3 } from './blocks/id3.mjs'
import { readJpeg } from './blocks/jpeg.mjs'
import { readPdfBlocks } from './blocks/pdf.mjs'
import { readPng } from './blocks/png.mjs'
import { blocksIn, readPsd } from './blocks/psd.mjs'
import { openReader, readerOf } from './blocks/reader.mjs'
import { readRiff } from './blocks/riff.mjs'
import { readTiff } from './blocks/tiff.mjs'
import { readIim } from './iim.mjs'
import { svgFields } from './svg.mjs'
import { readXmp } from './xmp.mjs'

const kinds = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readRiff,
  'image/gif': readGif,
  'image/tiff': readTiff,
  'image/heic': readBoxes,
  'image/heif': readBoxes,
  'image/avif': readBoxes,
  'image/vnd.adobe.photoshop': readPsd,
  'application/pdf': readPdfBlocks,
  'video/mp4': readBoxes,
  'video/quicktime': readBoxes,
  'audio/mp4': readBoxes,
  'audio/mpeg': readId3,
  'audio/wav': readRiff,
  'audio/x-wav': readRiff,
}
const longest = 32_000
const mostProperties = 1500
const svgLimit = 30 * 1024 * 1024
const sidecarLimit = 2 * 1024 * 1024

/** A damaged block of metadata is no reason to refuse a sound file: what cannot be read is left out. */
async function attempt(read, otherwise) {
  try {
    return await read()
  } catch {
    return otherwise
  }
}

/** The blocks of a file, each as it stands. */
async function blocksOf(file, mediaType) {
  if (mediaType === 'image/svg+xml') {
    const text = (await readFile(file)).subarray(0, svgLimit).toString('utf8')
    const { xmp, extra } = svgFields(text)
    return { xmp: xmp ? [xmp] : [], svg: { title: extra.title, desc: extra.description } }
  }
  const read = kinds[mediaType]
  if (!read) return { xmp: [] }
  const reader = await openReader(file)
  try {
    return await read(reader)
  } finally {
    await reader.close()
  }
}

const cut = (value, depth = 0) => {
  if (typeof value === 'string') return value.replaceAll('\0', '').slice(0, longest).toWellFormed()
  if (depth > 8) return ''
  if (Array.isArray(value)) return value.slice(0, 500).map((item) => cut(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 200)
      .map(([name, inner]) => [name, cut(inner, depth + 1)]),
  )
}
const named = (prefix, values = {}) =>
  Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() ? [[`${prefix}:${name}`, cut(value.trim())]] : [],
  )

/** XMP of several packets; what the first says stands. */
async function xmpOf(packets) {
  const found = {}
  for (const packet of packets) for (const [name, value] of Object.entries(await attempt(() => readXmp(packet), {}))) found[name] ??= value
  return Object.fromEntries(
    Object.entries(found)
      .slice(0, mostProperties)
      .map(([name, value]) => [name, cut(value)]),
  )
}

/** `sidecar`: where the packet lies that came beside the file; it is believed before the file's own. */
export async function readMetadata(file, mediaType, sidecar) {
  const blocks = await attempt(() => blocksOf(file, mediaType), { xmp: [] })
  const inner = blocks.resources ? await attempt(() => blocksIn(blocks.resources), {}) : {}
  const tiff = blocks.tags
    ? blocks
    : await attempt(async () => ((blocks.exif ?? inner.exif) ? readTiff(readerOf(blocks.exif ?? inner.exif)) : {}), {})
  const iim = blocks.iim ?? inner.iim
  const beside = sidecar
    ? [await attempt(async () => (await readFile(sidecar)).subarray(0, sidecarLimit).toString('utf8'), '')].filter(Boolean)
    : []
  return {
    xmp: await xmpOf([...beside, ...blocks.xmp, ...(inner.xmp ? [inner.xmp] : [])]),
    iim: iim
      ? await attempt(
          () =>
            Object.fromEntries(Object.entries(readIim(iim)).map(([set, values]) => [set, values.slice(0, 500).map((value) => cut(value))])),
          {},
        )
      : {},
    ...(beside.length > 0 ? { sidecar: true } : {}),
    ...(inner.iimChanged === undefined ? {} : { iimChanged: inner.iimChanged }),
    exif: Object.fromEntries(Object.entries(tiff.tags ?? {}).map(([name, value]) => [name, cut(value)])),
    other: Object.fromEntries([
      ...named('pdf', blocks.pdf),
      ...named('quicktime', blocks.quicktime),
      ...named(mediaType === 'image/gif' ? 'gif' : 'png', blocks.text),
      ...named('id3', blocks.id3),
      ...named('riff', blocks.riff),
      ...named('svg', blocks.svg),
    ]),
  }
}
