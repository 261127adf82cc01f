import { describe, expect, test } from 'vitest'
import { cellsNear, farApart, labOf, nearestIn } from './colours.ts'

const lab = (hex: string) => labOf(hex) as NonNullable<ReturnType<typeof labOf>>

describe('any colour', () => {
  test('black and white are one apart, grey has no hue, and what is no colour has no place', () => {
    expect(farApart(lab('#000000'), lab('#ffffff'))).toBeCloseTo(1, 5)
    expect(lab('#808080')[1]).toBeCloseTo(0, 4)
    for (const hex of ['', 'red', '#12345', '#gggggg', "#'; --"]) expect([labOf(hex), cellsNear(hex)]).toEqual([null, []])
    expect(nearestIn([], lab('#808080'))).toBe(Infinity)
    expect(nearestIn(['nonsense', '#808080'], lab('#808080'))).toBe(0)
  })

  test('cells near a colour hold every colour that is near it, ring by ring, each cell once', () => {
    const cellOf = (hex: string) =>
      lab(hex)
        .map((value, axis) => Math.floor((value + (axis === 0 ? 0 : 0.4)) / 0.05))
        .join('.')
    let state = 5
    const byte = () => (state = (state * 48_271) % 2_147_483_647) % 256
    const hexOf = (...bytes: number[]) => `#${bytes.map((one) => Math.min(255, Math.max(0, one)).toString(16).padStart(2, '0')).join('')}`
    for (let i = 0; i < 2_000; i++) {
      const [r, g, b] = [byte(), byte(), byte()]
      const tint = hexOf(r, g, b)
      const rings = cellsNear(tint)
      const all = rings.flat()
      expect(new Set(all).size).toBe(all.length)
      expect(rings[0]).toContain(cellOf(tint))
      const near = hexOf(r + (byte() % 40) - 20, g + (byte() % 40) - 20, b + (byte() % 40) - 20)
      if (farApart(lab(near), lab(tint)) <= 0.08) expect(all).toContain(cellOf(near))
    }
  })
})
