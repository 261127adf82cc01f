// Films. What a film is we read ourselves, from its boxes; its pictures need ffmpeg. Where the machine has none, a cover
// that the file carries stands for it, else a card, and the file says what is lacking.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { clockWords, iconCard } from './card.mjs'
import { input, run } from './ffmpeg.mjs'
import { readMp4 } from './mp4.mjs'
import { limits } from './picture.mjs'
import { openReader } from './reader.mjs'
import { Unfit, saidBy } from './unfit.mjs'
import { watermarkFor } from './watermark.mjs'
import { readWebm } from './webm.mjs'

const endings = { 'video/mp4': 'MP4', 'video/quicktime': 'MOV', 'video/webm': 'WEBM' }
const pixelLimit = 8192 * 8192

export async function readFilm({ path: file, mediaType, edge, outDir, ffmpeg }) {
  const reader = await openReader(file)
  let found
  try {
    found = await (mediaType === 'video/webm' ? readWebm : readMp4)(reader)
  } finally {
    await reader.close()
  }
  const { width, height, durationMs, cover, title } = found
  if (width * height > pixelLimit) throw new Unfit('too-many-pixels', 'The film has more than 67 million pixels.')
  const shown = width > 0 && height > 0
  const poster = shown && ffmpeg ? await posterOf(ffmpeg, { file, mediaType, durationMs, edge, outDir }) : null
  const still = poster ?? (cover ? await decoded(cover, edge) : null)
  const size = shown ? `${width} × ${height}` : ''
  const picture = still ?? (await iconCard(endings[mediaType], [clockWords(durationMs), [size, found.codec].filter(Boolean).join(' · ')]))
  const facts = {}
  for (const key of ['codec', 'audioCodec', 'frameRate', 'sampleRate', 'channels']) if (found[key]) facts[key] = found[key]
  if (shown && !ffmpeg) facts.lacks = 'ffmpeg'
  const film = { ffmpeg, file, mediaType, durationMs, width, height, sound: Boolean(found.audioCodec) }
  return {
    picture,
    form: still ? 'FILM' : 'ICON',
    width: shown ? width : null,
    height: shown ? height : null,
    durationMs,
    facts,
    words: saidBy('webm', { title }),
    make: (spec, dir) => (poster && (spec.of === 'clip' || spec.of === 'watch') ? makeClip(film, spec, dir) : null),
  }
}

const decoded = (bytes, edge) =>
  sharp(bytes, limits)
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)

/** A picture from its first third: of some that follow each other the one that is most like the rest, which no fade to black is. */
async function posterOf(ffmpeg, { file, mediaType, durationMs, edge, outDir }) {
  const to = path.join(outDir, 'poster.png')
  const shot = (at) =>
    run(ffmpeg, [
      ...input(file, mediaType, at),
      '-an',
      '-sn',
      '-dn',
      '-vf',
      `thumbnail=24,scale=w='min(${edge},iw)':h='min(${edge},ih)':force_original_aspect_ratio=decrease,format=rgb24`,
      '-frames:v',
      '1',
      '-y',
      to,
    ])
  const at = Math.min(3, Math.floor(durationMs / 4) / 1000)
  const took = await shot(at).then(
    () => true,
    () => false,
  )
  const first =
    (took && (await decoded(to, edge))) ||
    ((await shot(0).then(
      () => true,
      () => false,
    )) &&
      (await decoded(to, edge)))
  return first || null
}

/** How much of a film is shown: a taste to the world, and to those who work with it as much as an hour of work allows. */
const lengths = { clip: 12, watch: 300 }

async function makeClip({ ffmpeg, file, mediaType, durationMs, width, height, sound }, spec, outDir) {
  const scale = Math.min(1, spec.maxEdge / Math.max(width, height))
  const even = (edge) => Math.max(2, Math.round((edge * scale) / 2) * 2)
  const [w, h] = [even(width), even(height)]
  const to = path.join(outDir, `${spec.preset}.mp4`)
  const at = spec.of === 'clip' && durationMs > 40_000 ? 2 : 0
  const marks = []
  let chain = `[0:v:0]scale=${w}:${h},fps='min(30,source_fps)',setsar=1[v]`
  if (spec.watermark) {
    const mark = path.join(outDir, `${spec.preset}-mark.png`)
    const { input: pixels } = await watermarkFor(spec.watermark, w, h)
    await writeFile(
      mark,
      await sharp(pixels, { raw: { width: w, height: h, channels: 4 } })
        .png()
        .toBuffer(),
    )
    marks.push('-protocol_whitelist', 'file', '-i', `file:${mark}`)
    chain = `[0:v:0]scale=${w}:${h},fps='min(30,source_fps)',setsar=1[p];[p][1:v]overlay=format=auto[v]`
  }
  const audio = sound ? ['-map', '0:a:0?', '-c:a', 'aac', '-b:a', '72k', '-ac', '2'] : ['-an']
  await run(
    ffmpeg,
    [
      ...input(file, mediaType, at),
      ...marks,
      '-filter_complex',
      chain,
      '-map',
      '[v]',
      ...audio,
      '-t',
      String(lengths[spec.of]),
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      spec.of === 'clip' ? '28' : '26',
      '-pix_fmt',
      'yuv420p',
      '-map_metadata',
      '-1',
      '-movflags',
      '+faststart',
      '-f',
      'mp4',
      '-y',
      to,
    ],
    { seconds: 240 },
  )
  return { preset: spec.preset, path: to, mediaType: 'video/mp4', width: w, height: h }
}
