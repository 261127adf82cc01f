import { LeafSet, unionOf } from '../leaf-set.ts'

interface Words {
  name: string
  /** The code of the root, which stands for `[0,)`. */
  all: string
  leaves: readonly (readonly [no: number, code: string, parent: string])[]
  branches: readonly (readonly [code: string, parent: string])[]
  /** Named sets that are no part of the tree; members are leaves, branches or earlier groups. */
  groups: Readonly<Record<string, readonly string[]>>
  /**
   * Everything but one code, open to leaves that come later. Those that will belong to the code take their numbers from
   * the span that is kept for them, and so are left out of all that was agreed before.
   */
  exceptions?: Readonly<Record<string, { but: string; kept: readonly [from: number, to: number] }>>
}

/** So many lists of codes are remembered with the sets that they stand for. */
const mostResolved = 2_000

export type Vocabulary = ReturnType<typeof vocabulary>

/**
 * A tree of codes over numbered leaves, with groups beside it. Fails to build, and names the culprit, when a number or code
 * is used twice, a parent is unknown, a branch has no leaves, or branches hang in a circle.
 */
export function vocabulary({ name, all, leaves, branches, groups, exceptions = {} }: Words) {
  const fault = (what: string) => new Error(`${name}: ${what}`)
  const codes = new Set([all])
  for (const code of [
    ...branches.map(([branch]) => branch),
    ...leaves.map(([, leaf]) => leaf),
    ...Object.keys(groups),
    ...Object.keys(exceptions),
  ]) {
    if (codes.has(code)) throw fault(`the code ${code} is used twice`)
    codes.add(code)
  }
  const children = new Map<string, string[]>([all, ...branches.map(([code]) => code)].map((code) => [code, []]))
  for (const [code, parent] of [...branches, ...leaves.map(([, leaf, parent]) => [leaf, parent] as const)]) {
    const siblings = children.get(parent)
    if (!siblings) throw fault(`${code} hangs under ${parent}, which is no branch`)
    siblings.push(code)
  }
  const sets = new Map<string, LeafSet>()
  const numbers = new Set<number>()
  for (const [no, code] of leaves) {
    if (!Number.isInteger(no) || no < 1) throw fault(`${no} is no number of a leaf`)
    if (numbers.has(no)) throw fault(`the number ${no} is used twice`)
    numbers.add(no)
    sets.set(code, LeafSet.of(no))
  }
  const gather = (code: string, above: readonly string[]): LeafSet => {
    if (above.includes(code)) throw fault(`${[...above, code].join(' > ')} is a circle`)
    const set = sets.get(code) ?? unionOf((children.get(code) ?? []).map((child) => gather(child, [...above, code])))
    if (set.isEmpty) throw fault(`${code} has no leaves`)
    sets.set(code, set)
    return set
  }
  for (const [code] of branches) gather(code, [])

  const childrenOf = (code: string): readonly string[] => children.get(code) ?? []
  const setOf = (code: string): LeafSet | undefined => (code === all ? LeafSet.all : sets.get(code))
  const resolved = new Map<string, LeafSet>()
  const resolve = (codes: readonly string[]): LeafSet => {
    const key = codes.join(' ')
    const known = resolved.get(key)
    if (known) return known
    const found = codes.map((code) => {
      const set = setOf(code)
      if (!set) throw fault(`there is no ${code}`)
      return set
    })
    const union = found.length === 1 ? (found[0] as LeafSet) : unionOf(found)
    // Thousands of uses name the same few lists of codes.
    if (resolved.size > mostResolved) resolved.clear()
    resolved.set(key, union)
    return union
  }
  for (const [code, members] of Object.entries(groups)) sets.set(code, resolve(members))
  for (const [code, { but, kept }] of Object.entries(exceptions)) {
    const [part, span] = [resolve([but]), LeafSet.ofRanges([kept])]
    const stray = leaves.find(([no]) => span.has(no) && !part.has(no))
    if (stray) throw fault(`the number of ${stray[1]} is kept for ${but}`)
    sets.set(code, LeafSet.all.difference(part.union(span)))
  }
  const numbered = unionOf([...numbers].map((no) => LeafSet.of(no)))

  const alongTree = (code: string, set: LeafSet): string[] => {
    const own = sets.get(code) as LeafSet
    if (set.covers(own)) return [code]
    return set.overlaps(own) ? childrenOf(code).flatMap((child) => alongTree(child, set)) : []
  }
  const codesWithin = (set: LeafSet): string[] => {
    const known = set.intersection(numbered)
    const group = Object.keys(groups).find((code) => sets.get(code)?.equals(known))
    return group ? [group] : childrenOf(all).flatMap((child) => alongTree(child, known))
  }

  return {
    name,
    all,
    leaves: leaves.map(([no, code, parent]) => ({ no, code, parent })),
    branches: branches.map(([code, parent]) => ({ code, parent })),
    groups: Object.keys(groups),
    exceptions: Object.keys(exceptions),
    /** What a code stands for; undefined for a code that we do not know. */
    setOf,
    /** The union of known codes; an unknown one is a fault, schemas refuse it before. */
    resolve,
    childrenOf,
    /**
     * The fewest codes of the tree (or the one group) that say a set. Leaves that we have no code for yet are not named:
     * "all but billboards" becomes the list of everything else there is today, which is never more than was meant. Only
     * "all" and "all but …" stay open.
     */
    codesOf(set: LeafSet): string[] {
      if (set.equals(LeafSet.all)) return [all]
      const open = Object.keys(exceptions).find((code) => set.covers(sets.get(code) as LeafSet))
      if (open) return [open, ...codesWithin(set.difference(sets.get(open) as LeafSet))]
      return codesWithin(set)
    },
  }
}
