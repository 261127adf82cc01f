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
  /** Degrees by which the turn misses a quarter turn: copies are turned by quarters, or set straight by little; chance turns by anything. */
  askew: number
  /** How much larger things are in the other picture, measured by each picture's longest edge. */
  scale: number
  /** Pairs of marks that look alike by themselves. Drawings have hundreds, and among them more that agree by chance. */
  pairs: number
}

const none: Agreement = { places: 0, mirrored: false, turns: 0, askew: 0, scale: 1, pairs: 0 }
/** Bits of thirty in which two codes of one place may differ. */
const tolerance = 6
/** Of the longest edge: how far a place may lie off the guess of one mark, off the first fit, and off the last. */
const [offGuess, offFit, offBy] = [0.05, 0.03, 0.015]
const turnedBy = 0.35

type Pair = readonly [Mark, Mark]
/** A turn with its size and shift: x' = x·cos - y·sin + dx, and so on; `cos` and `sin` hold the size as well. */
interface Way {
  cos: number
  sin: number
  dx: number
  dy: number
}

/**
 * How many places of two pictures agree on one turn, size and shift of the whole. Two marks of one place are enough for a
 * guess, which the others then support or not. The guess is as rough as one mark's direction and size; fitted to its
 * supporters (least squares), copies keep theirs within a hundredth, and what agreed by chance falls apart.
 */
export function agreementOf(mine: readonly Mark[], other: readonly Mark[]): Agreement {
  let best = none
  for (const mirrored of [false, true]) {
    const seen = mirrored ? mine.map(inMirror) : mine
    const pairs: Pair[] = []
    for (const a of seen)
      for (const b of other)
        if (a.light === b.light && Math.abs(a.size - b.size) < 5 && ones(a.code ^ b.code) <= tolerance) pairs.push([a, b])
    // Patterns repeat: of thousands of pairs some hundreds say enough.
    for (const [a, b] of pairs.slice(0, 400)) {
      const way = guessOf(a, b)
      const supporters = within(pairs, way, offGuess)
      if (placesOf(supporters) <= best.places) continue
      const fitted = fit(pairs, way, supporters)
      const places = placesOf(within(pairs, fitted, offBy))
      if (places > best.places) best = { places, mirrored, ...turnOf(fitted), pairs: pairs.length }
    }
  }
  return best
}

const inMirror = (mark: Mark): Mark => ({ ...mark, x: -mark.x, angle: Math.PI - mark.angle, code: mark.code ^ mirrorMask })

const between = (a: number, b: number): number => {
  const turn = (((a - b) % full) + full) % full
  return turn > Math.PI ? full - turn : turn
}

function guessOf(a: Mark, b: Mark): Way {
  const scale = step ** (b.size - a.size)
  const [cos, sin] = [Math.cos(b.angle - a.angle) * scale, Math.sin(b.angle - a.angle) * scale]
  return { cos, sin, dx: b.x - (a.x * cos - a.y * sin), dy: b.y - (a.x * sin + a.y * cos) }
}

/** The pairs that a way brings together, in place, size and direction. */
function within(pairs: readonly Pair[], { cos, sin, dx, dy }: Way, off: number): Pair[] {
  const grown = Math.log(Math.hypot(cos, sin)) / Math.log(step)
  const turn = Math.atan2(sin, cos)
  return pairs.filter(([p, q]) => {
    if (Math.abs(q.size - p.size - grown) > 1 || between(q.angle - p.angle, turn) > turnedBy) return false
    const [x, y] = [p.x * cos - p.y * sin + dx - q.x, p.x * sin + p.y * cos + dy - q.y]
    return x * x + y * y <= off * off
  })
}

/** The way on which its supporters agree best, twice, the second time without those that were far off. */
function fit(pairs: readonly Pair[], guess: Way, supporters: readonly Pair[]): Way {
  const first = leastSquares(supporters) ?? guess
  return leastSquares(within(pairs, first, offFit)) ?? first
}

/** The similarity that brings pairs together with the least sum of squares; null where they lie in one spot and tell no turn. */
function leastSquares(pairs: readonly Pair[]): Way | null {
  const mean = (of: (pair: Pair) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  const [px, py, qx, qy] = [mean(([p]) => p.x), mean(([p]) => p.y), mean(([, q]) => q.x), mean(([, q]) => q.y)]
  let [along, across, spread] = [0, 0, 0]
  for (const [p, q] of pairs) {
    const [x, y, u, v] = [p.x - px, p.y - py, q.x - qx, q.y - qy]
    along += x * u + y * v
    across += x * v - y * u
    spread += x * x + y * y
  }
  if (pairs.length < 2 || spread < 1e-4) return null
  const [cos, sin] = [along / spread, across / spread]
  return { cos, sin, dx: qx - (px * cos - py * sin), dy: qy - (px * sin + py * cos) }
}

function turnOf({ cos, sin }: Way): Pick<Agreement, 'turns' | 'askew' | 'scale'> {
  const quarters = (Math.atan2(sin, cos) / full) * 4
  const turns = Math.round(quarters)
  return { turns: (turns + 4) % 4, askew: Math.abs(quarters - turns) * 90, scale: Math.hypot(cos, sin) }
}

const placesOf = (pairs: readonly Pair[]): number =>
  Math.min(new Set(pairs.map(([p]) => placeOf(p))).size, new Set(pairs.map(([, q]) => placeOf(q))).size)

/** Marks of several sizes at one place count once. */
const placeOf = ({ x, y }: Mark): number => Math.round(Math.abs(x) * 60) * 100 + Math.round(y * 60)
