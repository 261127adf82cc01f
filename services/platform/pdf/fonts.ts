import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The faces of a document by their job. `plain` and `plain-strong` are the built-in Helvetica: fast, Western European only, never in an archival document. */
export type Face = 'display' | 'text' | 'sans' | 'strong' | 'mono' | 'plain' | 'plain-strong'

const require = createRequire(import.meta.url)
const ours = (file: string): string => fileURLToPath(new URL(`./fonts/${file}.ttf`, import.meta.url))
const dejavu = (file: string): string => require.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`)

/** Font name -> file. A font is read and parsed only in a document that uses it (17 to 60 ms each). */
const files: Record<string, () => string> = {
  display: () => ours('newsreader-display'),
  text: () => ours('newsreader-text'),
  sans: () => ours('hanken-grotesk-regular'),
  strong: () => ours('hanken-grotesk-semibold'),
  mono: () => dejavu('DejaVuSansMono'),
  'dejavu-serif': () => dejavu('DejaVuSerif'),
  'dejavu-sans': () => dejavu('DejaVuSans'),
  'dejavu-strong': () => dejavu('DejaVuSans-Bold'),
}
const builtIn: Partial<Record<Face, string>> = { plain: 'Helvetica', 'plain-strong': 'Helvetica-Bold' }

/** What draws the characters that the face itself does not have: Greek, Cyrillic, symbols. DejaVu Sans is the last resort. */
const fallbacks: Record<Face, readonly string[]> = {
  display: ['display', 'dejavu-serif', 'dejavu-sans'],
  text: ['text', 'dejavu-serif', 'dejavu-sans'],
  sans: ['sans', 'dejavu-sans'],
  strong: ['strong', 'dejavu-strong', 'dejavu-sans'],
  mono: ['mono', 'dejavu-sans'],
  plain: ['Helvetica', 'dejavu-sans'],
  'plain-strong': ['Helvetica-Bold', 'dejavu-strong'],
}

const bytes = new Map<string, Buffer>()
const coverage = new Map<string, (codePoint: number) => boolean>()
/** Beyond ASCII and Latin-1, what WinAnsi (and so Helvetica) can draw. */
const winAnsi = new Set([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((char) => char.codePointAt(0)))

interface WithFont {
  _font: { font: { characterSet: number[] } }
}

/** Makes the fonts known to a document. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const [name, file] of Object.entries(files)) {
    if (!bytes.has(name)) bytes.set(name, readFileSync(file()))
    doc.registerFont(name, bytes.get(name) as Buffer)
  }
}

/** Whether `font` draws the character; asked of the font file once a process. */
function draws(doc: PDFKit.PDFDocument, font: string, codePoint: number): boolean {
  let has = coverage.get(font)
  if (!has) {
    if (font in files) {
      doc.font(font)
      const known = new Set((doc as unknown as WithFont)._font.font.characterSet)
      has = (code) => known.has(code)
    } else has = (code) => (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || winAnsi.has(code)
    coverage.set(font, has)
  }
  return has(codePoint)
}

export interface Run {
  font: string
  text: string
}

/** Splits a text into runs, each in the first font that draws it. A combining mark stays with its letter's font; what no font draws becomes U+FFFD. */
export function runsOf(doc: PDFKit.PDFDocument, face: Face, text: string): Run[] {
  const first = builtIn[face] ?? face
  if (/^[\x20-\x7e]*$/.test(text)) return text ? [{ font: first, text }] : []
  const runs: Run[] = []
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0) as number
    const last = runs.at(-1)
    const neutral = last && (char === ' ' || /\p{M}/u.test(char)) && draws(doc, last.font, code)
    const found = neutral ? last.font : fallbacks[face].find((font) => draws(doc, font, code))
    const font = found ?? 'dejavu-sans'
    const shown = found ? char : '\uFFFD'
    if (last?.font === font) last.text += shown
    else runs.push({ font, text: shown })
  }
  return runs
}
