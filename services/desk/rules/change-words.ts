import type { Box } from '../../rights/rules/box.ts'
import { boxInWords } from '../../rights/rules/reason-words.ts'

const most = 6

/** What is lost, a line a part; each says media, places and days, never whose contract. */
export function lossInWords(boxes: readonly Box[], zone: string): string[] {
  const words = [...new Set(boxes.map((box) => boxInWords(box, zone)))]
  return words.length > most ? [...words.slice(0, most), `and ${words.length - most} more parts`] : words
}
