import PDFDocument from 'pdfkit'
import { registerFonts } from './fonts.ts'
import type { ReportContent } from './pdf.ts'
import { ink, instantOf, plainTitle } from './sheet.ts'
import { breakLines, drawLine, leadingOf, type Line, type Style } from './typeset.ts'

const page = { width: 841.89, height: 595.28, left: 40, right: 40, top: 40, bottom: 46 }
const width = page.width - page.left - page.right

interface Look {
  title: Style
  subtitle: Style
  label: Style
  value: Style
  head: Style
  cell: Style
}
const look = (fast: boolean): Look => {
  const [sans, strong] = fast ? (['plain', 'plain-strong'] as const) : (['sans', 'strong'] as const)
  return {
    title: { face: fast ? 'plain-strong' : 'display', size: 24, leading: 30, colour: ink.text },
    subtitle: { face: sans, size: 9.5, leading: 14, colour: ink.soft },
    label: { face: sans, size: 7.5, leading: 11, colour: ink.soft },
    value: { face: strong, size: 9, leading: 13, colour: ink.text },
    head: { face: strong, size: 7.5, leading: 11, colour: ink.accent },
    cell: { face: sans, size: 7.5, leading: 10.5, colour: ink.text },
  }
}

/** The pages of a report. `fast`: Helvetica, untagged, pages leave memory as they fill; otherwise as archival as a certificate. */
export class ReportSheet {
  y = page.top
  pages = 0
  readonly doc: PDFKit.PDFDocument
  readonly look: Look
  readonly root: PDFKit.PDFStructureElement | undefined
  table: PDFKit.PDFStructureElement | undefined
  readonly columns: { label: string; x: number; width: number }[]

  constructor(
    readonly content: ReportContent,
    readonly fast: boolean,
  ) {
    const at = instantOf(content.at)
    this.doc = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: !fast,
      pdfVersion: '1.7',
      lang: 'en-GB',
      displayTitle: true,
      tagged: !fast,
      info: { Title: plainTitle(content.title), Producer: 'Clearmark', Creator: 'Clearmark', CreationDate: at, ModDate: at },
      ...(fast ? {} : { subset: 'PDF/A-3a' as const }),
    })
    registerFonts(this.doc)
    this.look = look(fast)
    const whole = content.columns.reduce((sum, column) => sum + column.width, 0)
    let x = page.left
    this.columns = content.columns.map((column) => {
      const share = (column.width / whole) * width
      const placed = { label: column.label, x, width: share - 8 }
      x += share
      return placed
    })
    this.addPage()
    if (!fast) {
      this.root = this.doc.struct('Document')
      this.doc.addStructure(this.root)
    }
  }

  addPage(): void {
    this.doc.addPage()
    this.pages++
    this.y = page.top
  }

  /** Puts drawing into a structure element, or just draws where the report is too long to be tagged. */
  tagged(parent: PDFKit.PDFStructureElement | undefined, type: string, draw: () => void): void {
    if (!parent) return draw()
    const element = this.doc.struct(type)
    parent.add(element)
    element.add(draw)
    element.end()
  }

  artifact(draw: () => void): void {
    if (this.fast) return draw()
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }

  lines(lines: Line[], style: Style, x: number, y: number): void {
    lines.forEach((line, index) => drawLine(this.doc, line, x, y + index * leadingOf(style) + leadingOf(style) * 0.5 + style.size * 0.34))
  }

  text(words: string, style: Style, type = 'P', x = page.left, room = width): void {
    const lines = breakLines(this.doc, words, style, room)
    this.tagged(this.root, type, () => this.lines(lines, style, x, this.y))
    this.y += lines.length * leadingOf(style)
  }

  rule(weight: number, colour: string): void {
    this.artifact(() =>
      this.doc
        .moveTo(page.left, this.y)
        .lineTo(page.left + width, this.y)
        .lineWidth(weight)
        .stroke(colour),
    )
  }

  opening(): void {
    this.text(this.content.title, this.look.title, 'H1')
    this.text(this.content.subtitle, this.look.subtitle)
    this.y += 10
    const across = 4
    const share = width / across
    for (let index = 0; index < this.content.facts.length; index += across) {
      let deepest = this.y
      const top = this.y
      this.content.facts.slice(index, index + across).forEach((fact, column) => {
        this.y = top
        this.text(fact.label, this.look.label, 'P', page.left + column * share, share - 12)
        this.text(fact.value, this.look.value, 'P', page.left + column * share, share - 12)
        deepest = Math.max(deepest, this.y)
      })
      this.y = deepest + 6
    }
    this.y += 6
  }

  headRow(): void {
    const cells = this.columns.map((column) => breakLines(this.doc, column.label, this.look.head, column.width))
    this.place(cells, this.look.head, 'TH', 3)
    this.rule(0.8, ink.text)
  }

  place(cells: Line[][], style: Style, type: 'TH' | 'TD', gap: number): void {
    const height = Math.max(1, ...cells.map((lines) => lines.length)) * leadingOf(style)
    const top = this.y + gap
    const draw = (row: PDFKit.PDFStructureElement | undefined) =>
      cells.forEach((lines, index) => this.tagged(row, type, () => this.lines(lines, style, this.columns[index]?.x ?? page.left, top)))
    if (this.table) {
      const row = this.doc.struct('TR')
      this.table.add(row)
      draw(row)
      row.end()
    } else if (this.fast) draw(undefined)
    else this.artifact(() => cells.forEach((lines, index) => this.lines(lines, style, this.columns[index]?.x ?? page.left, top)))
    this.y = top + height + gap
  }

  /** One row; a cell of more lines than a page holds ends with an ellipsis, the CSV has it whole. */
  row(values: readonly string[]): boolean {
    const most = 30
    const cells = this.columns.map((column, index) => {
      const lines = breakLines(this.doc, values[index] ?? '', this.look.cell, column.width)
      return lines.length <= most
        ? lines
        : [...lines.slice(0, most), ...breakLines(this.doc, '… (whole in the CSV)', this.look.cell, column.width).slice(0, 1)]
    })
    const height = Math.max(...cells.map((lines) => lines.length)) * leadingOf(this.look.cell) + 7
    const turned = this.y + height > page.height - page.bottom
    if (turned) {
      if (this.fast) this.foot(`Page ${this.pages}`)
      this.addPage()
      const table = this.table
      this.table = undefined // the repeated head is decoration: a reader of the structure has heard it already
      this.headRow()
      this.table = table
    }
    this.place(cells, this.look.cell, 'TD', 3)
    this.rule(0.35, ink.line)
    return turned
  }

  foot(text: string): void {
    const style = this.look.label
    const [left] = breakLines(this.doc, this.content.footer, style, width - 100)
    const [right] = breakLines(this.doc, text, style, 90)
    this.artifact(() => {
      if (left) drawLine(this.doc, left, page.left, page.height - 24)
      if (right) drawLine(this.doc, right, page.left + width - 90, page.height - 24, 'right', 90)
    })
  }

  finish(count: number): void {
    if (this.table) {
      this.table.end()
      this.table = undefined
    }
    if (this.y + 30 > page.height - page.bottom) {
      if (this.fast) this.foot(`Page ${this.pages}`)
      this.addPage()
    }
    this.y += 8
    this.text(
      count === 0
        ? 'Nothing happened in this span of time.'
        : `End of the report: ${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'}.`,
      this.look.subtitle,
    )
    if (this.fast) this.foot(`Page ${this.pages}, the last`)
    else
      for (let index = 0; index < this.pages; index++) {
        this.doc.switchToPage(index)
        this.foot(`Page ${index + 1} of ${this.pages}`)
      }
    this.root?.end()
    this.doc.end()
  }
}
