// What libvips does not read: HEIC, and Photoshop documents of unusual kinds. ImageMagick as WebAssembly, which has no disk and
// no network, told to read these two formats and to write the one in which libvips takes over.
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  ImageMagick,
  MagickFormat,
  MagickGeometry,
  MagickReadSettings,
  ResourceLimits,
  initializeImageMagick,
} from '@imagemagick/magick-wasm'
import sharp from 'sharp'
import { limits, pixelsOf } from './picture.mjs'
import { Unfit } from './unfit.mjs'

const formats = { 'image/heic': MagickFormat.Heic, 'image/vnd.adobe.photoshop': MagickFormat.Psd }
const fileLimit = 300 * 1024 * 1024
/** What the decoder holds grows with the picture: twice this needs more memory than a child may have. */
export const pixelLimit = 60e6

export async function readByMagick({ path: file, mediaType, edge }) {
  if ((await stat(file)).size > fileLimit) throw new Unfit('unsupported', 'A file of this kind may be 300 MB at most.')
  const bytes = await readFile(file)
  const meta = await sharp(bytes, limits)
    .metadata()
    .catch(() => null)
  if (meta && meta.width * meta.height > pixelLimit)
    throw new Unfit('too-many-pixels', 'A picture of this kind may have 60 million pixels at most.')
  await initializeImageMagick(await readFile(createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm')))
  ResourceLimits.width = 20_000n
  ResourceLimits.height = 20_000n
  ResourceLimits.listLength = 4n
  const settings = new MagickReadSettings({ format: formats[mediaType], frameIndex: 0, frameCount: 1 })
  let made
  try {
    made = ImageMagick.read(bytes, settings, (image) => {
      const { width, height } = image
      if (width * height > pixelLimit) throw new Unfit('too-many-pixels', 'A picture of this kind may have 60 million pixels at most.')
      if (Math.max(width, height) > edge) image.resize(new MagickGeometry(edge, edge))
      return image.write(MagickFormat.Tiff, (tiff) => ({ width, height, tiff: Buffer.from(tiff) }))
    })
  } catch (error) {
    if (error instanceof Unfit) throw error
    throw new Unfit('unreadable', 'The file is damaged or incomplete: parts of the picture cannot be decoded.')
  }
  const { tiff, ...known } = made
  // The decoder of HEIC has turned the picture already.
  return { picture: await pixelsOf(tiff, limits, edge), form: 'PICTURE', ...known }
}
