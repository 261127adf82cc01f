// The look of a picture as a vector: where which colours lie, which colours there are at all, which way its edges run and how
// rough it is. Each part is scaled so that a difference that is seen as large weighs about the same in all parts. A learned
// model may take this file's place: whatever reads a look knows nothing but numbers from -127 to 127.
const clamp = (value) => Math.max(-127, Math.min(127, Math.round(value)))
const cells = 4
const hues = 12

/** Lightness and two opponent colours, cheap and near enough to what the eye tells apart. */
function opponents(rgb, at) {
  const [r, g, b] = [rgb[at], rgb[at + 1], rgb[at + 2]]
  return [0.299 * r + 0.587 * g + 0.114 * b, r - g, (r + g) / 2 - b]
}

/** Mean colour of each cell of a four by four grid, its middle counted from the picture's own mean lightness. */
function layout({ rgb, width, height }) {
  const sums = new Float64Array(cells * cells * 3)
  const counts = new Float64Array(cells * cells)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width)
      const colour = opponents(rgb, (y * width + x) * 3)
      counts[cell]++
      for (let c = 0; c < 3; c++) sums[cell * 3 + c] += colour[c]
    }
  }
  return Array.from(sums, (sum, i) => {
    const mean = sum / Math.max(1, counts[Math.floor(i / 3)])
    return i % 3 === 0 ? (mean - 128) * 0.55 : mean * 0.5
  })
}

/** How much of each hue there is, how much grey of five lightnesses: crops change it little. */
function colours({ rgb, width, height }) {
  const sums = new Float64Array(hues + 5)
  for (let i = 0; i < width * height; i++) {
    const [light, a, b] = opponents(rgb, i * 3)
    const strength = Math.min(1, Math.hypot(a, b) / 60)
    const turn = (Math.atan2(b, a) / (2 * Math.PI) + 1) * hues
    const low = Math.floor(turn)
    sums[low % hues] += strength * (1 - (turn - low))
    sums[(low + 1) % hues] += strength * (turn - low)
    sums[hues + Math.min(4, Math.floor(light / 51.2))] += 1 - strength
  }
  // A root: a little red in a grey picture is seen, more of what there is much of is not.
  return Array.from(sums, (sum) => Math.sqrt(sum / (width * height)) * 110)
}

/** In each quarter and in all: how strong the edges of four directions are, and how rough it is. */
function texture({ grey, width, height }) {
  const sums = new Float64Array(5 * 5)
  const counts = new Float64Array(5)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const gx = grey[i + 1] - grey[i - 1]
      const gy = grey[i + width] - grey[i - width]
      const size = Math.hypot(gx, gy)
      const way = Math.floor(((Math.atan2(gy, gx) / Math.PI + 2) * 4 + 0.5) % 4)
      const rough = Math.abs(4 * grey[i] - grey[i - 1] - grey[i + 1] - grey[i - width] - grey[i + width])
      for (const part of [(y * 2 < height ? 0 : 2) + (x * 2 < width ? 0 : 1), 4]) {
        counts[part]++
        sums[part * 5 + way] += size
        sums[part * 5 + 4] += rough
      }
    }
  }
  return Array.from(sums, (sum, i) => {
    const mean = sum / Math.max(1, counts[Math.floor(i / 5)])
    return Math.sqrt(mean) * (i % 5 === 4 ? 12 : 20) * (i >= 20 ? 1.5 : 1) - 40
  })
}

/** The mean picture, over some hundred photographs: a look says how one differs from it, so that opposite looks have opposite numbers. */
// prettier-ignore
const mean = [-2, 5, 4, 1, 4, 6, 2, 3, 8, -2, 2, 7, -7, 5, 6, -3, 5, 8, -4, 5, 10, -5, 4, 10, -13, 4, 7, -9, 6, 9, -8, 5, 12, -9, 5, 11, -14, 3, 7, -13, 4, 9, -13, 5, 11, -14, 7, 11, 5, 21, 48, 26, 8, 5, 4, 6, 13, 7, 3, 3, 31, 34, 27, 20, 21, -2, -5, -1, -5, 5, -2, -4, 0, -7, 5, -2, -4, 3, -4, 8, -1, -2, 3, -5, 8, 20, 16, 23, 14, 31]

/** The look of a small picture: ninety numbers. */
export const lookOf = (small) => [...layout(small), ...colours(small), ...texture(small)].map((value, i) => clamp(1.6 * (value - mean[i])))
