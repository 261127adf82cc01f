// WebM: length, tracks and cover as its EBML says them. Clusters, the film itself, are where reading stops.
import { Unfit } from './unfit.mjs'

const ids = {
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  attachments: 0x1941a469,
  entry: 0xae,
  video: 0xe0,
  audio: 0xe1,
  file: 0x61a7,
}
const partLimit = 16 * 1024 * 1024
const mostElements = 4000
const codecs = { V_VP8: 'VP8', V_VP9: 'VP9', V_AV1: 'AV1', A_OPUS: 'Opus', A_VORBIS: 'Vorbis' }

/** An element's name and the length of its content; a length of all ones means "until its parent ends". */
function headAt(bytes, at) {
  const first = bytes[at]
  if (!first) return null
  const named = Math.clz32(first) - 23
  const sized = bytes[at + named] ? Math.clz32(bytes[at + named]) - 23 : 0
  if (named > 4 || sized < 1 || at + named + sized > bytes.length) return null
  const id = bytes.readUIntBE(at, named)
  let size = bytes[at + named] & (0xff >> sized)
  let open = size === 0xff >> sized
  for (let i = 1; i < sized; i++) {
    size = size * 256 + bytes[at + named + i]
    open &&= bytes[at + named + i] === 0xff
  }
  return { id, header: named + sized, size: open ? Infinity : size }
}

function* elements(bytes) {
  for (let at = 0, left = mostElements; at < bytes.length && left > 0; left--) {
    const head = headAt(bytes, at)
    if (!head) return
    yield { id: head.id, body: bytes.subarray(at + head.header, Math.min(bytes.length, at + head.header + head.size)) }
    at += head.header + head.size
  }
}

const number = (body) => (body.length >= 1 && body.length <= 6 ? body.readUIntBE(0, body.length) : 0)
const real = (body) => (body.length === 8 ? body.readDoubleBE(0) : body.length === 4 ? body.readFloatBE(0) : 0)
const find = (bytes, id) => [...elements(bytes)].find((each) => each.id === id)?.body

export async function readWebm(reader) {
  const parts = await partsOf(reader)
  if (!parts.tracks) throw new Unfit('unreadable', 'The film is damaged or incomplete: it does not say what it holds.')
  const scale = number(find(parts.info ?? Buffer.alloc(0), 0x2ad7b1) ?? Buffer.alloc(0)) || 1_000_000
  const length = real(find(parts.info ?? Buffer.alloc(0), 0x4489) ?? Buffer.alloc(0))
  const title = find(parts.info ?? Buffer.alloc(0), 0x7ba9)
    ?.toString('utf8')
    .trim()
  const found = {
    durationMs: Number.isFinite(length) ? Math.max(0, Math.round((length * scale) / 1e6)) : 0,
    title,
    cover: coverOf(parts.attachments),
  }
  for (const { id, body } of elements(parts.tracks)) {
    if (id !== ids.entry) continue
    const codec = codecs[find(body, 0x86)?.toString('latin1') ?? '']
    const [video, audio] = [find(body, ids.video), find(body, ids.audio)]
    const every = number(find(body, 0x23e383) ?? Buffer.alloc(0))
    if (video)
      Object.assign(found, {
        codec,
        width: number(find(video, 0xb0) ?? Buffer.alloc(0)),
        height: number(find(video, 0xba) ?? Buffer.alloc(0)),
        frameRate: every ? Math.round(1e11 / every) / 100 : undefined,
      })
    if (audio)
      Object.assign(found, {
        audioCodec: codec,
        sampleRate: Math.round(real(find(audio, 0xb5) ?? Buffer.alloc(0))) || undefined,
        channels: number(find(audio, 0x9f) ?? Buffer.alloc(0)) || 1,
      })
  }
  return found
}

/** The parts of the segment that come before the film, and what lies after it where its length is known. */
async function partsOf(reader) {
  const start = await reader.at(0, 4096)
  const ebml = headAt(start, 0)
  const segment = ebml && headAt(start, ebml.header + ebml.size)
  if (segment?.id !== ids.segment) throw new Unfit('unreadable', 'The film is damaged: nothing follows its head.')
  const parts = {}
  let at = ebml.header + ebml.size + segment.header
  for (let left = mostElements; left > 0 && at < reader.size; left--) {
    const head = headAt(await reader.at(at, 12), 0)
    if (!head || head.size === Infinity) break
    const name = head.id === ids.info ? 'info' : head.id === ids.tracks ? 'tracks' : head.id === ids.attachments ? 'attachments' : null
    if (name && head.size <= partLimit) parts[name] ??= await reader.at(at + head.header, Math.max(1, head.size))
    if (parts.info && parts.tracks && head.id === ids.cluster && parts.attachments) break
    at += head.header + head.size
  }
  return parts
}

function coverOf(attachments) {
  for (const { id, body } of attachments ? elements(attachments) : []) {
    if (id !== ids.file) continue
    if (/^image\/(jpeg|png)$/.test(find(body, 0x4660)?.toString('latin1') ?? '')) return find(body, 0x465c) ?? null
  }
  return null
}
