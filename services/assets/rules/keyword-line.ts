// Keywords travel in one field, with commas between them. A word that holds a separator itself stands in double quotes there, as
// a cell of a CSV file does: "Lyon; Rhône", sea.
const separators = ',;\n'
const wanting = /[,;|\n\r]|^"/

const written = (word: string): string => (wanting.test(word) ? `"${word.replace(/\s+/g, ' ').replaceAll('"', '""')}"` : word)

/** Keywords as one line, which reads back as the same keywords. */
export const writeKeywords = (words: readonly string[], between = ', '): string => words.map(written).join(between)

const blank = /[^\S\n]*/y
// No keyword is near as long; without an end, each opened quote of a long text would be looked for to its end.
const quote = /"((?:[^"]|""){0,1000})"[^\S\n]*/y

/** The quoted word of the place that begins here, and where it ends; null where a quote is only a sign of the word. */
function quotedAt(text: string, from: number, ends: string): { word: string; to: number } | null {
  blank.lastIndex = from
  blank.exec(text)
  quote.lastIndex = blank.lastIndex
  const found = quote.exec(text)
  if (!found) return null
  const to = quote.lastIndex
  return to === text.length || ends.includes(text[to] ?? '') ? { word: (found[1] ?? '').replaceAll('""', '"'), to } : null
}

export interface KeywordPlace {
  word: string
  from: number
  to: number
}

/** Every place of a line of keywords between two separators: what stands there and from where to where, empty ones too. */
export function keywordPlaces(text: string, ends = separators): KeywordPlace[] {
  const places: KeywordPlace[] = []
  for (let from = 0; from <= text.length;) {
    const quoted = quotedAt(text, from, ends)
    let to = quoted?.to ?? from
    if (!quoted) while (to < text.length && !ends.includes(text[to] ?? '')) to++
    places.push({ word: (quoted?.word ?? text.slice(from, to)).replace(/\s+/g, ' ').trim(), from, to })
    from = to + 1
  }
  return places
}

/** The keywords of a line that somebody wrote, each once. */
export const readKeywords = (text: string, ends = separators): string[] => [
  ...new Set(keywordPlaces(text, ends).flatMap(({ word }) => word || [])),
]
