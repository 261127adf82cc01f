// The first page of a PDF as pixels, by PDFium (WebAssembly, built without JavaScript: nothing in a document runs).
import { readFile } from 'node:fs/promises'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { Unfit } from './unfit.mjs'

/** `edge` is the longest edge wanted in pixels; a page is given in points (1/72 inch). */
export async function readPdf(file, edge) {
  const bytes = await readFile(file)
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes).catch((error) => {
    const locked = /password/i.test(String(error?.message))
    throw new Unfit(locked ? 'unsupported' : 'unreadable', locked ? 'The PDF asks for a password.' : 'The PDF is damaged.')
  })
  const pages = document.getPageCount()
  if (pages < 1) throw new Unfit('unreadable', 'The PDF has no page.')
  const page = document.getPage(0)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Unfit('unreadable', 'The first page of the PDF has no size.')
  const longest = Math.max(originalWidth, originalHeight)
  const { data, width, height } = await page.render({ scale: Math.min(8, edge / longest), render: 'bitmap' })
  const picture = { data: Buffer.from(data), info: { width, height, channels: 4 } }
  const xmp = packetOf(bytes)
  return { picture, pages, width: Math.round(originalWidth), height: Math.round(originalHeight), xmp, extra: { title: titleOf(bytes) } }
}

/** The document's metadata stream, which the PDF specification asks to leave uncompressed for readers like this one. */
function packetOf(bytes) {
  const start = bytes.lastIndexOf('<x:xmpmeta')
  const end = start < 0 ? -1 : bytes.indexOf('</x:xmpmeta>', start)
  return end < 0 || end - start > 2_000_000 ? undefined : bytes.subarray(start, end + 12).toString('utf8')
}

/** /Title of the old information dictionary where it is plain text. */
function titleOf(bytes) {
  const at = bytes.indexOf('/Title (')
  if (at < 0) return undefined
  const [, text] = /^\/Title \(((?:[^()\\]|\\.){1,500})\)/s.exec(bytes.subarray(at, at + 600).toString('latin1')) ?? []
  if (!text) return undefined
  const raw = Buffer.from(text.replace(/\\([()\\])/g, '$1'), 'latin1')
  const wide = raw[0] === 0xfe && raw[1] === 0xff
  const words = wide ? new TextDecoder('utf-16be').decode(raw.subarray(2)) : raw.toString('latin1')
  return words.trim() || undefined
}
