// Where two pictures of one size differ: pure, so that it can be tried against pictures whose difference is known.

/** One byte a pixel: 1 where any channel differs by more than `most`. Both are raw pixels of three channels. */
export function changedPixels(one, other, most) {
  const mask = new Uint8Array(one.length / 3)
  for (let at = 0, pixel = 0; at < one.length; at += 3, pixel++) {
    const off = Math.max(Math.abs(one[at] - other[at]), Math.abs(one[at + 1] - other[at + 1]), Math.abs(one[at + 2] - other[at + 2]))
    mask[pixel] = off > most ? 1 : 0
  }
  return mask
}

export const countOf = (mask) => mask.reduce((sum, bit) => sum + bit, 0)

/**
 * The parts that changed, as boxes from 0 to 1, the largest change first: blocks of the picture with enough changed pixels,
 * joined with their neighbours. A pixel here and there is no part.
 */
export function regionsOf(mask, width, height, { block = 16, least = 0.04, most = 24 } = {}) {
  const across = Math.ceil(width / block)
  const down = Math.ceil(height / block)
  const counts = new Uint32Array(across * down)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (mask[y * width + x]) counts[Math.floor(y / block) * across + Math.floor(x / block)]++
  const changed = counts.map((count) => (count >= block * block * least ? count : 0))
  const seen = new Uint8Array(changed.length)
  const regions = []
  for (let start = 0; start < changed.length; start++) {
    if (!changed[start] || seen[start]) continue
    const found = { left: across, top: down, right: 0, bottom: 0, pixels: 0 }
    const open = [start]
    seen[start] = 1
    while (open.length > 0) {
      const at = open.pop()
      const [x, y] = [at % across, Math.floor(at / across)]
      found.left = Math.min(found.left, x)
      found.right = Math.max(found.right, x + 1)
      found.top = Math.min(found.top, y)
      found.bottom = Math.max(found.bottom, y + 1)
      found.pixels += changed[at]
      for (let ny = Math.max(0, y - 1); ny <= Math.min(down - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(across - 1, x + 1); nx++) {
          const next = ny * across + nx
          if (changed[next] && !seen[next]) {
            seen[next] = 1
            open.push(next)
          }
        }
    }
    regions.push(found)
  }
  const part = (blocks, whole) => Math.min(1, (blocks * block) / whole)
  return regions
    .sort((a, b) => b.pixels - a.pixels)
    .slice(0, most)
    .map(({ left, top, right, bottom, pixels }) => {
      const [x, y] = [part(left, width), part(top, height)]
      return { x, y, width: part(right, width) - x, height: part(bottom, height) - y, share: pixels / (width * height) }
    })
}
