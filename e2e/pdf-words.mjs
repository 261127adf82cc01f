/**
 * The words of the PDF on the standard input, by a reader that is not the one that wrote it. A program of its own: the reader
 * puts slow stand-ins in the place of JSON.stringify and others, for all that runs beside it.
 */
import { buffer } from 'node:stream/consumers'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const document = await getDocument({ data: new Uint8Array(await buffer(process.stdin)), verbosity: 0 }).promise
const pages = await Promise.all(Array.from({ length: document.numPages }, async (_, at) => (await document.getPage(at + 1)).getTextContent()))
const words = pages.flatMap((page) => page.items.map((item) => ('str' in item ? item.str : '')))
process.stdout.write(words.join(' ').replace(/\s+/g, ' '))
