// Five colours by k-means in OKLab, where distance is what the eye sees; seeded by the data, so equal pictures have equal palettes.
const linear = (byte) => {
  const c = byte / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

function oklab(red, green, blue) {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const distance = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2
const hex = (rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** The first centre is the mean; each next one the point farthest from those chosen. */
function seeds(points, count) {
  const mean = [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point.lab[axis], 0) / points.length)
  const centres = [mean]
  while (centres.length < count) {
    let [farthest, most] = [points[0], -1]
    for (const point of points) {
      const nearest = Math.min(...centres.map((centre) => distance(point.lab, centre)))
      if (nearest > most) [farthest, most] = [point, nearest]
    }
    if (most < 1e-4) break
    centres.push(farthest.lab)
  }
  return centres
}

/** Palette of RGBA pixels, most of the picture first. Transparent pixels do not count; an empty picture is white. */
export function paletteOf(rgba, count = 5) {
  const points = []
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    if (rgba[at + 3] < 128) continue
    const rgb = [rgba[at], rgba[at + 1], rgba[at + 2]]
    points.push({ rgb, lab: oklab(...rgb) })
  }
  if (points.length === 0) return ['#ffffff']
  let centres = seeds(points, count)
  let groups = []
  for (let round = 0; round < 8; round++) {
    groups = centres.map(() => ({ size: 0, lab: [0, 0, 0], rgb: [0, 0, 0] }))
    for (const { rgb, lab } of points) {
      let [best, least] = [0, Infinity]
      for (let i = 0; i < centres.length; i++) {
        const d = distance(lab, centres[i])
        if (d < least) [best, least] = [i, d]
      }
      const group = groups[best]
      group.size++
      for (let axis = 0; axis < 3; axis++) {
        group.lab[axis] += lab[axis]
        group.rgb[axis] += rgb[axis]
      }
    }
    groups = groups.filter((group) => group.size > 0)
    centres = groups.map((group) => group.lab.map((sum) => sum / group.size))
  }
  const ordered = groups.sort((a, b) => b.size - a.size)
  return [...new Set(ordered.map((group) => hex(group.rgb.map((sum) => sum / group.size))))]
}
