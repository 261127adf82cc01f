import { plainWord } from './plain.ts'
import type { KnownTerm, SuggestedTerm, TaggerAsk } from './tagger.ts'

/** Names given by machines say nothing: img, dsc, p1010234, screenshots and copies. */
const noise = new Set(
  'img dsc dscf dscn pict pxl mvi gopr scan image images picture photo photos foto fotos bild bilder file final copy kopie edit version screenshot bildschirmfoto untitled unbenannt original export web print low high res the and for with from und mit von der die das ein eine'.split(
    ' ',
  ),
)
/** How sure a word is by where it was found: a folder holds many pictures, a sign in the picture is often of something else. */
const sureness = { FILE_NAME: 0.7, SEEN: 0.6, FOLDER: 0.45 } as const
const longestName = 4

/** The words of a text in their order: a machine's counters and names are none. `harbourDawn_02` has two. */
export function wordsIn(text: string): string[] {
  const parted = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{L})(\p{N})|(\p{N})(\p{L})/gu, '$1$3 $2$4')
  return plainWord(parted)
    .split(' ')
    .filter((word) => word.length >= 3 && !/^\d+$/.test(word) && !noise.has(word))
}

/** The same word in one and in many: only the plain endings of English and German. Short words are what they are. */
export function formsOf(name: string): string[] {
  if (name.length < 4) return [name]
  const less = ['es', 'en', 's', 'e', 'n'].flatMap((end) =>
    name.endsWith(end) && name.length - end.length >= 4 ? [name.slice(0, -end.length)] : [],
  )
  return [name, ...less, ...['s', 'es', 'e', 'n', 'en'].map((end) => name + end)]
}

/** Everything of up to four words in a row: what a name might be found by. */
export function rowsOf(words: readonly string[]): string[] {
  const rows = new Set<string>()
  for (let from = 0; from < words.length; from++)
    for (let length = 1; length <= longestName && from + length <= words.length; length++)
      rows.add(words.slice(from, from + length).join(' '))
  return [...rows]
}

/** Terms of the house whose names stand in what is written about a picture. A longer name is surer than one word; the exact form than another. */
export function wordMatches({ words, known }: Pick<TaggerAsk, 'words' | 'known'>): SuggestedTerm[] {
  const named = new Map<string, { term: string; exact: boolean }[]>()
  const put = (name: string, term: string, exact: boolean) => named.set(name, [...(named.get(name) ?? []), { term, exact }])
  for (const { term, names } of known as readonly KnownTerm[])
    for (const name of new Set(names.map((one) => wordsOfName(one)).filter((one) => one !== '')))
      for (const form of formsOf(name)) put(form, term, form === name)
  const best = new Map<string, SuggestedTerm>()
  for (const { from, text } of words)
    for (const row of rowsOf(wordsIn(text)))
      for (const { term, exact } of named.get(row) ?? []) {
        const confidence = Math.min(0.95, sureness[from] + (row.includes(' ') ? 0.15 : 0) - (exact ? 0 : 0.1))
        const before = best.get(plainWord(term))
        if (!before || before.confidence < confidence) best.set(plainWord(term), { term, confidence, from })
      }
  return [...best.values()]
}

const wordsOfName = (name: string): string => plainWord(name)
