import type { LeafSet } from '../../rights/rules/leaf-set.ts'
import type { Vocabulary } from '../../rights/rules/vocabulary/vocabulary.ts'

/** What the leaves of one axis weigh, in basis points of the base price, and what a whole branch or group costs at most. */
export interface Weights {
  /** Any leaf that is not named. */
  other: number
  leaves: Readonly<Record<string, number>>
  /** Branches, groups and the root: never dearer than this, however many of its leaves are wanted. */
  whole: Readonly<Record<string, number>>
}

/**
 * The cheapest way to say a set in priced leaves, branches and groups. So a wider set never costs less, and a set bought
 * in pieces never costs less than bought whole. Groups are no tree: each choice of them is tried (a book prices few).
 */
export function weigh(words: Vocabulary, weights: Weights, wanted: LeafSet): number {
  const known = weighed.get(weights) ?? new WeakMap<LeafSet, number>()
  weighed.set(weights, known)
  const least = known.get(wanted) ?? leastFor(words, weights, wanted)
  known.set(wanted, least)
  return least
}

// The packs of a house are priced at every look at a picture, and the vocabulary gives one set for one list of codes.
const weighed = new WeakMap<Weights, WeakMap<LeafSet, number>>()

function leastFor(words: Vocabulary, weights: Weights, wanted: LeafSet): number {
  const groups = words.groups.filter((code) => weights.whole[code] !== undefined && words.setOf(code)?.overlaps(wanted))
  let least = Infinity
  for (let choice = 0; choice < 1 << groups.length; choice++) {
    let cost = 0
    let rest = wanted
    groups.forEach((code, i) => {
      if (!(choice & (1 << i))) return
      cost += weights.whole[code] as number
      rest = rest.difference(words.setOf(code) as LeafSet)
    })
    least = Math.min(least, cost + alongTree(words, weights, words.all, rest))
  }
  return least
}

// What a whole branch costs is asked for in every price: remembered by the weights, which are data and never change.
const remembered = new WeakMap<Weights, Map<string, number>>()

function alongTree(words: Vocabulary, weights: Weights, code: string, wanted: LeafSet): number {
  const own = words.setOf(code)
  if (!own?.overlaps(wanted)) return 0
  if (!wanted.covers(own)) return summed(words, weights, code, wanted)
  const known = remembered.get(weights) ?? new Map<string, number>()
  remembered.set(weights, known)
  const cost = known.get(code) ?? summed(words, weights, code, own)
  known.set(code, cost)
  return cost
}

function summed(words: Vocabulary, weights: Weights, code: string, wanted: LeafSet): number {
  const children = words.childrenOf(code)
  if (children.length === 0) return weights.leaves[code] ?? weights.other
  const apart = children.reduce((sum, child) => sum + alongTree(words, weights, child, wanted), 0)
  return Math.min(apart, weights.whole[code] ?? Infinity)
}

/** A rising curve over a quantity: points (quantity, basis points), straight lines between them, `open` where there is no limit. */
export interface Curve {
  points: readonly (readonly [at: number, bp: number])[]
  open: number
}

/** Rises with the quantity and flattens: twice the quantity never costs more than twice. `open` is the most there is to pay. */
export function along(curve: Curve, quantity: number | null | undefined): number {
  const { points, open } = curve
  if (quantity === null || quantity === undefined || points.length < 2) return open
  const next = points.findIndex(([at]) => quantity <= at)
  // Beyond the last point the last line goes on until it meets `open`.
  const i = next === -1 ? points.length - 1 : Math.max(1, next)
  const [x0, y0] = points[i - 1] as readonly [number, number]
  const [x1, y1] = points[i] as readonly [number, number]
  const bp = y0 + Math.floor(((y1 - y0) * (Math.max(quantity, x0) - x0)) / (x1 - x0))
  return Math.min(bp, open)
}
