import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LeafSet } from './leaf-set.ts'

const limit = 24
const leaves = Array.from({ length: limit + 6 }, (_, leaf) => leaf)
/** A set as its members below `limit`, and whether it has no end: what the brute force works on. */
const drawn = fc.record({ members: fc.uniqueArray(fc.nat(limit - 1)), open: fc.boolean() })
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

const built = ({ members, open }: Drawn) =>
  LeafSet.ofRanges([...members.map((leaf): [number, number] => [leaf, leaf + 1]), ...(open ? [[limit, Infinity] as const] : [])])
const truth = ({ members, open }: Drawn) => new Set(leaves.filter((leaf) => members.includes(leaf) || (open && leaf >= limit)))
const membersOf = (set: LeafSet) => new Set(leaves.filter((leaf) => set.has(leaf)))
const pairs = (check: (a: LeafSet, b: LeafSet, x: Set<number>, y: Set<number>) => void) =>
  fc.assert(
    fc.property(drawn, drawn, (a, b) => void check(built(a), built(b), truth(a), truth(b))),
    { numRuns: 2_000 },
  )

describe('a set of leaves against brute force', () => {
  test('union, intersection and difference hold exactly the right leaves', () =>
    pairs((a, b, x, y) => {
      expect(membersOf(a.union(b))).toEqual(new Set(leaves.filter((leaf) => x.has(leaf) || y.has(leaf))))
      expect(membersOf(a.intersection(b))).toEqual(new Set(leaves.filter((leaf) => x.has(leaf) && y.has(leaf))))
      expect(membersOf(a.difference(b))).toEqual(new Set(leaves.filter((leaf) => x.has(leaf) && !y.has(leaf))))
    }))

  test('covers, overlaps, equals and isEmpty say what the leaves say', () =>
    pairs((a, b, x, y) => {
      expect(a.covers(b)).toBe([...y].every((leaf) => x.has(leaf)))
      expect(a.overlaps(b)).toBe([...y].some((leaf) => x.has(leaf)))
      expect(a.equals(b)).toBe(x.size === y.size && [...x].every((leaf) => y.has(leaf)))
      expect(a.isEmpty).toBe(x.size === 0)
      expect(a.isOpen).toBe(x.has(limit + 5))
    }))

  test('what is written for Postgres is read back the same', () =>
    pairs((a) => expect(LeafSet.fromPostgres(a.toPostgres()).equals(a)).toBe(true)))
})

describe('a set of leaves', () => {
  test('joins ranges that touch, so that equal sets have one form', () => {
    expect(
      LeafSet.ofRanges([
        [3, 5],
        [1, 3],
        [9, 9],
      ]).toPostgres(),
    ).toBe('{[1,5)}')
    expect(LeafSet.all.toPostgres()).toBe('{[0,)}')
    expect(LeafSet.none.toPostgres()).toBe('{}')
  })

  test('all covers leaves that come later', () => expect(LeafSet.all.has(1_000_000)).toBe(true))

  test('refuses what is no set of leaves', () => {
    expect(() => LeafSet.ofRanges([[-1, 4]])).toThrow('no range')
    expect(() => LeafSet.of(1.5)).toThrow('no range')
    for (const text of ['', '{[1,2]}', '{[1,2)', 'empty', '{[a,b)}']) expect(() => LeafSet.fromPostgres(text)).toThrow('no multirange')
  })
})
