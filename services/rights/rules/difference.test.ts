import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRights, change, instant, mediaLeaves, when } from '#services/testing/small-world.ts'
import { availabilityKnown } from './availability.ts'
import { differenceOf, type DifferenceQuestion } from './difference.ts'
import { changed } from './impact.ts'
import { asKnown } from './known.ts'
import { LeafSet } from './leaf-set.ts'

const question: DifferenceQuestion = {
  media: mediaLeaves.map((leaf) => LeafSet.of(leaf)),
  territory: [LeafSet.of(1, 2), LeafSet.of(3), LeafSet.all],
  period: { from: instant(1), to: instant(4) },
  by: 'holder',
}
const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)

describe('differenceOf', () => {
  test('finds each row that came or went, once, and exactly the cells that answer differently', () =>
    fc.assert(
      fc.property(anyRights, change, when, (all, draw, { knownAt }) => {
        const a = asKnown(all, knownAt)
        const b = changed(a, draw(all))
        const difference = differenceOf(a, b, question)
        for (const kind of ['acquisitions', 'releases', 'restrictions', 'claims'] as const) {
          const { added, ended, changed } = difference.rows[kind]
          const replaced = changed.filter(({ before, after }) => before.id !== after.id)
          const [came, went] = [
            ids([...added, ...replaced.map(({ after }) => after)]),
            ids([...ended, ...replaced.map(({ before }) => before)]),
          ]
          expect([...came].sort()).toEqual(
            ids(b[kind])
              .filter((id) => !ids(a[kind]).includes(id))
              .sort(),
          )
          expect([...went].sort()).toEqual(
            ids(a[kind])
              .filter((id) => !ids(b[kind]).includes(id))
              .sort(),
          )
        }
        const [before, after] = [availabilityKnown(a, question, instant(1)), availabilityKnown(b, question, instant(1))]
        const cells = before.flatMap((row, i) => row.map((cell, j) => ({ row: i, column: j, before: cell, after: after[i]?.[j] })))
        expect(difference.cells).toEqual(cells.filter((cell) => cell.before !== cell.after))
      }),
      { numRuns: 300 },
    ))
})
