// Words as outlines, in the house's own typefaces: a card that we draw looks the same on a machine without any font.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'

const files = {
  display: '@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  text: '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
  // For what the two have no letters for: names of files come in every script.
  any: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
}
const loaded = new Map()
export const openFont = (bytes) => fontkit.create(bytes)

async function fontOf(name) {
  if (!loaded.has(name)) loaded.set(name, openFont(await readFile(createRequire(import.meta.url).resolve(files[name]))))
  return loaded.get(name)
}

/** Outlines of one line in a font, its baseline's start at x, y; and how wide it is. */
export function outline(font, words, { x, y, size }) {
  const scale = size / font.unitsPerEm
  const run = font.layout(words)
  let at = 0
  const paths = run.glyphs.map((glyph, i) => {
    const place = run.positions[i]
    const left = x + (at + place.xOffset) * scale
    at += place.xAdvance
    const d = glyph.path.toSVG()
    return d
      ? `<path transform="translate(${left.toFixed(2)} ${(y - place.yOffset * scale).toFixed(2)}) scale(${scale} ${-scale})" d="${d}"/>`
      : ''
  })
  return { svg: paths.join(''), width: at * scale }
}

/** One line of ours: `face` display or text; letters that it lacks are taken from a font that has most. Cut where it would be wider than `most`. */
export async function line(words, { face = 'text', x, y, size, fill, anchor = 'start', most = Infinity }) {
  const own = await fontOf(face)
  const knows = (font) => (sign) => font.hasGlyphForCodePoint(sign.codePointAt(0))
  const font = [...words].every(knows(own)) ? own : await fontOf('any')
  // A script that neither has letters for is left out, not shown as empty boxes: the list beside the picture has the name.
  let shown = [...words]
    .map((sign) => (knows(font)(sign) ? sign : '…'))
    .join('')
    .replace(/…+/g, '…')
  let drawn = outline(font, shown, { x: 0, y: 0, size })
  while (drawn.width > most && shown.length > 1) {
    shown = `${[...shown].slice(0, Math.max(1, Math.floor(([...shown].length * most) / drawn.width) - 2)).join('')}…`
    const next = outline(font, shown, { x: 0, y: 0, size })
    if (next.width >= drawn.width) break
    drawn = next
  }
  const left = anchor === 'middle' ? x - drawn.width / 2 : anchor === 'end' ? x - drawn.width : x
  return `<g fill="${fill}" transform="translate(${left.toFixed(2)} ${y})">${drawn.svg}</g>`
}
