// A tiled diagonal text: white letters with a soft dark edge, so that it reads on light and on dark and hides neither.
import { createRequire } from 'node:module'
import path from 'node:path'
import sharp from 'sharp'

// The font comes with the house: a server without any font installed would draw empty boxes.
const fontfile = path.join(path.dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf/DejaVuSans-Bold.ttf')
const angle = -28
const ink = 0.34
const edge = 0.26

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign])
const black = { r: 0, g: 0, b: 0 }

/** One rotated text with a margin, as a single channel. */
async function mask(words, size) {
  const text = await sharp({ text: { text: escape(words), font: `DejaVu Sans Bold ${size}`, fontfile, dpi: 72 } })
    .extractChannel(0)
    .png()
    .toBuffer()
  const turned = sharp(await sharp(text).rotate(angle, { background: black }).png().toBuffer())
  const margin = Math.round(size * 0.9)
  return turned
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: black })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
}

/** A tile of two texts, set like the dark squares of a chessboard, so that no text is cut at a seam. */
async function tile(words, longestEdge) {
  const size = Math.max(11, Math.round(longestEdge / 46))
  const { data, info } = await mask(words, size)
  const { width, height, channels } = info
  const letters = Buffer.alloc(width * height)
  for (let i = 0; i < letters.length; i++) letters[i] = data[i * channels]
  const soft = await sharp(letters, { raw: { width, height, channels: 1 } })
    .blur(Math.max(0.8, size / 14))
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const pixels = Buffer.alloc(width * 2 * height * 2 * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const white = (letters[i] / 255) * ink
      const dark = Math.min(1, (soft[i] / 255) * 1.7) * edge * (1 - letters[i] / 255)
      const alpha = white + dark * (1 - white)
      if (alpha < 0.004) continue
      const value = [Math.round((255 * white) / alpha), Math.round(alpha * 255)]
      for (const [dx, dy] of [
        [0, 0],
        [width, height],
      ]) {
        const at = ((y + dy) * width * 2 + x + dx) * 4
        pixels[at] = pixels[at + 1] = pixels[at + 2] = value[0]
        pixels[at + 3] = value[1]
      }
    }
  }
  return { pixels, raw: { width: width * 2, height: height * 2, channels: 4 } }
}

/** An overlay of exactly the picture's size, for `composite`. */
export async function watermarkFor(words, width, height) {
  const { pixels, raw } = await tile(words, Math.max(width, height))
  const overlay = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y++) {
    const from = (y % raw.height) * raw.width * 4
    for (let x = 0; x < width; x += raw.width) {
      const run = Math.min(raw.width, width - x) * 4
      pixels.copy(overlay, (y * width + x) * 4, from, from + run)
    }
  }
  return { input: overlay, raw: { width, height, channels: 4 }, blend: 'over' }
}
