import type { Language } from '../../kernel/language.ts'
import type { Box } from '../../rights/rules/box.ts'
import { boxInWords } from '../../rights/rules/reason-words.ts'
import { sayRights } from '../../rights/rules/scope-words.ts'

const most = 6

/** What is lost, a line a part; each says media, places and days, never whose contract. */
export function lossInWords(boxes: readonly Box[], zone: string, language: Language = 'en'): string[] {
  const words = [...new Set(boxes.map((box) => boxInWords(box, zone, language)))]
  return words.length > most ? [...words.slice(0, most), sayRights(language)('parts.rest', { n: words.length - most })] : words
}
