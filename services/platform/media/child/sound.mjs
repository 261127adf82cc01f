// Recordings: what they are, how loud they are over time, and an excerpt. WAVE we read ourselves; the loudness of an MP3
// needs ffmpeg, and where there is none its cover or a card stands for it.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { clockWords, iconCard, waveCard } from './card.mjs'
import { input, run } from './ffmpeg.mjs'
import { mp3Excerpt, readMp3 } from './mp3.mjs'
import { limits } from './picture.mjs'
import { openReader } from './reader.mjs'
import { readWav, scaled, wavExcerpt } from './wav.mjs'

const excerptSeconds = 30
const listenSeconds = 1200
const bars = 240

export async function readSound({ path: file, mediaType, edge, ffmpeg }) {
  const reader = await openReader(file)
  try {
    const wav = mediaType === 'audio/wav'
    const found = await (wav ? readWav : readMp3)(reader)
    const { durationMs, codec, sampleRate, channels, bitDepth, bitRate, cover } = found
    const peaks = found.peaks ?? (ffmpeg ? await peaksBy(ffmpeg, file, mediaType, durationMs) : null)
    const known = [clockWords(durationMs), `${Math.round(sampleRate / 100) / 10} kHz`, wav ? `${bitDepth} bit` : `${bitRate} kbit/s`]
    const picture = peaks
      ? await waveCard(peaks, known)
      : ((cover && (await coverOf(cover, edge))) ?? (await iconCard(wav ? 'WAV' : 'MP3', known)))
    const facts = {
      codec,
      sampleRate,
      channels,
      ...(wav ? { bitDepth } : { bitRate }),
      ...(peaks && { peaks }),
      ...(!peaks && !ffmpeg && { lacks: 'ffmpeg' }),
    }
    return {
      picture,
      form: 'SOUND',
      durationMs,
      facts,
      make: (spec, outDir) =>
        spec.of === 'listen' || spec.of === 'excerpt' ? makeSound({ file, mediaType, found, ffmpeg }, spec, outDir) : null,
    }
  } finally {
    await reader.close()
  }
}

const coverOf = (bytes, edge) =>
  sharp(bytes, limits)
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)

/** Loudness of what ffmpeg plays as numbers, gathered while it plays: the recording is never held. */
async function peaksBy(ffmpeg, file, mediaType, durationMs) {
  const rate = 8000
  const most = Math.max(1, Math.ceil(((durationMs || 60_000) / 1000) * rate))
  const loud = new Float64Array(bars)
  let [at, odd] = [0, null]
  const take = (chunk) => {
    const bytes = odd === null ? chunk : Buffer.concat([Buffer.from([odd]), chunk])
    odd = bytes.length % 2 ? bytes[bytes.length - 1] : null
    for (let i = 0; i + 2 <= bytes.length; i += 2, at++) {
      const bar = Math.min(bars - 1, Math.floor((at * bars) / most))
      loud[bar] = Math.max(loud[bar], Math.abs(bytes.readInt16LE(i)) / 32768)
    }
  }
  const played = await run(
    ffmpeg,
    [...input(file, mediaType), '-vn', '-map', '0:a:0', '-ac', '1', '-ar', String(rate), '-f', 's16le', 'pipe:1'],
    { onBytes: take },
  ).then(
    () => true,
    () => false,
  )
  return played && at > 0 ? scaled([...loud]) : null
}

/** For outsiders the first half minute, small; for those who work with it all of it, as long as it is no audio book. */
async function makeSound({ file, mediaType, found, ffmpeg }, spec, outDir) {
  const seconds = spec.of === 'excerpt' ? excerptSeconds : listenSeconds
  if (ffmpeg) {
    const to = path.join(outDir, `${spec.preset}.mp3`)
    const rate = spec.of === 'excerpt' ? ['-ac', '1', '-ar', '24000', '-b:a', '48k'] : ['-ac', '2', '-b:a', '112k']
    const made = await run(
      ffmpeg,
      [
        ...input(file, mediaType),
        '-vn',
        '-map',
        '0:a:0',
        '-t',
        String(seconds),
        ...rate,
        '-map_metadata',
        '-1',
        '-c:a',
        'libmp3lame',
        '-f',
        'mp3',
        '-y',
        to,
      ],
      { seconds: 120 },
    ).then(
      () => true,
      () => false,
    )
    if (made) return { preset: spec.preset, path: to, mediaType: 'audio/mpeg', width: 0, height: 0 }
  }
  if (spec.of !== 'excerpt') return null
  const wav = mediaType === 'audio/wav'
  const reader = await openReader(file)
  const bytes = await (wav ? wavExcerpt : mp3Excerpt)(reader, found, excerptSeconds).finally(() => reader.close())
  if (!bytes) return null
  const to = path.join(outDir, `${spec.preset}.${wav ? 'wav' : 'mp3'}`)
  await writeFile(to, bytes)
  return { preset: spec.preset, path: to, mediaType, width: 0, height: 0 }
}
