import type { Agreement } from './marks.ts'

/** What was done to one picture to make the other. */
export const ways = ['same-bytes', 'cropped', 'mirrored', 'turned', 'recoloured'] as const
export type Way = (typeof ways)[number]

/** How sure the house is that two pictures are one: `sure` keeps exclusive rights together until a person decides. */
export type Nearness = 'exact' | 'sure' | 'likely'

export interface Compared {
  sameBytes: boolean
  agreement: Agreement
  /** Bits of sixty-four by which the hashes differ, in the nearest of eight ways. */
  bits: number
  /** How different the looks are. */
  apart: number
  /** Marks of the one that has fewer: a plain sky has hardly any, and little to agree on. */
  marks: number
}

/**
 * Measured over 22 photographs and 120 drawings, ten to thirteen kinds of copies of them, and all strangers among them
 * (decision 087). Chance turns pictures by anything; a copy is upright, or set straight by a few degrees.
 */
export function nearnessOf({ sameBytes, agreement, bits, apart, marks }: Compared): Nearness | null {
  if (sameBytes) return 'exact'
  const { places, askew, pairs } = agreement
  if (askew > 5) return places >= 12 ? 'sure' : places >= 8 ? 'likely' : null
  const asked = enough(pairs)
  if (places >= Math.max(8, asked + 2)) return 'sure'
  if (places >= 4 && bits <= 8 && apart < 150) return 'sure'
  if (places >= asked) return 'likely'
  if (places >= 3 && bits <= 10 && apart < 200) return 'likely'
  // Drawings and skies: nothing to agree on but the whole.
  return marks < 20 && bits <= 4 && apart < 120 ? 'likely' : null
}

/** Where shapes repeat, many marks look alike by themselves, and more of them agree by chance. Photographs and their copies have ten to sixty. */
const enough = (pairs: number): number => (pairs < 30 ? 4 : pairs < 80 ? 5 : 6 + Math.floor(pairs / 150))

/** What was done, as far as it shows. `shapes`: width by height of both. */
export function waysOf({ sameBytes, agreement, bits, apart }: Compared, shapes: readonly [number, number]): Way[] {
  if (sameBytes) return ['same-bytes']
  const [mine, other] = shapes
  const upright = agreement.turns % 2 ? 1 / mine : mine
  const framed = Math.abs(Math.log(agreement.scale)) > 0.06 || Math.abs(Math.log(upright / other)) > 0.03
  const cropped = agreement.places > 0 && framed
  return [
    ...(cropped ? (['cropped'] as const) : []),
    ...(agreement.mirrored ? (['mirrored'] as const) : []),
    ...(agreement.turns > 0 ? (['turned'] as const) : []),
    ...(!cropped && !agreement.mirrored && agreement.turns === 0 && bits <= 12 && apart > 110 ? (['recoloured'] as const) : []),
  ]
}

/** One sentence on a likeness, for facts and pages: what was done, and what that is judged by. */
export function likenessWords({ ways: done, places, bits }: { ways: readonly string[]; places: number; bits: number }): string {
  if (done.includes('same-bytes')) return 'The same file, byte for byte'
  const what = done.length === 0 ? 'The same picture in another file' : `The same picture, ${done.join(', ')}`
  return `${what} (${places} places agree, ${bits} of 64 bits differ)`
}
