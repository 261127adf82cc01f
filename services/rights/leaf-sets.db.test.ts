import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { LeafSet } from './rules/leaf-set.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

/** Sets as they are in contracts and licences: some ranges, sometimes without an end, sometimes all or nothing. */
const range = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 })).map(([from, length]): [number, number] => [from, from + length])
const set = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(LeafSet.all, LeafSet.none) },
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.array(range, { maxLength: 5 }), fc.option(fc.nat(70), { freq: 3 }))
      .map(([ranges, open]) => LeafSet.ofRanges([...ranges, ...(open === null ? [] : [[open, Infinity] as const])])),
  },
)
const pairs = fc.sample(fc.tuple(set, set), 3_000)

interface Answered {
  a: string
  b: string
  united: string
  shared: string
  less: string
  covers: boolean
  overlaps: boolean
  same: boolean
  empty: boolean
  open: boolean
  has: boolean
}

test('the sets of the engine and the multiranges of the database are the same thing', async () => {
  const rows = await t.db.$queryRaw<Answered[]>`
    SELECT a::text, b::text, (a + b)::text AS united, (a * b)::text AS shared, (a - b)::text AS less, a @> b AS covers, a && b AS overlaps, a = b AS same,
      isempty(a) AS empty, upper_inf(a) AS open, a @> 7 AS has
    FROM unnest(${pairs.map(([a]) => a.toPostgres())}::text[], ${pairs.map(([, b]) => b.toPostgres())}::text[]) WITH ORDINALITY AS given(x, y, n),
      LATERAL (SELECT x::int4multirange AS a, y::int4multirange AS b) sets
    ORDER BY n`
  expect(rows).toHaveLength(pairs.length)
  rows.forEach((row, i) => {
    const [a, b] = pairs[i] as [LeafSet, LeafSet]
    const ours: Answered = {
      a: a.toPostgres(),
      b: b.toPostgres(),
      united: a.union(b).toPostgres(),
      shared: a.intersection(b).toPostgres(),
      less: a.difference(b).toPostgres(),
      covers: a.covers(b),
      overlaps: a.overlaps(b),
      same: a.equals(b),
      empty: a.isEmpty,
      open: a.isOpen,
      has: a.has(7),
    }
    expect(ours).toEqual(row)
    expect(LeafSet.fromPostgres(row.united).equals(a.union(b))).toBe(true)
  })
})

test('what the database writes otherwise is read the same', async () => {
  const [row] = await t.db.$queryRaw<{ unbounded: string; touching: string }[]>`
    SELECT '{(,5)}'::int4multirange::text AS unbounded, '{[1,3),[3,5),[9,9)}'::int4multirange::text AS touching`
  expect(LeafSet.fromPostgres(row?.unbounded ?? '').toPostgres()).toBe('{[0,5)}')
  expect(LeafSet.fromPostgres(row?.touching ?? '').toPostgres()).toBe('{[1,5)}')
})
