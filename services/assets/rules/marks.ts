import { ones } from './prints.ts'

/** A place of a picture that is found again; see the media child's `marks.mjs`, which makes them. */
export interface Mark {
  /** Of the picture's longest edge. */
  x: number
  y: number
  /** In steps of a quarter. */
  size: number
  angle: number
  code: number
  light: boolean
  unsure: number[]
}

const step = 1.25
const full = 2 * Math.PI

/** Marks out of their packed form: twelve bytes each. What is no whole mark is left out. */
export function unpackMarks(bytes: Uint8Array): Mark[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.byteLength / 12) }, (_, i) => {
    const at = i * 12
    const word = view.getUint32(at + 4, true)
    const unsure = view.getUint32(at + 8, true)
    return {
      x: view.getUint8(at) / 255,
      y: view.getUint8(at + 1) / 255,
      size: (view.getUint8(at + 2) / 255) * 10 - 1,
      angle: (view.getUint8(at + 3) / 256) * full,
      code: word & 0x3fffffff,
      light: (word & 0x40000000) !== 0,
      unsure: [0, 1, 2, 3, 4, 5].map((k) => (unsure >>> (k * 5)) & 31),
    }
  })
}

/** The frequencies of a patch in the order in which they are written; those that run odd down the patch turn over in a mirror. */
const mirrorMask = ((): number => {
  const order: [number, number][] = []
  for (let sum = 2; sum <= 8; sum++) for (let u = 0; u <= sum; u++) if (u < 7 && sum - u < 7) order.push([u, sum - u])
  return order.slice(0, 30).reduce((mask, [, v], bit) => (v % 2 ? mask | (1 << bit) : mask), 0)
})()

/** A mark's keys in the index, each once. */
export const markKeys = (marks: readonly Mark[]): number[] => [...new Set(marks.map(({ code }) => code))]

/**
 * Keys under which a mark may lie in another copy: up to `flips` of its unsure bits turned, and all of it as a mirror shows
 * it.
 */
export function markProbes(marks: readonly Mark[], flips = 2): number[] {
  const keys = new Set<number>()
  for (const { code, unsure } of marks)
    for (let chosen = 0; chosen < 1 << unsure.length; chosen++) {
      if (ones(chosen) > flips) continue
      const probe = unsure.reduce((all, bit, k) => (chosen & (1 << k) ? all ^ (1 << bit) : all), code)
      keys.add(probe)
      keys.add(probe ^ mirrorMask)
    }
  return [...keys]
}

/** How one picture lies in another: places that agree, and the turn, size and mirror by which they do. */
export interface Agreement {
  places: number
  mirrored: boolean
  /** Quarter turns clockwise, 0 to 3. */
  turns: number
  /** How much larger things are in the other picture, measured by each picture's longest edge. */
  scale: number
}

const none: Agreement = { places: 0, mirrored: false, turns: 0, scale: 1 }
/** Bits of thirty in which two codes of one place may differ. */
const tolerance = 6
const offBy = 0.05
const turnedBy = 0.35

/**
 * How many places of two pictures agree on one turn, size and shift of the whole. Two marks of one place are enough for a
 * guess, which the others then support or not: chance gives some pairs, but never many that agree.
 */
export function agreementOf(mine: readonly Mark[], other: readonly Mark[]): Agreement {
  let best = none
  for (const mirrored of [false, true]) {
    const seen = mirrored ? mine.map(inMirror) : mine
    const pairs: [Mark, Mark][] = []
    for (const a of seen)
      for (const b of other)
        if (a.light === b.light && Math.abs(a.size - b.size) < 5 && ones(a.code ^ b.code) <= tolerance) pairs.push([a, b])
    // Patterns repeat: of thousands of pairs some hundreds say enough.
    for (const [a, b] of pairs.slice(0, 400)) {
      const support = supportOf(pairs, a, b)
      if (support.places > best.places) best = { ...support, mirrored }
    }
  }
  return best
}

const inMirror = (mark: Mark): Mark => ({ ...mark, x: -mark.x, angle: Math.PI - mark.angle, code: mark.code ^ mirrorMask })

const between = (a: number, b: number): number => {
  const turn = (((a - b) % full) + full) % full
  return turn > Math.PI ? full - turn : turn
}

function supportOf(pairs: readonly (readonly [Mark, Mark])[], a: Mark, b: Mark): Omit<Agreement, 'mirrored'> {
  const scale = step ** (b.size - a.size)
  const turn = b.angle - a.angle
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
  const [dx, dy] = [b.x - (a.x * cos - a.y * sin), b.y - (a.x * sin + a.y * cos)]
  const here = new Set<number>()
  const there = new Set<number>()
  for (const [p, q] of pairs) {
    if (Math.abs(q.size - p.size - (b.size - a.size)) > 1 || between(q.angle - p.angle, turn) > turnedBy) continue
    const [x, y] = [p.x * cos - p.y * sin + dx - q.x, p.x * sin + p.y * cos + dy - q.y]
    if (x * x + y * y > offBy * offBy) continue
    here.add(placeOf(p))
    there.add(placeOf(q))
  }
  return { places: Math.min(here.size, there.size), turns: (Math.round((turn / full) * 4) + 8) % 4, scale }
}

/** Marks of several sizes at one place count once. */
const placeOf = ({ x, y }: Mark): number => Math.round(Math.abs(x) * 60) * 100 + Math.round(y * 60)
