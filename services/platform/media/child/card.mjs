// What a file shows that has no picture of its own: its kind in large letters, what is known of it beneath. The preview is
// drawn as a picture, so that every list, sheet and mail that shows pictures shows these files too.
import sharp from 'sharp'
import { line } from './letters.mjs'

const paper = '#f4f3ef'
const ink = '#2a2d36'
const soft = '#6b6f7a'
const rule = '#d5d3cc'
const accent = '#3a4bb0'
export const card = { width: 1600, height: 1200 }

const draw = async (inner) => {
  const { width, height } = card
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${paper}"/>${inner}</svg>`
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
}

/** A sheet of paper with a folded corner, so large that one sees a file; its ending in it. */
const sheet = (x, y, w, h, fold) =>
  `<path d="M${x} ${y}h${w - fold}l${fold} ${fold}v${h - fold}h${-w}z" fill="#ffffff" stroke="${rule}" stroke-width="3"/><path d="M${x + w - fold} ${y}v${fold}h${fold}" fill="${paper}" stroke="${rule}" stroke-width="3"/>`

/** The icon of a file of which no preview can be made: its ending, and lines of what is known. */
export async function iconCard(ending, known = []) {
  const lines = known.filter(Boolean).slice(0, 3)
  const parts = [
    sheet(520, 170, 560, 640, 130),
    await line(ending, { face: 'display', x: 800, y: 580, size: ending.length > 3 ? 150 : 190, fill: ink, anchor: 'middle' }),
    `<rect x="740" y="650" width="120" height="6" fill="${accent}"/>`,
  ]
  for (const [i, words] of lines.entries())
    parts.push(await line(words, { x: 800, y: 920 + i * 78, size: 56, fill: i ? soft : ink, anchor: 'middle', most: 1400 }))
  return draw(parts.join(''))
}

/** A list of names, as an archive holds them. */
export async function listCard(ending, summary, names) {
  const parts = [
    await line(ending, { face: 'display', x: 120, y: 260, size: 170, fill: ink }),
    await line(summary, { x: 1480, y: 250, size: 56, fill: soft, anchor: 'end', most: 900 }),
    `<rect x="120" y="320" width="1360" height="3" fill="${rule}"/>`,
  ]
  for (const [i, name] of names.slice(0, 9).entries())
    parts.push(await line(name, { x: 120, y: 410 + i * 84, size: 50, fill: i === 8 && names.length > 9 ? soft : ink, most: 1360 }))
  return draw(parts.join(''))
}

/** Loudness over time, as bars around a middle line. */
export async function waveCard(peaks, known) {
  const step = 1360 / peaks.length
  const bars = peaks.map((peak, i) => {
    const tall = Math.max(4, (peak / 100) * 640)
    return `<rect x="${(120 + i * step).toFixed(1)}" y="${(560 - tall / 2).toFixed(1)}" width="${Math.max(1, step * 0.62).toFixed(1)}" height="${tall.toFixed(1)}" rx="${Math.min(4, step * 0.3).toFixed(1)}"/>`
  })
  return draw(
    `<g fill="${accent}">${bars.join('')}</g>${await line(known.filter(Boolean).join('   '), { x: 800, y: 1060, size: 56, fill: soft, anchor: 'middle', most: 1400 })}`,
  )
}

/** What a specimen is drawn on: outlines that the caller made, in ink. */
export const inkCard = (outlines, words) => draw(`<g fill="${ink}">${outlines}</g>${words}`)

/** 3725000 as 1:02:05. */
export function clockWords(milliseconds) {
  const seconds = Math.round(milliseconds / 1000)
  const two = (n) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Bytes as people say them, in a form that no language minds. */
export function sizeWords(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
