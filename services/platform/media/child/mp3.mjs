// MP3: length and coding from its frames, the cover from its ID3 tag. Nothing is decoded here.
import { Unfit } from './unfit.mjs'

const rates = { 1: [44100, 48000, 32000], 2: [22050, 24000, 16000], 2.5: [11025, 12000, 8000] }
const kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const tagLimit = 24 * 1024 * 1024
const readAhead = 1024 * 1024

/** The header of a frame of layer III, or null. */
function frameAt(bytes, at) {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe6) !== 0xe2) return null
  const version = [2.5, null, 2, 1][(bytes[at + 1] >> 3) & 3]
  const rate = rates[version]?.[(bytes[at + 2] >> 2) & 3]
  const speed = kilobits[version === 1 ? 1 : 2][bytes[at + 2] >> 4]
  if (!version || !rate || !speed) return null
  const samples = version === 1 ? 1152 : 576
  const size = Math.floor(((samples / 8) * speed * 1000) / rate) + ((bytes[at + 2] >> 1) & 1)
  return { version, rate, speed, samples, size, channels: bytes[at + 3] >> 6 === 3 ? 1 : 2 }
}

const syncsafe = (bytes, at) =>
  ((bytes[at] & 127) << 21) | ((bytes[at + 1] & 127) << 14) | ((bytes[at + 2] & 127) << 7) | (bytes[at + 3] & 127)

export async function readMp3(reader) {
  const tag = await tagOf(reader)
  const first = await firstFrame(reader, tag.end)
  if (!first) throw new Unfit('unreadable', 'The recording is damaged or incomplete: it has no sound in it.')
  const counted = await countOf(reader, first)
  const { rate, samples, channels } = first.frame
  const durationMs = Math.round((counted.frames * samples * 1000) / rate)
  return {
    start: first.at,
    frame: first.frame,
    codec: 'MP3',
    sampleRate: rate,
    channels,
    durationMs,
    bitRate: durationMs ? Math.round(((counted.end - first.at) * 8) / durationMs) : first.frame.speed,
    cover: tag.cover,
  }
}

/** The first place where two frames follow each other: a lone sign may be anything. */
async function firstFrame(reader, from) {
  const bytes = await reader.at(from, readAhead)
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const frame = frameAt(bytes, at)
    if (frame && (frameAt(bytes, at + frame.size) || from + at + frame.size >= reader.size)) return { at: from + at, frame }
  }
  return null
}

/** How many frames there are: as the first one says (Xing, VBRI), else counted. */
async function countOf(reader, { at, frame }) {
  const head = await reader.at(at, Math.min(frame.size, 400))
  const xing = 4 + (frame.version === 1 ? (frame.channels === 1 ? 17 : 32) : frame.channels === 1 ? 9 : 17)
  const name = head.toString('latin1', xing, xing + 4)
  if ((name === 'Xing' || name === 'Info') && head.length >= xing + 12 && head[xing + 7] & 1)
    return { frames: head.readUInt32BE(xing + 8), end: reader.size }
  if (head.toString('latin1', 36, 40) === 'VBRI' && head.length >= 54) return { frames: head.readUInt32BE(50), end: reader.size }
  let [frames, place] = [0, at]
  for (let [from, bytes] = [at, await reader.at(at, readAhead)]; ;) {
    if (place + 4 > from + bytes.length) {
      from = place
      bytes = await reader.at(from, readAhead)
      if (bytes.length < 4) break
    }
    const next = frameAt(bytes, place - from)
    if (!next) break
    frames++
    place += next.size
  }
  return { frames, end: Math.min(place, reader.size) }
}

/** Where the ID3 tag ends, and the cover in it. */
async function tagOf(reader) {
  const head = await reader.at(0, 10)
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return { end: 0, cover: null }
  const size = syncsafe(head, 6)
  const end = 10 + size + (head[5] & 0x10 ? 10 : 0)
  if (head[3] < 3 || head[3] > 4 || size > tagLimit || head[5] & 0x80) return { end, cover: null }
  const bytes = await reader.at(10, size)
  for (let at = 0; at + 10 <= bytes.length && bytes[at] >= 0x41 && bytes[at] <= 0x5a;) {
    const length = head[3] === 4 ? syncsafe(bytes, at + 4) : bytes.readUInt32BE(at + 4)
    if (bytes.toString('latin1', at, at + 4) === 'APIC') return { end, cover: coverOf(bytes.subarray(at + 10, at + 10 + length)) }
    at += 10 + length
  }
  return { end, cover: null }
}

/** Past the coding, the type and the description: the picture. */
function coverOf(body) {
  const afterType = body.indexOf(0, 1) + 2
  const wide = body[0] === 1 || body[0] === 2
  let at = afterType
  while (at < body.length && !(wide ? body[at] === 0 && body[at + 1] === 0 : body[at] === 0)) at += wide ? 2 : 1
  const picture = body.subarray(at + (wide ? 2 : 1))
  return afterType > 1 && picture.length > 100 ? picture : null
}

/** The frames of the first seconds, as they are: what outsiders hear where nothing on the machine codes sound. */
export async function mp3Excerpt(reader, { start }, seconds) {
  const bytes = await reader.at(start, 2 * readAhead)
  let [at, played] = [0, 0]
  while (played < seconds) {
    const frame = frameAt(bytes, at)
    if (!frame || at + frame.size > bytes.length) break
    at += frame.size
    played += frame.samples / frame.rate
  }
  return at ? bytes.subarray(0, at) : null
}
