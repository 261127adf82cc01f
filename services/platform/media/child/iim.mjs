// IPTC-IIM 4.2 datasets of record 2 in a Photoshop resource block. Where 1:90 does not declare UTF-8 the bytes are tried
// as UTF-8 all the same (many programs forget to declare it) and read as Latin-1 only when they are not.
const strict = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('latin1')

const textOf = (bytes) => {
  try {
    return strict.decode(bytes)
  } catch {
    return latin1.decode(bytes)
  }
}

/** Values by dataset number of record 2: `{ 5: ['title'], 25: ['one', 'two'] }`. */
export function readIim(buffer) {
  const found = {}
  let at = buffer.indexOf(Buffer.from([0x1c, 0x02]))
  const start = buffer.indexOf(Buffer.from([0x1c, 0x01]))
  if (start >= 0 && (at < 0 || start < at)) at = start
  while (at >= 0 && at + 5 <= buffer.length && buffer[at] === 0x1c) {
    const [record, dataset] = [buffer[at + 1], buffer[at + 2]]
    const length = buffer.readUInt16BE(at + 3)
    if (length > 0x7fff || at + 5 + length > buffer.length) break
    if (record === 2) (found[dataset] ??= []).push(textOf(buffer.subarray(at + 5, at + 5 + length)).trim())
    at += 5 + length
  }
  return found
}
