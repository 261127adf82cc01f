import { PassThrough, type Readable } from 'node:stream'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { registerFonts } from './fonts.ts'
import type { ContactSheetContent, SheetPicture } from './pdf.ts'
import { a4, ink, instantOf, plainTitle } from './sheet.ts'
import { breakLines, drawLine, leadingOf, type Style } from './typeset.ts'

/** No more than this waits unread before the next picture is drawn: a slow reader slows the reading, not the memory. */
const mostWaiting = 512 * 1024
const columns = 3
const gap = 14
const cell = { width: (a4.width - a4.left - a4.right - gap * (columns - 1)) / columns, picture: 112, height: 190 }

const title: Style = { face: 'display', size: 22, leading: 28, colour: ink.text }
const small: Style = { face: 'sans', size: 8.5, leading: 12, colour: ink.soft }
const body: Style = { face: 'sans', size: 9, leading: 13, colour: ink.text }
const name: Style = { face: 'strong', size: 8.5, leading: 11.5, colour: ink.text }

/** pdfkit takes JPEG and PNG; previews are WebP. Small on paper, so small in the file. */
const printable = async (bytes: Uint8Array) =>
  sharp(bytes)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize({ width: 480, height: 480, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 78 })
    .toBuffer()

class ContactSheet {
  readonly doc: PDFKit.PDFDocument
  private readonly root: PDFKit.PDFStructureElement
  private y = a4.top
  private at = 0
  private pages = 0

  constructor(private readonly content: ContactSheetContent) {
    const at = instantOf(content.at)
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      // Pages leave memory as they fill.
      bufferPages: false,
      pdfVersion: '1.7',
      lang: content.language === 'de' ? 'de-DE' : 'en-GB',
      displayTitle: true,
      tagged: true,
      info: { Title: plainTitle(content.title), Producer: 'Clearmark', Creator: 'Clearmark', CreationDate: at, ModDate: at },
    })
    registerFonts(this.doc)
    this.addPage()
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
    this.text('H1', content.title, title)
    this.text('P', content.subtitle, small)
    if (content.note) this.text('P', content.note, body)
    this.y += 2
    const top = this.y
    this.text('P', `${content.link.label} ${content.link.url}`, small)
    this.doc.link(a4.left, top, a4.width - a4.left - a4.right, this.y - top, content.link.url)
    this.y += 14
  }

  private addPage(): void {
    this.doc.addPage()
    this.pages++
    this.y = a4.top
    const line = `${this.content.footer}   ${this.content.page(this.pages)}`
    this.doc.markContent('Artifact', { type: 'Pagination' })
    this.draw(line, small, a4.left, a4.height - a4.bottom + 20, a4.width - a4.left - a4.right, 1)
    this.doc.endMarkedContent()
  }

  /** Lines from `y` on, cut to `most`; gives where they end. */
  private draw(words: string, style: Style, x: number, y: number, width: number, most = 99): number {
    const lines = breakLines(this.doc, words, style, width).slice(0, most)
    lines.forEach((line, index) => drawLine(this.doc, line, x, y + index * leadingOf(style) + leadingOf(style) * 0.5 + style.size * 0.34))
    return y + lines.length * leadingOf(style)
  }

  private text(tag: string, words: string, style: Style): void {
    const element = this.doc.struct(tag)
    this.root.add(element)
    let end = this.y
    element.add(() => (end = this.draw(words, style, a4.left, this.y, a4.width - a4.left - a4.right, 20)))
    element.end()
    this.y = end + 3
  }

  async picture({ place, title: titled, alt, creator, note, bytes }: SheetPicture): Promise<void> {
    const column = this.at % columns
    if (column === 0 && this.at > 0) this.y += cell.height
    if (column === 0 && this.y + cell.height > a4.height - a4.bottom) this.addPage()
    this.at++
    const x = a4.left + column * (cell.width + gap)
    const top = this.y
    if (bytes) {
      const jpeg = await printable(bytes)
      const figure = this.doc.struct('Figure', { alt: alt || titled })
      this.root.add(figure)
      figure.add(() => this.doc.image(jpeg, x, top, { fit: [cell.width, cell.picture], align: 'center', valign: 'center' }))
      figure.end()
    } else {
      this.doc.markContent('Artifact', { type: 'Layout' })
      this.doc.rect(x, top, cell.width, cell.picture).lineWidth(0.6).stroke(ink.line)
      this.doc.endMarkedContent()
    }
    const caption = this.doc.struct('P')
    this.root.add(caption)
    caption.add(() => {
      let y = this.draw(`${place}  ${titled}`, name, x, top + cell.picture + 5, cell.width, 2)
      if (creator) y = this.draw(creator, small, x, y, cell.width, 1)
      if (note) this.draw(note, small, x, y, cell.width, 3)
    })
    caption.end()
  }

  finish(): void {
    this.root.end()
    this.doc.end()
  }
}

async function draw(content: ContactSheetContent, out: PassThrough): Promise<void> {
  const pictures = content.pictures[Symbol.asyncIterator]()
  try {
    const sheet = new ContactSheet(content)
    sheet.doc.on('data', (chunk: Buffer) => out.write(chunk))
    const ended = new Promise<void>((resolve) => sheet.doc.on('end', resolve))
    for (let next = await pictures.next(); !next.done; next = await pictures.next()) {
      await sheet.picture(next.value)
      while (out.writableLength > mostWaiting && !out.destroyed)
        await new Promise((resolve) => out.once('drain', resolve).once('close', resolve))
      if (out.destroyed) throw new Error('the reader has gone')
    }
    sheet.finish()
    await ended
    out.end()
  } finally {
    await pictures.return?.()
  }
}

/** A contact sheet as a stream of PDF: pictures are read as pages are, and the reading ends when the reader leaves. */
export function streamContactSheet(content: ContactSheetContent): Readable {
  const out = new PassThrough({ highWaterMark: mostWaiting })
  draw(content, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}
