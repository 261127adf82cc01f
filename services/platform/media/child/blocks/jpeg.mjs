// JPEG: segments before the scan. XMP may go on in extension segments, IIM in several resource segments.
const xmpMark = Buffer.from('http://ns.adobe.com/xap/1.0/\0')
const moreMark = Buffer.from('http://ns.adobe.com/xmp/extension/\0')
const exifMark = Buffer.from('Exif\0\0')
const photoshopMark = Buffer.from('Photoshop 3.0\0')

export async function readJpeg(reader) {
  const found = { xmp: [] }
  const more = []
  const resources = []
  for (let at = 2; at + 4 <= reader.size;) {
    const head = await reader.bytes(at, 4)
    if (head[0] !== 0xff) break
    const marker = head[1]
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda || marker === 0xd9) break
    const length = head.readUInt16BE(2)
    if (length < 2) break
    if (marker === 0xe1 || marker === 0xed) {
      const body = await reader.bytes(at + 4, length - 2)
      const starts = (mark) => body.subarray(0, mark.length).equals(mark)
      if (starts(xmpMark)) found.xmp.push(body.subarray(xmpMark.length).toString('utf8'))
      else if (starts(moreMark)) more.push(body.subarray(moreMark.length))
      else if (starts(exifMark)) found.exif ??= body.subarray(exifMark.length)
      else if (starts(photoshopMark)) resources.push(body.subarray(photoshopMark.length))
    }
    at += 2 + length
  }
  const extended = joined(more, found.xmp[0] ?? '')
  if (extended) found.xmp.push(extended)
  if (resources.length > 0) found.resources = Buffer.concat(resources)
  return found
}

/** The parts of the extension that the main packet names, in their order. */
function joined(parts, main) {
  const [, sum] = /HasExtendedXMP\s*(?:=\s*["']|>)\s*([0-9A-Fa-f]{32})/.exec(main) ?? []
  const own = parts.filter((part) => part.length > 40 && part.toString('latin1', 0, 32).toUpperCase() === sum?.toUpperCase())
  const sorted = own.sort((a, b) => a.readUInt32BE(36) - b.readUInt32BE(36))
  return sorted.length > 0 ? Buffer.concat(sorted.map((part) => part.subarray(40))).toString('utf8') : undefined
}
