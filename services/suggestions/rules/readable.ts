import type { ReadLine, ReadText } from './read-text.ts'

/** Readers find letters in leaves and clouds: a word counts when the reader is sure and it is long enough to be one. */
const sure = 0.75
const beside = 0.6
const letters = (text: string): number => [...text].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length
const isWord = ({ text, confidence }: ReadLine[number]): boolean =>
  confidence >= sure && letters(text) >= 3 && letters(text) * 2 > [...text].length && /\p{L}{2}|\p{N}{3}/u.test(text)
const standsBeside = ({ text, confidence }: ReadLine[number]): boolean => confidence >= beside && letters(text) >= 1

const mostLines = 120
const longestText = 20_000

/** What of the reader's findings is text: lines with a sure word in them, with what stands beside it. Nothing is put right. */
export function readable(lines: readonly ReadLine[]): ReadText {
  const kept = lines
    .filter((line) => line.some(isWord))
    .slice(0, mostLines)
    .map((line) => line.filter((word) => isWord(word) || standsBeside(word)))
  const text = kept.map((line) => line.map((word) => word.text).join(' ')).join('\n')
  return text.length > longestText ? { lines: kept.slice(0, 20), text: text.slice(0, longestText) } : { lines: kept, text }
}

/** Whether it is worth reading: a picture, a page or a poster with room for letters. */
export function worthReading({ preview, rendition }: { preview: string; rendition: { width: number; height: number } | null }): boolean {
  if (!['PICTURE', 'PAGES', 'FILM'].includes(preview) || !rendition) return false
  return Math.min(rendition.width, rendition.height) >= 120 && Math.max(rendition.width, rendition.height) >= 300
}
