// The child that looks for differences: two pictures in, one picture and the changed parts out, one line of JSON, gone.
import path from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { changedPixels, countOf, regionsOf } from './changes.mjs'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp'].map((name) => `VipsForeignLoad${name}`) })

/** What two encodings of one picture differ by at most, once both are softened a little. */
const noise = 28

async function compare({ one, other, outDir, edge }) {
  const meta = await sharp(one).metadata()
  const scale = Math.min(1, edge / Math.max(meta.width, meta.height))
  const [width, height] = [Math.max(8, Math.round(meta.width * scale)), Math.max(8, Math.round(meta.height * scale))]
  const pixelsOf = (file) =>
    sharp(file, { failOn: 'warning', limitInputPixels: 64e6 })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(width, height, { fit: 'fill' })
      .blur(0.7)
      .raw()
      .toBuffer()
  const [before, after] = [await pixelsOf(one), await pixelsOf(other)]
  const mask = changedPixels(before, after, noise)
  // The later picture, pale and grey; what changed in a colour that nothing pale and grey has.
  const shown = Buffer.alloc(mask.length * 3)
  for (let pixel = 0, at = 0; pixel < mask.length; pixel++, at += 3) {
    const grey = 0.299 * after[at] + 0.587 * after[at + 1] + 0.114 * after[at + 2]
    const pale = 120 + grey * 0.52
    shown[at] = mask[pixel] ? 214 : pale
    shown[at + 1] = mask[pixel] ? 0 : pale
    shown[at + 2] = mask[pixel] ? 122 : pale
  }
  const file = path.join(outDir, 'difference.webp')
  await sharp(shown, { raw: { width, height, channels: 3 } })
    .webp({ quality: 82, effort: 2 })
    .toFile(file)
  return { path: file, width, height, share: countOf(mask) / mask.length, regions: regionsOf(mask, width, height) }
}

const answer = await compare(JSON.parse(await text(process.stdin))).then(
  (value) => ({ ok: true, value }),
  (error) => ({
    ok: false,
    error: 'unreadable',
    detail: 'The two pictures could not be compared.',
    cause: String(error?.message ?? error).slice(0, 300),
  }),
)
process.stdout.write(`${JSON.stringify(answer)}\n`)
