// The pages of a PDF as pixels, by PDFium (WebAssembly, built without JavaScript: nothing in a document runs).
import { readFile } from 'node:fs/promises'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { Unfit } from './unfit.mjs'

/** A page as pixels, its longest edge as wanted; a page is given in points (1/72 inch). */
async function drawn(page, edge) {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) return null
  const scale = Math.min(8, edge / Math.max(originalWidth, originalHeight))
  const { data, width, height } = await page.render({ scale, render: 'bitmap' })
  const picture = { data: Buffer.from(data), info: { width, height, channels: 4 } }
  return { picture, width: Math.round(originalWidth), height: Math.round(originalHeight) }
}

export async function readPdf({ path: file, edge }) {
  const bytes = await readFile(file)
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes).catch((error) => {
    const locked = /password/i.test(String(error?.message))
    throw new Unfit(locked ? 'unsupported' : 'unreadable', locked ? 'The PDF asks for a password.' : 'The PDF is damaged.')
  })
  const pages = document.getPageCount()
  if (pages < 1) throw new Unfit('unreadable', 'The PDF has no page.')
  const first = await drawn(document.getPage(0), edge)
  if (!first) throw new Unfit('unreadable', 'The first page of the PDF has no size.')
  return {
    ...first,
    form: 'PAGES',
    pages,
    // A page of its own, as pixels for the caller to make a rendition of; a damaged one is left out, the others are shown.
    sheet: (number, wanted) =>
      number <= pages
        ? Promise.resolve()
            .then(() => drawn(document.getPage(number - 1), wanted))
            .catch(() => null)
        : null,
  }
}
