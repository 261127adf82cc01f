// A picture's print, made of a small copy of the pixels that are decoded already. Whatever goes wrong in here, the picture
// is taken in without one.
import sharp from 'sharp'
import { lookOf } from './look.mjs'
import { marksOf } from './marks.mjs'

/** Raised when prints would come out otherwise: those of older versions are then made anew. */
export const algorithm = 1
const edge = 224

/**
 * Signs of the lowest frequencies of the whole picture. Signs, not "above the median": so a mirrored or turned picture has
 * the same bits in other places or turned over, and its hash is found without its pixels.
 */
function hashOf(grey) {
  const size = 32
  const waves = Array.from({ length: 9 }, (_, u) =>
    Float64Array.from({ length: size }, (_, i) => Math.cos(((2 * i + 1) * u * Math.PI) / (2 * size))),
  )
  const rows = waves.map((wave) =>
    Float64Array.from({ length: size }, (_, y) => wave.reduce((sum, value, x) => sum + value * grey[y * size + x], 0)),
  )
  const value = (u, v) => waves[v].reduce((sum, wave, y) => sum + wave * rows[u][y], 0)
  let hash = 0n
  for (let v = 0; v < 8; v++) for (let u = 0; u < 8; u++) if ((u || v ? value(u, v) : value(8, 8)) > 0) hash |= 1n << BigInt(v * 8 + u)
  return hash.toString(16).padStart(16, '0')
}

const byte = (share) => Math.max(0, Math.min(255, Math.round(share * 255)))

/** Twelve bytes a mark: place, size, direction, code with the sign above it, the six unsure bits. */
function pack(marks) {
  const bytes = Buffer.alloc(marks.length * 12)
  marks.forEach((mark, i) => {
    const turn = mark.angle / (2 * Math.PI)
    bytes.set([byte(mark.x), byte(mark.y), byte((mark.size + 1) / 10), Math.round((turn - Math.floor(turn)) * 256) % 256], i * 12)
    bytes.writeUInt32LE((mark.code | (mark.sign > 0 ? 1 << 30 : 0)) >>> 0, i * 12 + 4)
    bytes.writeUInt32LE(
      mark.unsure.reduce((all, bit, k) => (all | (bit << (k * 5))) >>> 0, 0),
      i * 12 + 8,
    )
  })
  return bytes.toString('base64')
}

const lightness = (rgb, count) =>
  Float32Array.from({ length: count }, (_, i) => 0.299 * rgb[i * 3] + 0.587 * rgb[i * 3 + 1] + 0.114 * rgb[i * 3 + 2])

/** Hash, marks and look of a decoded picture; null where they cannot be made. */
export async function printOf({ data, info }) {
  try {
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const small = await sharp(data, { raw })
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { width, height, channels } = small.info
    if (channels !== 3 || Math.min(width, height) < 8) return null
    const rgb = small.data
    const grey = lightness(rgb, width * height)
    const square = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .resize(32, 32, { fit: 'fill' })
      .raw()
      .toBuffer()
    return {
      algorithm,
      hash: hashOf(lightness(square, 32 * 32)),
      marks: pack(marksOf({ data: grey, width, height })),
      look: lookOf({ rgb, grey, width, height }),
    }
  } catch {
    return null
  }
}
