// Marks: places of a picture that are found again after it was cropped, turned, mirrored, re-encoded or written upon. Each is
// an extremum of a band of detail, described by the signs of the low frequencies of the patch around it, in its own direction.
const mostMarks = 48
const share = 5
const steps = 7
const step = 1.25
const reach = 11
const grid = 12
const bits = 30

/** Halfway between two pixels in each direction: no step of the pyramid is a whole number. */
function shrink({ data, width, height }, by) {
  const w = Math.max(1, Math.round(width / by))
  const h = Math.max(1, Math.round(height / by))
  const out = new Float32Array(w * h)
  for (let y = 0; y < h; y++) {
    const sy = Math.min(height - 1, Math.max(0, ((y + 0.5) * height) / h - 0.5))
    const y0 = Math.min(height - 2 < 0 ? 0 : height - 2, Math.floor(sy))
    const fy = sy - y0
    const below = Math.min(height - 1, y0 + 1) * width
    for (let x = 0; x < w; x++) {
      const sx = Math.min(width - 1, Math.max(0, ((x + 0.5) * width) / w - 0.5))
      const x0 = Math.min(width - 2 < 0 ? 0 : width - 2, Math.floor(sx))
      const fx = sx - x0
      const right = Math.min(width - 1, x0 + 1)
      const top = data[y0 * width + x0] * (1 - fx) + data[y0 * width + right] * fx
      out[y * w + x] = top * (1 - fy) + (data[below + x0] * (1 - fx) + data[below + right] * fx) * fy
    }
  }
  return { data: out, width: w, height: h }
}

/** Binomial blur of five, both ways; the border repeats. */
function blur({ data, width, height }) {
  const half = new Float32Array(data.length)
  const out = new Float32Array(data.length)
  const taps = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]
  const [a, b, c] = taps
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      const l1 = x > 0 ? x - 1 : 0
      const l2 = x > 1 ? x - 2 : 0
      const r1 = x < width - 1 ? x + 1 : width - 1
      const r2 = x < width - 2 ? x + 2 : width - 1
      half[row + x] = a * (data[row + l2] + data[row + r2]) + b * (data[row + l1] + data[row + r1]) + c * data[row + x]
    }
  }
  for (let y = 0; y < height; y++) {
    const u1 = (y > 0 ? y - 1 : 0) * width
    const u2 = (y > 1 ? y - 2 : 0) * width
    const d1 = (y < height - 1 ? y + 1 : height - 1) * width
    const d2 = (y < height - 2 ? y + 2 : height - 1) * width
    const row = y * width
    for (let x = 0; x < width; x++) out[row + x] = a * (half[u2 + x] + half[d2 + x]) + b * (half[u1 + x] + half[d1 + x]) + c * half[row + x]
  }
  return { data: out, width, height }
}

/** Extremes of the band between two blurs, strong enough and no mere edges. */
function extremes({ data: band, width, height }) {
  const found = []
  for (let y = 4; y < height - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const i = y * width + x
      const v = band[i]
      if (Math.abs(v) < 0.8) continue
      const sign = v > 0 ? 1 : -1
      let most = true
      for (let dy = -width; dy <= width && most; dy += width)
        for (let dx = -1; dx <= 1; dx++)
          if ((dy || dx) && sign * band[i + dy + dx] >= sign * v) {
            most = false
            break
          }
      if (!most) continue
      const xx = band[i - 1] + band[i + 1] - 2 * v
      const yy = band[i - width] + band[i + width] - 2 * v
      const xy = (band[i + width + 1] - band[i + width - 1] - band[i - width + 1] + band[i - width - 1]) / 4
      const det = xx * yy - xy * xy
      if (det <= 0 || (xx + yy) ** 2 > 9 * det) continue
      const gx = (band[i + 1] - band[i - 1]) / 2
      const gy = (band[i + width] - band[i - width]) / 2
      found.push({ x: x - clip((gx * yy - gy * xy) / det), y: y - clip((gy * xx - gx * xy) / det), strength: Math.abs(v), sign })
    }
  }
  return found
}
/** The band between two blurs: where light or dark of this size lies. */
function bandOf(fine, coarse) {
  const data = new Float32Array(fine.data.length)
  for (let i = 0; i < data.length; i++) data[i] = fine.data[i] - coarse.data[i]
  return { ...fine, data }
}

/** The strongest of the same sign around a place of another level. */
function near({ data, width, height }, x, y, sign) {
  const cx = Math.min(width - 2, Math.max(1, Math.round(x)))
  const cy = Math.min(height - 2, Math.max(1, Math.round(y)))
  let most = 0
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) most = Math.max(most, sign * data[(cy + dy) * width + cx + dx])
  return most
}

const clip = (value) => Math.max(-0.5, Math.min(0.5, value))

/** The directions in which most of the light around a place changes: one, or two that are nearly as strong. */
function directions({ data, width, height }, px, py) {
  const sums = new Float32Array(36)
  const cx = Math.round(px)
  const cy = Math.round(py)
  for (let y = Math.max(1, cy - 8); y <= Math.min(height - 2, cy + 8); y++) {
    for (let x = Math.max(1, cx - 8); x <= Math.min(width - 2, cx + 8); x++) {
      const far = (x - px) ** 2 + (y - py) ** 2
      if (far > 68) continue
      const gx = data[y * width + x + 1] - data[y * width + x - 1]
      const gy = data[(y + 1) * width + x] - data[(y - 1) * width + x]
      const turn = (Math.atan2(gy, gx) / (2 * Math.PI) + 1) * 36
      const low = Math.floor(turn)
      const weight = Math.hypot(gx, gy) * Math.exp(-far / 32)
      sums[low % 36] += weight * (1 - (turn - low))
      sums[(low + 1) % 36] += weight * (turn - low)
    }
  }
  let smooth = sums
  for (let round = 0; round < 3; round++) smooth = smooth.map((value, i) => (smooth[(i + 35) % 36] + value * 2 + smooth[(i + 1) % 36]) / 4)
  const top = Math.max(...smooth)
  if (!(top > 0)) return []
  const peaks = []
  for (let i = 0; i < 36; i++) {
    const [left, at, right] = [smooth[(i + 35) % 36], smooth[i], smooth[(i + 1) % 36]]
    if (at < 0.85 * top || at < left || at <= right) continue
    const lean = (0.5 * (left - right)) / (left - 2 * at + right || 1)
    peaks.push({ at, angle: ((i + lean) / 36) * 2 * Math.PI })
  }
  return peaks.sort((a, b) => b.at - a.at).slice(0, 2)
}

const waves = Array.from({ length: 7 }, (_, u) =>
  Float32Array.from({ length: grid }, (_, i) => Math.cos(((2 * i + 1) * u * Math.PI) / (2 * grid))),
)
/** Which frequencies speak, the steadiest first. Those that the direction itself decides say nothing and are left out. */
const order = []
for (let sum = 2; sum <= 8; sum++) for (let u = 0; u <= sum; u++) if (u < 7 && sum - u < 7) order.push([u, sum - u])
order.length = bits

/** A patch's signs, as a number of thirty bits, and the six bits that are least sure. */
function describe({ data, width, height }, px, py, angle, wide) {
  const cos = (Math.cos(angle) * wide * 2) / grid
  const sin = (Math.sin(angle) * wide * 2) / grid
  const patch = new Float32Array(grid * grid)
  for (let j = 0; j < grid; j++) {
    for (let i = 0; i < grid; i++) {
      const u = i - (grid - 1) / 2
      const v = j - (grid - 1) / 2
      const x = Math.min(width - 1.001, Math.max(0, px + u * cos - v * sin))
      const y = Math.min(height - 1.001, Math.max(0, py + u * sin + v * cos))
      const x0 = Math.floor(x)
      const y0 = Math.floor(y)
      const at = y0 * width + x0
      const top = data[at] + (data[at + 1] - data[at]) * (x - x0)
      const low = data[at + width] + (data[at + width + 1] - data[at + width]) * (x - x0)
      patch[j * grid + i] = top + (low - top) * (y - y0)
    }
  }
  const values = new Float32Array(bits)
  const rows = new Float32Array(7 * grid)
  for (let u = 0; u < 7; u++)
    for (let j = 0; j < grid; j++) {
      let sum = 0
      for (let i = 0; i < grid; i++) sum += patch[j * grid + i] * waves[u][i]
      rows[u * grid + j] = sum
    }
  let code = 0
  for (let b = 0; b < bits; b++) {
    const [u, v] = order[b]
    let sum = 0
    for (let j = 0; j < grid; j++) sum += rows[u * grid + j] * waves[v][j]
    values[b] = sum
    if (sum > 0) code |= 1 << b
  }
  const unsure = Array.from({ length: bits }, (_, b) => b).sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]))
  return { code, unsure: unsure.slice(0, 6) }
}

/** Bits whose sign a mirror turns. */
export const mirrored = order.reduce((mask, [, v], b) => (v % 2 ? mask | (1 << b) : mask), 0)

/** The marks of a grey picture, the strongest first: place (0..1 of the longest edge), size, direction, code. */
export function marksOf(grey) {
  const edge = Math.max(grey.width, grey.height)
  const levels = []
  for (let k = 0; k < steps; k++) {
    const level = k === 0 ? grey : shrink(grey, step ** k)
    if (Math.min(level.width, level.height) < 2 * reach) break
    const fine = blur(level)
    levels.push({ fine, band: bandOf(fine, blur(blur(fine))), by: grey.width / level.width, k })
  }
  const places = []
  for (const { fine, band, by, k } of levels) {
    for (const place of extremes(band)) {
      // Of one size where it is weaker in the levels beside: how much weaker tells the size between the levels.
      const [px, py] = [(place.x + 0.5) * by, (place.y + 0.5) * by]
      const beside = (other) => (other ? near(other.band, px / other.by - 0.5, py / other.by - 0.5, place.sign) : 0)
      const [less, more] = [beside(levels[k - 1]), beside(levels[k + 1])]
      const lean =
        k === 0 || !levels[k + 1] || less > place.strength || more > place.strength
          ? 0
          : clip((0.5 * (less - more)) / (less - 2 * place.strength + more || 1))
      places.push({ ...place, level: fine, by, k, lean })
    }
  }
  places.sort((a, b) => b.strength - a.strength)
  const marks = []
  const taken = []
  const shares = new Uint8Array(16)
  // Lettering across the picture must not use up all marks: each sixteenth of it has a share, and what is left is filled up.
  for (const most of [share, mostMarks]) {
    for (const { x, y, level, by, k, lean, strength, sign } of places) {
      if (marks.length >= mostMarks) return marks
      const [px, py] = [(x + 0.5) * by, (y + 0.5) * by]
      const cell = Math.min(3, Math.floor((4 * px) / grey.width)) * 4 + Math.min(3, Math.floor((4 * py) / grey.height))
      if (shares[cell] >= most) continue
      // One place speaks once at each size: a strong corner would speak for all.
      if (taken.some((one) => Math.hypot(one.px - px, one.py - py) < (one.k === k ? 5 : Math.abs(one.k - k) < 2 ? 2 : 0) * by)) continue
      taken.push({ px, py, k })
      for (const { angle } of directions(level, x, y)) {
        shares[cell]++
        marks.push({
          x: px / edge,
          y: py / edge,
          size: k + lean,
          angle,
          strength,
          sign,
          ...describe(level, x, y, angle, reach * step ** lean),
        })
      }
    }
  }
  return marks
}
