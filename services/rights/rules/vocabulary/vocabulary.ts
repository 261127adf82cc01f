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

export type Vocabulary = ReturnType<typeof vocabulary>

/** A tree of codes over numbered leaves, with groups beside it. Fails to build when a number or code is used twice or a branch hangs in a circle. */
export function vocabulary({ name, all, leaves, branches, groups, exceptions = {} }: Words) {
  const sets = new Map<string, LeafSet>()
  const children = new Map<string, string[]>([[all, []]])
  const numbers = new Set<number>()
  const once = (code: string) => {
    if (sets.has(code) || code === all) throw new Error(`${name}: the code ${code} is used twice`)
  }
  for (const [code] of branches) children.set(code, [])
  for (const [code, parent] of [...branches, ...leaves.map(([, code, parent]) => [code, parent] as const)]) {
    const siblings = children.get(parent)
    if (!siblings) throw new Error(`${name}: ${code} hangs under ${parent}, which is no branch`)
    siblings.push(code)
  }
  for (const [no, code] of leaves) {
    once(code)
    if (no < 1 || numbers.has(no)) throw new Error(`${name}: the number ${no} is used twice`)
    numbers.add(no)
    sets.set(code, LeafSet.of(no))
  }
  const gather = (code: string, above: readonly string[]): LeafSet => {
    const known = sets.get(code)
    if (known) return known
    if (above.includes(code)) throw new Error(`${name}: ${[...above, code].join(' > ')} is a circle`)
    const set = unionOf((children.get(code) ?? []).map((child) => gather(child, [...above, code])))
    sets.set(code, set)
    return set
  }
  for (const [code] of branches) {
    // A branch that a walk from above has already gathered is fine; a second row of the same code is not.
    if (branches.filter(([other]) => other === code).length > 1) throw new Error(`${name}: the code ${code} is used twice`)
    gather(code, [])
  }
  const childrenOf = (code: string): readonly string[] => children.get(code) ?? []
  const setOf = (code: string): LeafSet | undefined => (code === all ? LeafSet.all : sets.get(code))
  const resolve = (codes: readonly string[]): LeafSet =>
    unionOf(
      codes.map((code) => {
        const set = setOf(code)
        if (!set) throw new Error(`${name}: there is no ${code}`)
        return set
      }),
    )
  for (const [code, members] of Object.entries(groups)) {
    once(code)
    sets.set(code, resolve(members))
  }
  for (const [code, { but, kept }] of Object.entries(exceptions)) {
    once(code)
    sets.set(code, LeafSet.all.difference(resolve([but]).union(LeafSet.ofRanges([kept]))))
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
