// RIFF: WebP's chunks, and those of WAV.
const most = 16 * 1024 * 1024

export async function readRiff(reader) {
  const found = { xmp: [], riff: {} }
  for (let at = 12; at + 8 <= reader.size;) {
    const head = await reader.bytes(at, 8)
    const type = head.toString('latin1', 0, 4)
    const length = head.readUInt32LE(4)
    const take = () => reader.bytes(at + 8, length)
    if (length <= most && at + 8 + length <= reader.size) {
      if (type === 'XMP ' || type === '_PMX') found.xmp.push((await take()).toString('utf8'))
      if (type === 'EXIF') {
        const exif = await take()
        found.exif ??= exif.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif
      }
      if (type === 'LIST') list(found.riff, await take())
    }
    at += 8 + length + (length % 2)
  }
  return found
}

function list(riff, content) {
  if (content.toString('latin1', 0, 4) !== 'INFO') return
  for (let at = 4; at + 8 <= content.length;) {
    const length = content.readUInt32LE(at + 4)
    const text = content.subarray(at + 8, at + 8 + length).toString('utf8')
    riff[content.toString('latin1', at, at + 4)] ??= text.replace(/\0.*$/s, '')
    at += 8 + length + (length % 2)
  }
}
