// WAVE: what the recording is, what it says of itself, and how loud it is over time. Reads integers of 8 to 32 bits and floats.
import { Unfit } from './unfit.mjs'

const bars = 240
/** Of a long recording so much is read for each bar. */
const perBar = 128 * 1024
const mostChunks = 400

export async function readWav(reader) {
  const chunks = await chunksOf(reader)
  const format = await formatOf(
    reader,
    chunks.find(({ id }) => id === 'fmt '),
  )
  const data = chunks.find(({ id }) => id === 'data')
  if (!data || data.size < 1) throw new Unfit('unreadable', 'The recording is damaged or incomplete: it has no sound in it.')
  const frames = Math.floor(data.size / format.block)
  return {
    ...format,
    data,
    durationMs: Math.round((frames / format.sampleRate) * 1000),
    peaks: await peaksOf(reader, format, data),
  }
}

async function chunksOf(reader) {
  const found = []
  for (let at = 12; at + 8 <= reader.size && found.length < mostChunks;) {
    const head = await reader.at(at, 8)
    const id = head.toString('latin1', 0, 4)
    const said = head.readUInt32LE(4)
    found.push({ id, start: at + 8, size: Math.min(said, reader.size - at - 8) })
    at += 8 + said + (said % 2)
  }
  return found
}

async function formatOf(reader, chunk) {
  const bytes = chunk && chunk.size >= 16 ? await reader.must(chunk.start, Math.min(chunk.size, 40)) : null
  if (!bytes) throw new Unfit('unreadable', 'The recording is damaged: it does not say how it is coded.')
  const tag = bytes.readUInt16LE(0)
  const coding = tag === 0xfffe && bytes.length >= 26 ? bytes.readUInt16LE(24) : tag
  const [channels, sampleRate, block, bitDepth] = [
    bytes.readUInt16LE(2),
    bytes.readUInt32LE(4),
    bytes.readUInt16LE(12),
    bytes.readUInt16LE(14),
  ]
  const sound = channels >= 1 && channels <= 64 && sampleRate >= 1 && block >= 1
  const known = (coding === 1 && [8, 16, 24, 32].includes(bitDepth)) || (coding === 3 && (bitDepth === 32 || bitDepth === 64))
  if (!sound || (known && block !== (channels * bitDepth) / 8))
    throw new Unfit('unreadable', 'The recording is damaged: what it says of its coding makes no sense.')
  return {
    channels,
    sampleRate,
    block,
    bitDepth,
    codec: coding === 1 ? 'PCM' : coding === 3 ? 'PCM float' : `coding ${coding}`,
    known,
    float: coding === 3,
  }
}

/** One sample, from -1 to 1. */
export function sampleAt(bytes, at, { bitDepth, float }) {
  if (float) return bitDepth === 64 ? bytes.readDoubleLE(at) : bytes.readFloatLE(at)
  if (bitDepth === 8) return (bytes[at] - 128) / 128
  return bytes.readIntLE(at, bitDepth / 8) / 2 ** (bitDepth - 1)
}

async function peaksOf(reader, format, data) {
  if (!format.known) return undefined
  const frames = Math.floor(data.size / format.block)
  const count = Math.min(bars, frames)
  const loud = []
  for (let bar = 0; bar < count; bar++) {
    const from = Math.floor((bar * frames) / count)
    const most = Math.max(1, Math.floor(perBar / format.block))
    const bytes = await reader.at(
      data.start + from * format.block,
      Math.min(Math.floor(((bar + 1) * frames) / count) - from, most) * format.block,
    )
    loud.push(loudness(bytes, format))
  }
  return scaled(loud)
}

/** The loudest sample of a piece; what is no number is silence. */
function loudness(bytes, format) {
  let most = 0
  const step = format.bitDepth / 8
  for (let at = 0; at + step <= bytes.length; at += step) {
    const value = Math.abs(sampleAt(bytes, at, format))
    if (value > most) most = value
  }
  return Number.isFinite(most) ? Math.min(1, most) : 1
}

/** From 0 to 100, so that the loudest place is high whatever the recording's level. */
export function scaled(loud) {
  const top = Math.max(0.02, ...loud)
  return loud.map((value) => Math.round((value / top) * 100))
}

/** The first seconds as a small WAVE of one channel: what outsiders hear where no better coder is there. */
export async function wavExcerpt(reader, { data, ...format }, seconds) {
  if (!format.known) return null
  const every = Math.max(1, Math.floor(format.sampleRate / 16_000))
  const rate = Math.round(format.sampleRate / every)
  const frames = Math.min(Math.floor(data.size / format.block), format.sampleRate * seconds)
  const out = Buffer.alloc(44 + Math.floor(frames / every) * 2)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(out.length - 8, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(1, 22)
  out.writeUInt32LE(rate, 24)
  out.writeUInt32LE(rate * 2, 28)
  out.writeUInt16LE(2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(out.length - 44, 40)
  const step = format.bitDepth / 8
  const piece = 4096 * every
  let to = 44
  for (let from = 0; from < frames; from += piece) {
    const bytes = await reader.at(data.start + from * format.block, Math.min(piece, frames - from) * format.block)
    for (let frame = 0; (frame + every) * format.block <= bytes.length && to + 2 <= out.length; frame += every) {
      // The mean of what falls together: without it high tones would come back as low ones.
      let sum = 0
      for (let k = 0; k < every; k++)
        for (let c = 0; c < format.channels; c++) sum += sampleAt(bytes, (frame + k) * format.block + c * step, format)
      const value = sum / (every * format.channels)
      out.writeInt16LE(Number.isFinite(value) ? Math.max(-32768, Math.min(32767, Math.round(value * 32767))) : 0, to)
      to += 2
    }
  }
  return out
}
