// PDF: the document's metadata stream, which the specification asks to leave uncompressed, and the old information dictionary.
import { lastOf } from './reader.mjs'

const largest = 4 * 1024 * 1024

export async function readPdfBlocks(reader) {
  const found = { xmp: [], pdf: {} }
  // The element around it has had two names; the one within never changed.
  const end = await lastOf(reader, Buffer.from('</rdf:RDF>'))
  if (end >= 0) {
    const from = Math.max(0, end - largest)
    const before = await reader.bytes(from, end + 10 - from)
    const start = before.lastIndexOf('<rdf:RDF')
    if (start >= 0) found.xmp.push(before.subarray(start).toString('utf8'))
  }
  const at = await lastOf(reader, Buffer.from('/Info '))
  const [, number] =
    at < 0 ? [] : (/^\/Info\s+(\d+)\s+\d+\s+R/.exec((await reader.bytes(at, Math.min(40, reader.size - at))).toString('latin1')) ?? [])
  if (number) {
    const object = await lastOf(reader, Buffer.from(`${number} 0 obj`))
    if (object >= 0) dictionary(found.pdf, (await reader.bytes(object, Math.min(65_536, reader.size - object))).toString('latin1'))
  }
  return found
}

function dictionary(pdf, text) {
  const body = text.slice(0, text.indexOf('endobj') < 0 ? undefined : text.indexOf('endobj'))
  for (const [, name, plain, hex] of body.matchAll(
    /\/(Title|Author|Subject|Keywords|Creator|Producer|CreationDate)\s*(?:\(((?:[^()\\]|\\[\s\S])*)\)|<([0-9A-Fa-f\s]*)>)/g,
  )) {
    const words = decode(hex === undefined ? unescape(plain) : Buffer.from(hex.replace(/\s/g, ''), 'hex')).trim()
    if (words) pdf[name] ??= words
  }
}

const letters = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const unescape = (text) =>
  Buffer.from(
    text.replace(/\\(?:([0-7]{1,3})|(\r\n|[\s\S]))/g, (_, octal, other) =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : /^[\r\n]/.test(other) ? '' : (letters[other] ?? other),
    ),
    'latin1',
  )

function decode(bytes) {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2))
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return bytes.subarray(3).toString('utf8')
  return bytes.toString('latin1')
}
