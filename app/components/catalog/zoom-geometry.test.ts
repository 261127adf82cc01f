import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, fitted, held, mostOf, zoomed } from './zoom-geometry.ts'

const side = fc.integer({ min: 50, max: 4_000 })
const size = fc.record({ width: side, height: side })
const point = fc.record({ x: fc.integer({ min: -2_000, max: 2_000 }), y: fc.integer({ min: -2_000, max: 2_000 }) })

test('a picture fits, and is never shown with more pixels than it has', () => {
  fc.assert(
    fc.property(
      size,
      size,
      point,
      fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { maxLength: 8 }),
      (picture, frame, at, factors) => {
        const view = factors.reduce((now, factor) => zoomed(now, factor, at, picture, frame), fitted)
        const shown = fit(picture, frame)
        expect(shown.width * view.scale).toBeLessThanOrEqual(picture.width + 1e-6)
        expect(view.scale).toBeGreaterThanOrEqual(1)
        expect(held(view, picture, frame)).toEqual(view)
      },
    ),
  )
})
test('the point under the finger stays where it is', () => {
  const [picture, frame] = [
    { width: 2400, height: 1600 },
    { width: 600, height: 400 },
  ]
  const view = zoomed(fitted, 2, { x: 100, y: 50 }, picture, frame)
  expect(view).toEqual({ scale: 2, x: -100, y: -50 })
  expect(mostOf(picture, frame)).toBe(4)
  expect(mostOf({ width: 300, height: 200 }, frame)).toBe(1)
})
