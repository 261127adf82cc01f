// GIF: XMP is an application extension whose text is not cut into blocks; a trailer of falling bytes leads every reader out of it.
const mark = 'XMP DataXMP'
const trailer = 257

export async function readGif(reader) {
  const found = { xmp: [], text: {} }
  const screen = await reader.bytes(0, 13)
  let at = 13 + (screen[10] & 0x80 ? 3 * 2 ** ((screen[10] & 7) + 1) : 0)
  while (at + 2 <= reader.size) {
    const [kind, label] = await reader.bytes(at, 2)
    if (kind === 0x3b) break
    if (kind === 0x2c) {
      const flags = (await reader.bytes(at + 9, 1))[0]
      at = await past(reader, at + 11 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0))
    } else if (kind === 0x21) {
      const name = label === 0xff ? (await reader.bytes(at + 3, 11)).toString('latin1') : ''
      const end = await past(reader, at + 2)
      if (name === mark) found.xmp.push((await reader.bytes(at + 14, Math.max(0, end - at - 14 - trailer))).toString('utf8'))
      else if (label === 0xfe)
        found.text.Comment ??= (await reader.bytes(at + 3, Math.min(255, end - at - 3))).toString('utf8').replace(/\0$/, '')
      at = end
    } else break
  }
  return found
}

async function past(reader, at) {
  for (;;) {
    const length = (await reader.bytes(at, 1))[0]
    at += 1 + length
    if (length === 0) return at
  }
}
