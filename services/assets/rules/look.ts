/**
 * A look (numbers from -127 to 127, of whatever length its maker gives it) as 256 signs: on which side of 256 fixed planes it
 * lies. Looks that are near each other lie on the same side of most of them; the database compares the signs, and finds by
 * sixteen of them at a time.
 */
export const sketchBits = 256
const tables = 16
const bitsOfTable = sketchBits / tables

/** The planes of a length of look: random once, the same in every process. */
const planes = new Map<number, Int8Array>()
function planesOf(length: number): Int8Array {
  const known = planes.get(length)
  if (known) return known
  let seed = 0x2545f491
  const next = (): number => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return seed
  }
  const made = Int8Array.from({ length: length * sketchBits }, () => (next() & 0x8000 ? 1 : -1))
  planes.set(length, made)
  return made
}

function heightsOf(look: readonly number[] | Int8Array): Float64Array {
  const all = planesOf(look.length)
  return Float64Array.from({ length: sketchBits }, (_, plane) => {
    let sum = 0
    for (let i = 0; i < look.length; i++) sum += (look[i] as number) * (all[plane * look.length + i] as number)
    return sum
  })
}

/** The signs as Postgres writes bits. */
export const sketchOf = (look: readonly number[] | Int8Array): string =>
  Array.from(heightsOf(look), (height) => (height > 0 ? '1' : '0')).join('')

// Below the keys of hashes: see rules/prints.ts.
const keyOf = (table: number, value: number): number => -300_000 - (table * 2 ** bitsOfTable + value)
const valueOf = (bits: string): number => Number.parseInt(bits, 2)

/** A sketch's keys in the index, one a table. */
export const sketchKeys = (sketch: string): number[] =>
  Array.from({ length: tables }, (_, table) => keyOf(table, valueOf(sketch.slice(table * bitsOfTable, (table + 1) * bitsOfTable))))

/** Keys near a look: in each table its own, and those across the planes that it lies nearest to, two at most. */
export function lookProbes(look: readonly number[] | Int8Array, unsure = 4): number[] {
  const heights = heightsOf(look)
  return Array.from({ length: tables }, (_, table) => {
    const own = heights.slice(table * bitsOfTable, (table + 1) * bitsOfTable)
    const value = valueOf(Array.from(own, (height) => (height > 0 ? '1' : '0')).join(''))
    const near = Array.from(own.keys())
      .sort((a, b) => Math.abs(own[a] as number) - Math.abs(own[b] as number))
      .slice(0, unsure)
      .map((bit) => 1 << (bitsOfTable - 1 - bit))
    const pairs = near.flatMap((a, i) => near.slice(i + 1).map((b) => a | b))
    return [0, ...near, ...pairs].map((flip) => keyOf(table, value ^ flip))
  }).flat()
}

/** How different two looks are: 0 for the same, some hundreds for pictures that have nothing in common. */
export function lookDistance(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.sqrt(sum)
}
