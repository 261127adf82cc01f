/**
 * A set of leaf numbers as sorted, disjoint, half-open ranges: `[0,)` is everything, leaves that come later included.
 * The same thing as an `int4multirange` in Postgres; a db test holds the two equal. Immutable.
 */
export class LeafSet {
  /** from, to, from, to …; the last `to` may be Infinity. */
  private constructor(private readonly bounds: readonly number[]) {}

  static readonly none = new LeafSet([])
  static readonly all = new LeafSet([0, Infinity])

  static of(...leaves: number[]): LeafSet {
    return LeafSet.ofRanges(leaves.map((leaf) => [leaf, leaf + 1]))
  }

  /** Ranges in any order, overlapping or touching ones are joined, empty ones dropped. */
  static ofRanges(ranges: readonly (readonly [from: number, to: number])[]): LeafSet {
    const sorted = ranges.filter(([from, to]) => from < to).sort(([a], [b]) => a - b)
    const bounds: number[] = []
    for (const [from, to] of sorted) {
      if (!Number.isInteger(from) || from < 0 || !(Number.isInteger(to) || to === Infinity))
        throw new Error(`[${from},${to}) is no range of leaves`)
      const last = bounds.length - 1
      if (last > 0 && from <= (bounds[last] as number)) bounds[last] = Math.max(bounds[last] as number, to)
      else bounds.push(from, to)
    }
    return new LeafSet(bounds)
  }

  get isEmpty(): boolean {
    return this.bounds.length === 0
  }

  /** Without an end: covers leaves that do not exist yet. */
  get isOpen(): boolean {
    return this.bounds.at(-1) === Infinity
  }

  get ranges(): [from: number, to: number][] {
    const ranges: [number, number][] = []
    for (let i = 0; i < this.bounds.length; i += 2) ranges.push([this.bounds[i] as number, this.bounds[i + 1] as number])
    return ranges
  }

  has(leaf: number): boolean {
    for (let i = 0; i < this.bounds.length; i += 2) {
      if (leaf < (this.bounds[i] as number)) return false
      if (leaf < (this.bounds[i + 1] as number)) return true
    }
    return false
  }

  equals(other: LeafSet): boolean {
    return this.bounds.length === other.bounds.length && this.bounds.every((bound, i) => bound === other.bounds[i])
  }

  overlaps(other: LeafSet): boolean {
    const a = this.bounds
    const b = other.bounds
    let i = 0
    let j = 0
    while (i < a.length && j < b.length) {
      if ((a[i + 1] as number) <= (b[j] as number)) i += 2
      else if ((b[j + 1] as number) <= (a[i] as number)) j += 2
      else return true
    }
    return false
  }

  /** Whether every leaf of `other` is in this set. */
  covers(other: LeafSet): boolean {
    const a = this.bounds
    const b = other.bounds
    let i = 0
    for (let j = 0; j < b.length; j += 2) {
      while (i < a.length && (a[i + 1] as number) < (b[j + 1] as number)) i += 2
      if (i >= a.length || (a[i] as number) > (b[j] as number)) return false
    }
    return true
  }

  union(other: LeafSet): LeafSet {
    if (other.isEmpty) return this
    if (this.isEmpty) return other
    return LeafSet.ofRanges([...this.ranges, ...other.ranges])
  }

  intersection(other: LeafSet): LeafSet {
    const a = this.bounds
    const b = other.bounds
    const bounds: number[] = []
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      const from = Math.max(a[i] as number, b[j] as number)
      const to = Math.min(a[i + 1] as number, b[j + 1] as number)
      if (from < to) bounds.push(from, to)
      if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2
      else j += 2
    }
    return new LeafSet(bounds)
  }

  difference(other: LeafSet): LeafSet {
    return other.isEmpty ? this : this.intersection(other.complement())
  }

  private complement(): LeafSet {
    const bounds: number[] = []
    let from = 0
    for (let i = 0; i < this.bounds.length; i += 2) {
      if (from < (this.bounds[i] as number)) bounds.push(from, this.bounds[i] as number)
      from = this.bounds[i + 1] as number
    }
    if (from !== Infinity) bounds.push(from, Infinity)
    return new LeafSet(bounds)
  }

  /** The literal of an `int4multirange`, in Postgres's own canonical form: `{[1,5),[7,)}`. */
  toPostgres(): string {
    return `{${this.ranges.map(([from, to]) => `[${from},${to === Infinity ? '' : to})`).join(',')}}`
  }

  /** Reads what Postgres writes. A range without a lower bound starts at the first leaf. */
  static fromPostgres(text: string): LeafSet {
    const known = parsed.get(text)
    if (known) return known
    if (!/^\{(?:[[(]\d*,\d*\)(?:,[[(]\d*,\d*\))*)?\}$/.test(text)) throw new Error(`${text} is no multirange of leaves`)
    const ranges = [...text.matchAll(/[[(](\d*),(\d*)\)/g)].map(([, from, to]): [number, number] => [
      Number(from),
      to === '' ? Infinity : Number(to),
    ])
    const set = LeafSet.ofRanges(ranges)
    // A house uses a few hundred distinct sets in a million rows: parsing each once halves the loading time of an asset.
    if (parsed.size > 2_000) parsed.clear()
    parsed.set(text, set)
    return set
  }
}

const parsed = new Map<string, LeafSet>()

export const unionOf = (sets: readonly LeafSet[]): LeafSet => LeafSet.ofRanges(sets.flatMap((set) => set.ranges))
