type Lab = readonly [number, number, number]

const linear = (byte: number): number => {
  const share = byte / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** A colour's place in OKLab, in which distance is what people see. Null for what is no colour. The same as `colour_cell` in the database. */
export function labOf(hex: string): Lab | null {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16))) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** How far apart two colours are: 0.02 is just seen beside each other, 1 is black and white. */
export const farApart = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** How far the nearest colour of a palette is; infinite where there is none. */
export const nearestIn = (palette: readonly string[], tint: Lab): number =>
  Math.min(
    ...palette.map((hex) => {
      const lab = labOf(hex)
      return lab ? farApart(lab, tint) : Infinity
    }),
  )

/** The lattice of cells into which the index sorts colours. */
const width = 0.05
const shift = [0, 0.4, 0.4] as const
/** Further off it is another colour. */
const rings = [0, 0.02, 0.04, 0.06, 0.08]

/**
 * The cells that hold colours close to one, by how close a colour of the cell can be: its own cell, then ring after ring. Nothing
 * nearer than the last ring is left out, and what a cell holds beyond it is at most a cell's width further.
 */
export function cellsNear(hex: string): string[][] {
  const lab = labOf(hex)
  if (!lab) return []
  const home = lab.map((value, axis) => Math.floor((value + (shift[axis] as number)) / width)) as [number, number, number]
  const found = rings.map((): string[] => [])
  const reach = [-2, -1, 0, 1, 2]
  for (const dl of reach)
    for (const da of reach)
      for (const db of reach) {
        const cell = [home[0] + dl, home[1] + da, home[2] + db] as const
        const gap = Math.hypot(
          ...cell.map((at, axis) => {
            const low = at * width - (shift[axis] as number)
            const value = lab[axis] as number
            return value < low ? low - value : Math.max(0, value - low - width)
          }),
        )
        const ring = rings.findIndex((limit) => gap <= limit)
        if (ring >= 0) found[ring]?.push(cell.join('.'))
      }
  return found.filter((ring) => ring.length > 0)
}
