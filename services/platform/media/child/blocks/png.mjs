// PNG: XMP as text under its keyword, EXIF as a chunk, and text of its own. Chunks are stepped over, pixels not read.
import { inflateSync } from 'node:zlib'

const most = 8 * 1024 * 1024
const inflate = (bytes) => inflateSync(bytes, { maxOutputLength: most })

export async function readPng(reader) {
  const found = { xmp: [], text: {} }
  for (let at = 8; at + 12 <= reader.size;) {
    const head = await reader.bytes(at, 8)
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    if (type === 'IEND') break
    if (/^(iTXt|tEXt|zTXt)$/.test(type) && length <= most) keep(found, textOf(type, await reader.bytes(at + 8, length)))
    if (type === 'eXIf' && length <= most) found.exif ??= await reader.bytes(at + 8, length)
    at += 12 + length
  }
  return found
}

function textOf(type, content) {
  const end = content.indexOf(0)
  const keyword = content.toString('latin1', 0, end)
  const rest = content.subarray(end + 1)
  if (type === 'tEXt') return [keyword, rest.toString('latin1')]
  if (type === 'zTXt') return [keyword, inflate(rest.subarray(1)).toString('latin1')]
  const language = rest.indexOf(0, 2)
  const translated = rest.indexOf(0, language + 1)
  const text = rest.subarray(translated + 1)
  return [keyword, (rest[0] === 1 ? inflate(text) : text).toString('utf8')]
}

function keep(found, [keyword, text]) {
  if (keyword === 'XML:com.adobe.xmp') found.xmp.push(Buffer.from(text).toString('utf8'))
  else if (/^Raw profile type (xmp|iptc|exif|APP1)$/.test(keyword)) profile(found, keyword.slice(17).toLowerCase(), text)
  else if (text.length < 100_000) found.text[keyword] ??= text
}

/** ImageMagick writes other blocks as hexadecimal digits. */
function profile(found, kind, text) {
  const [, digits = ''] = /^\s*\S+\s+\d+\s+([0-9a-fA-F\s]+)$/.exec(text) ?? []
  const bytes = Buffer.from(digits.replace(/\s/g, ''), 'hex')
  if (kind === 'xmp') found.xmp.push(bytes.toString('utf8'))
  else if (kind === 'iptc') found.resources ??= bytes
  else found.exif ??= bytes.subarray(0, 4).toString('latin1') === 'Exif' ? bytes.subarray(6) : bytes
}
