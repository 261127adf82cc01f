// MP3: ID3 version 2. Frames of text, and XMP in a private frame.
const decoders = ['latin1', 'utf16', 'utf-16be', 'utf8']

export async function readId3(reader) {
  const found = { xmp: [], id3: {} }
  const head = await reader.bytes(0, 10)
  if (head.toString('latin1', 0, 3) !== 'ID3' || head[3] < 3) return found
  const safe = (b, at) => (b[at] << 21) | (b[at + 1] << 14) | (b[at + 2] << 7) | b[at + 3]
  const tag = await reader.bytes(10, Math.min(safe(head, 6), reader.size - 10))
  for (let at = 0; at + 10 <= tag.length && tag[at] !== 0;) {
    const name = tag.toString('latin1', at, at + 4)
    const length = head[3] === 4 ? safe(tag, at + 4) : tag.readUInt32BE(at + 4)
    const body = tag.subarray(at + 10, at + 10 + length)
    if (name === 'PRIV' && body.subarray(0, 4).toString('latin1') === 'XMP\0') found.xmp.push(body.subarray(4).toString('utf8'))
    else if (name === 'WCOP') found.id3.WCOP ??= body.toString('latin1').replace(/\0.*$/s, '')
    else if (name === 'COMM') found.id3.COMM ??= text(body[0], body.subarray(4)).split('\0').at(-1)
    else if (/^T[A-Z0-9]{3}$/.test(name) && name !== 'TXXX')
      found.id3[name] ??= text(body[0], body.subarray(1)).replace(/\0+$/, '').replaceAll('\0', '; ')
    at += 10 + length
  }
  return found
}

function text(encoding, bytes) {
  if (encoding === 1) return new TextDecoder(bytes[0] === 0xfe ? 'utf-16be' : 'utf-16le').decode(bytes).replaceAll('\ufeff', '')
  return encoding === 3 ? bytes.toString('utf8') : new TextDecoder(decoders[encoding] ?? 'latin1').decode(bytes)
}
