import path from 'node:path'
import * as fontkit from 'fontkit'

let known: fontkit.Font | undefined

/** The house's serif in its regular weight. Read from a file of ours, because a machine may have no fonts at all. */
const serif = (): fontkit.Font =>
  (known ??= fontkit.openSync(path.resolve(import.meta.dirname, '../../services/platform/pdf/fonts/newsreader-display.ttf')) as fontkit.Font)

/** Text as outlines: an SVG that looks the same everywhere. `x`, `y` is the start of the base line. */
export function lettering(text: string, at: { x: number; y: number; size: number; fill: string }): string {
  const font = serif()
  const scale = at.size / font.unitsPerEm
  let x = at.x
  const outlines = font.layout(text).glyphs.map((glyph) => {
    const path = `<path transform="translate(${x.toFixed(2)} ${at.y}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})" d="${glyph.path.toSVG()}"/>`
    x += glyph.advanceWidth * scale
    return path
  })
  return `<g fill="${at.fill}">${outlines.join('')}</g>`
}
