import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  between,
  boundsOf,
  drawn,
  inCrop,
  moved,
  mostCorners,
  resized,
  simplified,
  surroundings,
  turned,
  type Box,
  type Point,
  type Region,
} from './regions.ts'

const unit = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000)
const point: fc.Arbitrary<Point> = fc.tuple(unit, unit)
const box = fc
  .tuple(point, point)
  .map(([a, b]) => between(a, b))
  .filter(({ width, height }) => width >= 0.01 && height >= 0.01)
const region: fc.Arbitrary<Region> = fc.oneof(
  fc.tuple(fc.constantFrom('rectangle' as const, 'ellipse' as const), box).map(([shape, where]) => ({ shape, ...where })),
  point.map(([x, y]) => ({ shape: 'point' as const, x, y })),
  fc.array(point, { minLength: 3, maxLength: 12 }).map((points) => ({ shape: 'polygon' as const, points })),
)
const grain = 0.00003
const isInside = (of: Region) => {
  const { x, y, width, height } = boundsOf(of)
  return x >= -grain && y >= -grain && x + width <= 1 + grain && y + height <= 1 + grain
}
const closeTo = (one: Box, other: Box, off = grain) => {
  for (const edge of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(one[edge] - other[edge])).toBeLessThanOrEqual(off)
}

/** The oracle: a picture of cells, of which the region's bounds cover some; it is turned cell by cell. */
const turnedCells = (cells: boolean[][]): boolean[][] => (cells[0] ?? []).map((_, x) => cells.map((row) => row[x] ?? false).reverse())
const cellsOf = ({ x, y, width, height }: Box, across: number, down: number): boolean[][] =>
  Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => {
      const [cx, cy] = [(column + 0.5) / across, (row + 0.5) / down]
      return cx > x && cx < x + width && cy > y && cy < y + height
    }),
  )

describe('a region', () => {
  test('turned with its picture covers the same cells as the turned picture', () => {
    // Edges between cells, so that rounding decides nothing.
    const aligned = fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
    )
    fc.assert(
      fc.property(aligned, fc.integer({ min: -5, max: 5 }), ([x, w, y, h], quarters) => {
        const [across, down] = [7, 5]
        const where = between([x / across, y / down], [Math.min(1, (x + w) / across), Math.min(1, (y + h) / down)])
        let cells = cellsOf(where, across, down)
        for (let i = 0; i < ((quarters % 4) + 4) % 4; i++) cells = turnedCells(cells)
        const after = boundsOf(turned({ shape: 'rectangle', ...where }, quarters))
        expect(cellsOf(after, cells[0]?.length ?? 0, cells.length)).toEqual(cells)
      }),
    )
  })

  test('turned all the way round, or there and back, is where it was', () => {
    fc.assert(
      fc.property(region, fc.integer({ min: -9, max: 9 }), (one, quarters) => {
        closeTo(boundsOf(turned(turned(one, quarters), -quarters)), boundsOf(one))
        closeTo(boundsOf([1, 1, 1, 1].reduce((now: Region, by) => turned(now, by), one)), boundsOf(one))
      }),
    )
  })

  test('seen in a part of the picture lies on the same pixels as in the whole', () => {
    fc.assert(
      fc.property(region, box, fc.integer({ min: 200, max: 8000 }), (one, crop, pixels) => {
        const part = inCrop(one, crop)
        const { x, y, width, height } = boundsOf(one)
        const apart = x > crop.x + crop.width || y > crop.y + crop.height || x + width < crop.x || y + height < crop.y
        expect(part === null).toBe(apart)
        if (!part) return
        // A pixel of the crop's own rendition, counted from the crop's corner, is that pixel of the whole.
        const across = crop.width * pixels
        expect(crop.x * pixels + boundsOf(part).x * across).toBeCloseTo(x * pixels, -1)
        expect(boundsOf(part).width * across).toBeCloseTo(width * pixels, -1)
      }),
    )
  })

  test('is drawn, moved and resized inside the picture only', () => {
    const anywhere = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(region, anywhere, anywhere, (one, dx, dy) => {
        const after = moved(one, dx, dy)
        expect(isInside(after)).toBe(true)
        expect(boundsOf(after).width).toBeCloseTo(boundsOf(one).width, 4)
        expect(isInside(resized(one, dx, dy))).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.tuple(anywhere, anywhere), fc.tuple(anywhere, anywhere), (from, to) => {
        expect(isInside(drawn('rectangle', from, to))).toBe(true)
      }),
    )
  })

  test('drawn from any corner to the opposite one is the same', () => {
    fc.assert(fc.property(point, point, (a, b) => void expect(between(a, b)).toEqual(between(b, a))))
    expect(drawn('ellipse', [0.5, 0.5], [0.503, 0.502])).toEqual({ shape: 'point', x: 0.5, y: 0.5 })
  })

  test('is shown with what is around it, within the picture', () => {
    fc.assert(
      fc.property(region, fc.double({ min: 0.3, max: 3, noNaN: true }), (one, ratio) => {
        const seen = surroundings(one, ratio)
        expect(isInside({ shape: 'rectangle', ...seen })).toBe(true)
        const { x, y, width, height } = boundsOf(one)
        expect(
          seen.x <= x + grain &&
            seen.y <= y + grain &&
            seen.x + seen.width >= x + width - grain &&
            seen.y + seen.height >= y + height - grain,
        ).toBe(true)
      }),
    )
  })
})

test('a line drawn by hand keeps its look with few corners', () => {
  const hand: Point[] = Array.from({ length: 1_000 }, (_, i) => [0.5 + 0.3 * Math.cos(i / 159), 0.5 + 0.3 * Math.sin(i / 159)])
  const few = simplified(hand)
  expect(few.length).toBeLessThanOrEqual(mostCorners)
  closeTo(boundsOf({ shape: 'polygon', points: few }), boundsOf({ shape: 'polygon', points: hand }), 0.01)
  const noise: Point[] = Array.from({ length: 900 }, (_, i) => [((i * 7919) % 1000) / 1000, ((i * 104_729) % 1000) / 1000])
  expect(simplified(noise).length).toBeLessThanOrEqual(mostCorners)
})
