import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permits, pointsOf, taken } from '#services/testing/rights-oracle.ts'
import { anyRights, cases, mediaLeaves, patience, span, when } from '#services/testing/small-world.ts'
import { availability } from './availability.ts'
import type { Box } from './box.ts'
import { LeafSet } from './leaf-set.ts'

describe('the availability grid', { timeout: patience }, () => {
  const columns = [LeafSet.of(1), LeafSet.of(2, 3), LeafSet.all]
  const rows = [LeafSet.of(mediaLeaves[0] as number), LeafSet.of(...mediaLeaves.slice(1, 3)), LeafSet.of(mediaLeaves[3] as number)]
  test('equals asking point by point', () =>
    fc.assert(
      fc.property(anyRights, span, when, (all, period, when) => {
        const grid = availability(all, { media: rows, territory: columns, period, by: 'holder' }, when)
        const bare = { ...all, licences: [] }
        rows.forEach((media, i) =>
          columns.forEach((territory, j) => {
            const cell: Box = { media, territory, industry: LeafSet.all, period }
            const permitted = permits(bare, 'holder', when.knownAt)
            const at = (exclusive: boolean) => {
              const isTaken = taken(bare, exclusive, when.knownAt, true)
              return pointsOf(cell).map((point) => !permitted(point) || isTaken(point))
            }
            const truth = !at(true).includes(true)
              ? 'open'
              : !at(false).includes(true)
                ? 'non-exclusive'
                : at(false).includes(false)
                  ? 'partly'
                  : 'blocked'
            expect(grid[i]?.[j]).toBe(truth)
          }),
        )
      }),
      { numRuns: cases(200) },
    ))
})
