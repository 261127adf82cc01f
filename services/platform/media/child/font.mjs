// A font: its names, what its own bits say of embedding, and a specimen set from its outlines. Nothing is installed and no
// text engine of the machine ever reads the file.
import { readFile, stat } from 'node:fs/promises'
import { inkCard } from './card.mjs'
import { line, openFont, outline } from './letters.mjs'
import { Unfit, saidBy } from './unfit.mjs'

const sizeLimit = 60 * 1024 * 1024
const soft = '#6b6f7a'

const clean = (text) =>
  typeof text === 'string'
    ? text
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 1000) || undefined
    : undefined

/** The embedding licence of OS/2: of several bits the least restrictive counts (OpenType 1.9, fsType). */
function embeddingOf(font) {
  const bits = font['OS/2']?.fsType ?? {}
  if (bits.editable) return 'editable'
  if (bits.viewOnly) return 'preview-and-print'
  return bits.noEmbedding ? 'restricted' : 'installable'
}
const embeddingWords = {
  installable: 'The font may be embedded and installed',
  editable: 'The font may be embedded for editing',
  'preview-and-print': 'The font may be embedded for preview and print only',
  restricted: 'The font may not be embedded without a licence',
}

const has = (font, words) => [...words].every((sign) => sign === ' ' || font.hasGlyphForCodePoint(sign.codePointAt(0)))

/** Lines that the font has letters for; for one without Latin letters a choice of what it has. */
function linesOf(font) {
  const latin = [
    'Sphinx of black quartz, judge my vow',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    'abcdefghijklmnopqrstuvwxyz',
    '0123456789 &!?€§',
  ].filter((words) => has(font, words))
  if (latin.length) return { large: has(font, 'Aa') ? 'Aa' : latin[0].slice(0, 2), lines: latin }
  const signs = font.characterSet
    .filter((code) => code > 0x20 && !(code >= 0x7f && code < 0xa1))
    .slice(0, 72)
    .map((code) => String.fromCodePoint(code))
  const rows = [0, 24, 48].map((from) => signs.slice(from, from + 24).join(' ')).filter(Boolean)
  return { large: signs.slice(0, 2).join(''), lines: rows }
}

async function specimen(font, names) {
  const { large, lines } = linesOf(font)
  const parts = []
  if (large) parts.push(fitted(font, large, 120, 560, 480, 1360))
  let y = 730
  for (const words of lines) {
    parts.push(fitted(font, words, 120, y, 84, 1360))
    y += 112
  }
  const caption = await line([names.family, names.style].filter(Boolean).join(' '), {
    x: 1480,
    y: 150,
    size: 52,
    fill: soft,
    anchor: 'end',
    most: 1300,
  })
  return inkCard(parts.join(''), caption)
}

/** One line, smaller where it would be too wide. */
function fitted(font, words, x, y, size, most) {
  const wide = outline(font, words, { x, y, size })
  return wide.width > most ? outline(font, words, { x, y, size: (size * most) / wide.width }).svg : wide.svg
}

export async function readFont({ path: file }) {
  if ((await stat(file)).size > sizeLimit) throw new Unfit('unsupported', 'The font is larger than 60 MB.')
  let font
  let names
  try {
    font = openFont(await readFile(file))
    names = {
      family: clean(font.getName('preferredFamily') ?? font.familyName),
      style: clean(font.getName('preferredSubfamily') ?? font.subfamilyName),
    }
    if (!(font.unitsPerEm > 0 && font.numGlyphs > 0)) throw new Error('no glyphs')
  } catch {
    throw new Unfit('unreadable', 'The font is damaged or incomplete: its tables cannot be read.')
  }
  const name = (id) => {
    try {
      return clean(font.getName(id))
    } catch {
      return undefined
    }
  }
  const embedding = embeddingOf(font)
  const axes = Object.keys(font.variationAxes ?? {}).slice(0, 20)
  const version = name('version')
  const picture = await specimen(font, names).catch(() => {
    throw new Unfit('unreadable', 'The font is damaged or incomplete: its outlines cannot be read.')
  })
  return {
    picture,
    form: 'SPECIMEN',
    facts: {
      font: {
        family: names.family ?? 'Unnamed',
        style: names.style ?? '',
        ...(version && { version }),
        glyphs: font.numGlyphs,
        embedding,
        ...(axes.length && { axes }),
      },
    },
    words: saidBy('font', {
      title: name('fullName') ?? names.family,
      creator: name('designer'),
      source: name('manufacturer'),
      copyrightNotice: name('copyright'),
      usageTerms: [name('license'), `${embeddingWords[embedding]} (fsType).`].filter(Boolean).join(' '),
      webStatement: /^https?:\/\//.test(name('licenseURL') ?? '') ? name('licenseURL') : undefined,
    }),
  }
}
