import { runsOf, type Face } from './fonts.ts'

export interface Style {
  face: Face
  size: number
  /** Distance of baselines; 1.45 of the size unless given. */
  leading?: number
  colour?: string
  /** Extra space between characters, in points. */
  tracking?: number
}
export interface Span {
  text: string
  style?: Partial<Style>
}
export type Words = string | readonly Span[]

interface Piece {
  font: string
  size: number
  colour: string
  tracking: number
  text: string
  width: number
}
export interface Line {
  pieces: Piece[]
  width: number
}
interface Word {
  pieces: Piece[]
  width: number
}

export const leadingOf = (style: Style): number => style.leading ?? style.size * 1.45

/** Widths of words at 1000 units, by font: a report sets the same words thousands of times, and shaping is the cost. */
const widths = new WeakMap<PDFKit.PDFDocument, Map<string, number>>()
const mostWidths = 20_000

function widthOf(doc: PDFKit.PDFDocument, font: string, size: number, tracking: number, text: string): number {
  let known = widths.get(doc)
  if (!known) widths.set(doc, (known = new Map()))
  const key = `${font}\n${text}`
  let width = known.get(key)
  if (width === undefined) {
    if (known.size >= mostWidths) known.clear()
    width = doc.font(font, 1000).widthOfString(text)
    known.set(key, width)
  }
  return (width * size) / 1000 + tracking * text.length
}

/** One line of text: control characters are gone, tabs are spaces. */
const clean = (text: string): string =>
  text.replace(/[\t\u00a0]/g, ' ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')

/** A text as words; a line end is a word of its own. */
function wordsOf(doc: PDFKit.PDFDocument, words: Words, base: Style): (Word | '\n')[] {
  const spans: readonly Span[] = typeof words === 'string' ? [{ text: words }] : words
  const found: (Word | '\n')[] = []
  let open: Word | undefined
  for (const span of spans) {
    const style = { ...base, ...span.style }
    for (const token of clean(span.text).split(/( +|\n)/)) {
      if (token === '') continue
      if (token === '\n' || token.startsWith(' ')) {
        open = undefined
        if (token === '\n') found.push('\n')
        continue
      }
      const tracking = style.tracking ?? 0
      const pieces = runsOf(doc, style.face, token).map(({ font, text }) => ({
        font,
        text,
        tracking,
        size: style.size,
        colour: style.colour ?? '#000000',
        width: widthOf(doc, font, style.size, tracking, text),
      }))
      if (!open) found.push((open = { pieces: [], width: 0 }))
      open.pieces.push(...pieces)
      open.width += pieces.reduce((sum, piece) => sum + piece.width, 0)
    }
  }
  return found
}

/** A word that is wider than the column (a hash, an address, a name without spaces), cut where the column ends. */
function cut(doc: PDFKit.PDFDocument, word: Word, width: number): Word[] {
  const parts: Word[] = [{ pieces: [], width: 0 }]
  for (const piece of word.pieces) {
    for (const char of piece.text) {
      const size = widthOf(doc, piece.font, piece.size, piece.tracking, char)
      let part = parts.at(-1) as Word
      if (part.width + size > width && part.width > 0) parts.push((part = { pieces: [], width: 0 }))
      const last = part.pieces.at(-1)
      if (last && last.font === piece.font && last.colour === piece.colour && last.size === piece.size) {
        last.text += char
        last.width += size
      } else part.pieces.push({ ...piece, text: char, width: size })
      part.width += size
    }
  }
  return parts
}

/** Breaks a text into lines of at most `width`. */
export function breakLines(doc: PDFKit.PDFDocument, words: Words, style: Style, width: number): Line[] {
  const lines: Line[] = [{ pieces: [], width: 0 }]
  const gap = widthOf(doc, runsOf(doc, style.face, 'n')[0]?.font ?? 'sans', style.size, style.tracking ?? 0, ' ')
  const place = (word: Word): void => {
    let line = lines.at(-1) as Line
    if (line.pieces.length > 0 && line.width + gap + word.width > width) lines.push((line = { pieces: [], width: 0 }))
    const last = line.pieces.at(-1)
    if (last) {
      const space = widthOf(doc, last.font, last.size, last.tracking, ' ')
      last.text += ' '
      last.width += space
      line.width += space
    }
    for (const piece of word.pieces) {
      const before = line.pieces.at(-1)
      if (before && before.font === piece.font && before.colour === piece.colour && before.size === piece.size) {
        before.text += piece.text
        before.width += piece.width
      } else line.pieces.push({ ...piece })
      line.width += piece.width
    }
  }
  for (const word of wordsOf(doc, words, style)) {
    if (word === '\n') lines.push({ pieces: [], width: 0 })
    else if (word.width <= width) place(word)
    else cut(doc, word, width).forEach(place)
  }
  return lines
}

/** Draws one line with its baseline at `y`. A space at its end keeps words apart for readers that join lines. */
export function drawLine(doc: PDFKit.PDFDocument, line: Line, x: number, y: number, align: 'left' | 'right' = 'left', width = 0): void {
  let at = align === 'right' ? x + width - line.width : x
  line.pieces.forEach((piece, index) => {
    const text = index === line.pieces.length - 1 ? `${piece.text} ` : piece.text
    doc.font(piece.font, piece.size).fillColor(piece.colour)
    doc.text(text, at, y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: piece.tracking })
    at += piece.width
  })
}
