// MP4 and QuickTime: what the boxes say of a film. Only `moov` and what lies beside it is read, never the film itself.
import { Unfit } from './unfit.mjs'

const moovLimit = 64 * 1024 * 1024
const coverLimit = 16 * 1024 * 1024
const mostBoxes = 2000
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta', 'ilst'])
const codecs = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  av01: 'AV1',
  vp09: 'VP9',
  vp08: 'VP8',
  mp4v: 'MPEG-4',
  apcn: 'ProRes 422',
  apch: 'ProRes 422 HQ',
  apcs: 'ProRes 422 LT',
  apco: 'ProRes 422 Proxy',
  ap4h: 'ProRes 4444',
  jpeg: 'Motion JPEG',
  mp4a: 'AAC',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  Opus: 'Opus',
  fLaC: 'FLAC',
  alac: 'ALAC',
  sowt: 'PCM',
  twos: 'PCM',
  lpcm: 'PCM',
  in24: 'PCM',
  '.mp3': 'MP3',
}
const damaged = () => new Unfit('unreadable', 'The film is damaged or incomplete: it does not say what it holds.')

/** Boxes of the top level: small ones are wanted, the film itself is stepped over. */
async function topBoxes(reader) {
  const found = []
  for (let at = 0; at + 8 <= reader.size && found.length < mostBoxes;) {
    const head = await reader.at(at, 32)
    const [size, header] = sizeOf(head, 0, reader.size - at)
    if (size < header) break
    found.push({ type: head.toString('latin1', 4, 8), start: at + header, size: size - header })
    at += size
  }
  return found
}

function sizeOf(bytes, at, rest) {
  const small = bytes.readUInt32BE(at)
  if (small === 1 && at + 16 <= bytes.length) return [Number(bytes.readBigUInt64BE(at + 8)), 16]
  return [small === 0 ? rest : small, 8]
}

/** A tree of boxes, so deep as we look. */
function boxesOf(bytes, depth = 0, left = { boxes: mostBoxes }) {
  const found = []
  for (let at = 0; at + 8 <= bytes.length && left.boxes-- > 0;) {
    const [size, header] = sizeOf(bytes, at, bytes.length - at)
    if (size < header || at + size > bytes.length) break
    const type = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + header, at + size)
    const inside = containers.has(type) ? body : type === 'meta' ? metaBody(body) : null
    found.push({ type, body, boxes: inside && depth < 8 ? boxesOf(inside, depth + 1, left) : [] })
    at += size
  }
  return found
}
/** `meta` has four bytes before its boxes in MP4 and none in QuickTime. */
const metaBody = (body) => (body.toString('latin1', 4, 8) === 'hdlr' ? body : body.subarray(4))

const child = (box, ...path) => path.reduce((found, type) => found?.boxes.find((each) => each.type === type), box)

export async function readMp4(reader) {
  const top = await topBoxes(reader)
  const place = top.find(({ type }) => type === 'moov')
  if (!place || place.start + place.size > reader.size) throw damaged()
  if (place.size > moovLimit) throw new Unfit('unsupported', 'The film has an index of more than 64 MB.')
  const moov = { boxes: boxesOf(await reader.must(place.start, Math.max(1, place.size))) }
  const mvhd = child(moov, 'mvhd')?.body
  const times = mvhd && timesOf(mvhd, 12, 20)
  const tracks = moov.boxes.filter(({ type }) => type === 'trak').map(trackOf)
  const video = tracks.find(({ handler }) => handler === 'vide')
  const audio = tracks.find(({ handler }) => handler === 'soun')
  if (!video && !audio) throw damaged()
  const longest = Math.max(0, ...tracks.map(({ durationMs }) => durationMs))
  return {
    durationMs: longest || (times ? times.milliseconds : 0),
    width: video?.width ?? null,
    height: video?.height ?? null,
    codec: video?.codec,
    frameRate: video?.frameRate,
    audioCodec: audio?.codec,
    channels: audio?.channels,
    sampleRate: audio?.sampleRate,
    cover: coverOf(moov),
  }
}

/** A scale and a length, of 32 bits or, in version 1, of 64. */
function timesOf(body, scaleAt, scaleAtLarge) {
  const large = body[0] === 1
  const at = large ? scaleAtLarge : scaleAt
  if (body.length < at + (large ? 12 : 8)) return null
  const scale = body.readUInt32BE(at)
  const length = large ? Number(body.readBigUInt64BE(at + 4)) : body.readUInt32BE(at + 4)
  return scale > 0 && length !== 0xffffffff ? { milliseconds: Math.round((length / scale) * 1000), scale } : null
}

function trackOf(trak) {
  const mdia = child(trak, 'mdia')
  const times = timesOf(child(mdia, 'mdhd')?.body ?? Buffer.alloc(0), 12, 20)
  const handler = child(mdia, 'hdlr')?.body.toString('latin1', 8, 12)
  const stbl = child(mdia, 'minf', 'stbl')
  const entry = child(stbl, 'stsd')?.body.subarray(8)
  const fourcc = entry && entry.length >= 8 ? entry.toString('latin1', 4, 8) : ''
  const durationMs = times?.milliseconds ?? 0
  const known = { handler, durationMs, codec: codecs[fourcc] ?? (/^[\x20-\x7e]{4}$/.test(fourcc) ? fourcc.trim() : undefined) }
  if (handler === 'vide' && entry && entry.length >= 36) {
    const [width, height] = [entry.readUInt16BE(32), entry.readUInt16BE(34)]
    const frames = framesOf(child(stbl, 'stts')?.body)
    const frameRate = durationMs && frames > 1 ? Math.round((frames / durationMs) * 100_000) / 100 : undefined
    return { ...known, ...(turned(child(trak, 'tkhd')?.body) ? { width: height, height: width } : { width, height }), frameRate }
  }
  if (handler === 'soun' && entry && entry.length >= 36)
    return { ...known, channels: entry.readUInt16BE(24), sampleRate: entry.readUInt16BE(32) }
  return known
}

/** The matrix of a telephone that was held upright: a quarter turn. */
function turned(tkhd) {
  if (!tkhd) return false
  const at = tkhd[0] === 1 ? 52 : 40
  return tkhd.length >= at + 36 && tkhd.readInt32BE(at) === 0 && Math.abs(tkhd.readInt32BE(at + 4)) === 0x10000
}

function framesOf(stts) {
  if (!stts || stts.length < 8) return 0
  let sum = 0
  for (let i = 0, at = 8; i < stts.readUInt32BE(4) && at + 8 <= stts.length; i++, at += 8) sum += stts.readUInt32BE(at)
  return sum
}

/** The picture that programs for films and music put in as its cover. */
function coverOf(moov) {
  const ilst = child(moov, 'udta', 'meta', 'ilst') ?? child(moov, 'meta', 'ilst')
  const body = child(ilst, 'covr')?.body
  if (!body || body.length < 16 || body.toString('latin1', 4, 8) !== 'data') return null
  const value = body.subarray(16, Math.min(body.length, body.readUInt32BE(0)))
  return value.length <= coverLimit ? value : null
}
