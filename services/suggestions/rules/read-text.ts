/** Words of one line with their boxes, from 0 to 1 of width and height. */
export type ReadLine = readonly { text: string; confidence: number; x: number; y: number; width: number; height: number }[]
export interface ReadText {
  lines: ReadLine[]
  text: string
}
/** How sure the reader is of all of it. */
export function sureOf(lines: readonly ReadLine[]): number {
  const all = lines.flat()
  return all.length === 0 ? 0 : all.reduce((sum, { confidence }) => sum + confidence, 0) / all.length
}
