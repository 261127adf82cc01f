import PDFDocument from 'pdfkit'
import { registerFonts } from './fonts.ts'
import { breakLines, drawLine, leadingOf, type Line, type Style, type Words } from './typeset.ts'

/** The colours of the screen's light theme, in sRGB. */
export const ink = { text: '#17191f', soft: '#53575e', line: '#d5d4d0', accent: '#1844b9', wash: '#f4f3f0' }
export const a4 = { width: 595.28, height: 841.89, left: 56, right: 56, top: 50, bottom: 58 }

export interface Cell {
  words: Words
  style: Style
  x: number
  width: number
  align?: 'left' | 'right'
  tag?: 'TH' | 'TD'
}
interface Flowing {
  lines: Line[]
  cell: Cell
  element: PDFKit.PDFStructureElement
}

/** What pdfkit knows and its types do not yet. */
type ElementOptions = NonNullable<Parameters<PDFKit.PDFDocument['struct']>[1]>
interface FigureOptions {
  alt: string
  bbox: [number, number, number, number]
}
const headOfRow = { scope: 'Row' } as ElementOptions

/** The duty of PDF/A to declare foreign XMP namespaces, then the PDF/UA-1 mark: pdfkit can name only one of the two itself. */
const universalAccess = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description><rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>`

/** pdfkit writes the title into XML as it stands and counts its length in characters: keep to ASCII without markup. */
export const plainTitle = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]|[<>&]/g, '')
    .trim()

/** The instant of a document; content without one (a bare day is one) gets the epoch, never the present: the same content gives the same bytes. */
export const instantOf = (text: string): Date => {
  const at = Date.parse(text)
  return new Date(Number.isNaN(at) ? 0 : at)
}

/** A tagged, archival document (built to PDF/A-3a and PDF/UA-1) with a cursor: what does not fit goes on on the next page. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  y = a4.top
  private readonly root: PDFKit.PDFStructureElement
  private readonly parents: PDFKit.PDFStructureElement[]
  private readonly bytes: Promise<Uint8Array>

  constructor(title: string, at: Date) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      info: { Title: plainTitle(title), Producer: 'Clearmark', Creator: 'Clearmark', CreationDate: at, ModDate: at },
    })
    const chunks: Buffer[] = []
    this.bytes = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
      this.doc.on('end', () => resolve(Buffer.concat(chunks)))
      this.doc.on('error', reject)
    })
    this.doc.appendXML(universalAccess)
    registerFonts(this.doc)
    this.doc.addPage()
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
    this.parents = [this.root]
  }

  get width(): number {
    return a4.width - a4.left - a4.right
  }
  get bottom(): number {
    return a4.height - a4.bottom
  }

  page(): void {
    this.doc.addPage()
    this.y = a4.top
  }

  /** Goes to the next page unless `height` is left on this one. */
  room(height: number): void {
    if (this.y + height > this.bottom && this.y > a4.top) this.page()
  }

  /** Puts what `work` adds under one structure element. */
  within(type: string, work: () => void): void {
    const element = this.doc.struct(type)
    this.parents.at(-1)?.add(element)
    this.parents.push(element)
    work()
    this.parents.pop()
    element.end()
  }

  /** Something that is to be seen but not read: lines, tints. */
  artifact(work: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    work(this.doc)
    this.doc.endMarkedContent()
  }

  rule(colour = ink.line, x = a4.left, width = this.width, weight = 0.5): void {
    this.artifact((doc) =>
      doc
        .moveTo(x, this.y)
        .lineTo(x + width, this.y)
        .lineWidth(weight)
        .stroke(colour),
    )
  }

  heightOf(words: Words, style: Style, width = this.width): number {
    return breakLines(this.doc, words, style, width).length * leadingOf(style)
  }

  /** A paragraph at the cursor; the cursor moves below it. */
  text(words: Words, style: Style, options: { x?: number; width?: number; tag?: string; align?: 'left' | 'right' } = {}): void {
    const { x = a4.left, width = this.width, tag = 'P', align = 'left' } = options
    const element = this.doc.struct(tag)
    this.parents.at(-1)?.add(element)
    const cell: Cell = { words, style, x, width, align }
    this.flow([{ cell, element, lines: breakLines(this.doc, words, style, width) }])
    element.end()
  }

  /** One row of a table: cells side by side, the cursor below the highest. A row that fits on a page is not torn. */
  row(cells: readonly Cell[], options: { gap?: number; ruled?: boolean } = {}): void {
    const { gap = 6, ruled = true } = options
    const flowing: Flowing[] = []
    const height = Math.max(...cells.map((cell) => this.heightOf(cell.words, cell.style, cell.width)))
    if (height + gap * 2 < this.bottom - a4.top) this.room(height + gap * 2)
    this.within('TR', () => {
      for (const cell of cells) {
        const element = this.doc.struct(cell.tag ?? 'TD', cell.tag === 'TH' ? headOfRow : {})
        this.parents.at(-1)?.add(element)
        flowing.push({ cell, element, lines: breakLines(this.doc, cell.words, cell.style, cell.width) })
      }
      this.y += gap
      this.flow(flowing)
      this.y += gap
    })
    if (ruled) this.rule()
  }

  /** Draws columns of lines, page by page, each line into its structure element. */
  private flow(columns: Flowing[]): void {
    const rest = columns.map((column) => ({ ...column, lines: [...column.lines] }))
    for (;;) {
      let deepest = this.y
      for (const { cell, element, lines } of rest) {
        const leading = leadingOf(cell.style)
        const count = Math.min(lines.length, Math.max(this.y <= a4.top ? 1 : 0, Math.floor((this.bottom - this.y) / leading + 0.001)))
        const now = lines.splice(0, count)
        if (now.length === 0) continue
        const top = this.y
        element.add(() =>
          now.forEach((line, index) =>
            drawLine(this.doc, line, cell.x, top + index * leading + leading * 0.5 + cell.style.size * 0.34, cell.align, cell.width),
          ),
        )
        deepest = Math.max(deepest, top + now.length * leading)
      }
      this.y = deepest
      if (rest.every(({ lines }) => lines.length === 0)) return
      this.page()
    }
  }

  /** A picture or drawing with its words for those who do not see it. */
  figure(alt: string, box: { x: number; y: number; width: number; height: number }, draw: (doc: PDFKit.PDFDocument) => void): void {
    const options: FigureOptions = { alt, bbox: [box.x, box.y, box.x + box.width, box.y + box.height] }
    const element = this.doc.struct('Figure', options)
    this.parents.at(-1)?.add(element)
    element.add(() => draw(this.doc))
    element.end()
  }

  /** Writes the foot of every page (now that their number is known) and ends the document. */
  finish(left: string): Promise<Uint8Array> {
    const { start, count } = this.doc.bufferedPageRange()
    const style: Style = { face: 'sans', size: 7.5, colour: ink.soft }
    for (let index = 0; index < count; index++) {
      this.doc.switchToPage(start + index)
      this.y = a4.height - 44
      this.rule()
      this.doc.markContent('Artifact', { type: 'Pagination' })
      const [name] = breakLines(this.doc, left, style, this.width - 100)
      const [number] = breakLines(this.doc, `Page ${index + 1} of ${count}`, style, 90)
      if (name) drawLine(this.doc, name, a4.left, this.y + 15)
      if (number) drawLine(this.doc, number, a4.left + this.width - 90, this.y + 15, 'right', 90)
      this.doc.endMarkedContent()
    }
    this.root.end()
    this.doc.end()
    return this.bytes
  }
}
