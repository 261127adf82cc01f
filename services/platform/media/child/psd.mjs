// Photoshop documents: the merged picture that every program but the oldest saves beside its layers. Read row by row and made
// small on the way, so that a document of a hundred megapixels needs no more memory than a small one.
import { limits, pixelsOf } from './picture.mjs'
import { openReader } from './reader.mjs'
import { tiffOf } from './tiff.mjs'
import { Unfit } from './unfit.mjs'

const damaged = () => new Unfit('unreadable', 'The document is damaged or incomplete: parts of the picture cannot be decoded.')
const modes = {
  1: { name: 'grey', colours: 1 },
  3: { name: 'rgb', colours: 3 },
  4: { name: 'cmyk', colours: 4 },
  9: { name: 'lab', colours: 3 },
}
/** The profile of its colours, and whether its merged picture is one. */
const wanted = new Set([1039, 1057])
const resourceLimit = 8 * 1024 * 1024
const chunk = 1024 * 1024

export async function readPsd({ path: file, edge }) {
  const reader = await openReader(file)
  try {
    const head = await reader.must(0, 26)
    const large = head.readUInt16BE(4) === 2
    const [channels, height, width, depth, mode] = [
      head.readUInt16BE(12),
      head.readUInt32BE(14),
      head.readUInt32BE(18),
      head.readUInt16BE(22),
      head.readUInt16BE(24),
    ]
    if (head.toString('latin1', 0, 4) !== '8BPS' || !width || !height || !channels || channels > 56) throw damaged()
    if (width * height > limits.limitInputPixels) throw new Unfit('too-many-pixels', 'The picture has more than 120 million pixels.')
    let at = 26
    at += 4 + (await reader.must(at, 4)).readUInt32BE(0)
    const resourceSize = (await reader.must(at, 4)).readUInt32BE(0)
    const resources = await resourcesOf(reader, at + 4, resourceSize)
    at += 4 + resourceSize
    const layers = large ? Number((await reader.must(at, 8)).readBigUInt64BE(0)) : (await reader.must(at, 4)).readUInt32BE(0)
    at += (large ? 8 : 4) + layers
    const { [1039]: icc, [1057]: version } = resources
    const colours = modes[mode]
    const plain = colours && channels >= colours.colours && (depth === 8 || depth === 16)
    // Saved without the merged picture: what is there instead is white.
    const merged = !version || version.length < 5 || version[4] !== 0
    const picture =
      plain && merged ? await small(reader, at, { width, height, depth, large, channels, colours, edge, icc }) : await byMagick(file, edge)
    return { picture, form: 'PICTURE', width, height }
  } finally {
    await reader.close()
  }
}

async function byMagick(file, edge) {
  const { readByMagick } = await import('./magick.mjs')
  return (await readByMagick({ path: file, mediaType: 'image/vnd.adobe.photoshop', edge })).picture
}

async function resourcesOf(reader, start, size) {
  const found = {}
  for (let at = start; at + 12 <= start + size;) {
    const head = await reader.must(at, 8)
    if (head.toString('latin1', 0, 4) !== '8BIM') break
    const name = 1 + head[6]
    const length = (await reader.must(at + 6 + name + (name % 2), 4)).readUInt32BE(0)
    const body = at + 6 + name + (name % 2) + 4
    const id = head.readUInt16BE(4)
    if (wanted.has(id) && length > 0 && length <= resourceLimit) found[id] = await reader.must(body, length)
    at = body + length + (length % 2)
  }
  return found
}

/** The merged picture, each square of `by` pixels as their mean; then through sharp, which knows profiles. */
async function small(reader, start, { width, height, depth, large, colours, edge, icc }) {
  const coding = (await reader.must(start, 2)).readUInt16BE(0)
  if (coding > 1) throw new Unfit('unsupported', 'The document is packed in a way that is not read here.')
  const by = Math.max(1, Math.floor(Math.max(width, height) / edge))
  const [w, h] = [Math.ceil(width / by), Math.ceil(height / by)]
  const step = depth / 8
  const rows = rowsOf(reader, start + 2, { coding, large, height, bytes: width * step, planes: colours.colours })
  const out = Buffer.alloc(w * h * colours.colours)
  const sums = new Float64Array(w)
  for (let plane = 0; plane < colours.colours; plane++) {
    for (let y = 0; y < height; y++) {
      const row = await rows.next(plane, y)
      // Of two bytes the first: no screen shows the second.
      for (let x = 0; x < width; x++) sums[(x / by) | 0] += row[x * step]
      if ((y + 1) % by && y + 1 < height) continue
      const tall = (y % by) + 1
      const line = ((y / by) | 0) * w
      for (let x = 0; x < w; x++) {
        const mean = sums[x] / (tall * Math.min(by, width - x * by))
        out[(line + x) * colours.colours + plane] = colours.name === 'cmyk' ? 255 - mean : mean
      }
      sums.fill(0)
    }
  }
  return pixelsOf(tiffOf(out, { width: w, height: h, colours: colours.name, icc }), limits, edge)
}

/** Rows in their order, plain or packed (PackBits), read ahead by a megabyte. Counts of packed rows come before all of them. */
function rowsOf(reader, start, { coding, large, height, bytes, planes }) {
  const counted = large ? 4 : 2
  const row = Buffer.alloc(bytes)
  let counts = Buffer.alloc(0)
  let [place, held] = [start, Buffer.alloc(0)]
  let [from, ready] = [0, false]
  const take = async (length) => {
    if (held.length - from < length) {
      const more = await reader.at(place, Math.max(chunk, length))
      held = Buffer.concat([held.subarray(from), more])
      place += more.length
      from = 0
    }
    if (held.length - from < length) throw damaged()
    from += length
    return held.subarray(from - length, from)
  }
  const channelsAll = async () => {
    const head = await reader.must(12, 2)
    return head.readUInt16BE(0)
  }
  return {
    async next(plane, y) {
      if (plane >= planes) throw damaged()
      if (coding === 0) return take(bytes)
      if (!ready) {
        const size = (await channelsAll()) * height * counted
        counts = await reader.must(start, size)
        place = start + size
        ready = true
      }
      const at = (plane * height + y) * counted
      const length = large ? counts.readUInt32BE(at) : counts.readUInt16BE(at)
      if (length > bytes * 2 + 1024) throw damaged()
      return unpack(length ? await take(length) : Buffer.alloc(0), row)
    },
  }
}

function unpack(packed, row) {
  let [from, to] = [0, 0]
  while (from < packed.length && to < row.length) {
    const sign = packed[from++]
    if (sign === 128) continue
    if (sign < 128) {
      const count = Math.min(sign + 1, row.length - to, packed.length - from)
      packed.copy(row, to, from, from + count)
      from += sign + 1
      to += count
    } else {
      const count = Math.min(257 - sign, row.length - to)
      row.fill(packed[from++] ?? 0, to, to + count)
      to += count
    }
  }
  if (to < row.length) throw damaged()
  return row
}
