import path from 'node:path'
import PDFDocument from 'pdfkit'


const serif = path.resolve(import.meta.dirname, '../../services/platform/pdf/fonts/newsreader-display.ttf')
const colours = [['Ink', '#1d2330'], ['Bone', '#f2eadc'], ['Clay', '#c4523a'], ['Ochre', '#dfa24f'], ['Sage', '#7f927a'], ['Sea', '#2a566d']] as const

const chapters: [string, string[]][] = [
  ['The idea', ['Northlight keeps early photographs and makes new pictures from rules. Light from the north is even and honest: it shows a thing as it is. That is how we speak and how we draw.', 'Few colours, much paper, one accent. If a page looks empty, it is nearly done.']],
  ['The logo', ['The symbol is a window. Keep its own height free on every side. On photographs use the light version on a calm part of the picture; if there is none, use another picture.', 'Never recolour, outline, tilt or animate it. Never put it into a box of your own. The smallest size is 16 pixels for the symbol and 24 millimetres for the logo.']],
  ['The colours', ['Ink for text, bone for paper, clay for the one thing that matters on a page. Ochre, sage and sea belong to pictures and charts.']],
  ['The type', ['Headlines are set in a serif with air around them, never in capitals. Text is set in a grotesque at 16 pixels or more with a line height of 1.55.']],
  ['Pictures', ['Historic photographs are shown whole: not cropped, not tinted, not mirrored. Name the maker and the year beside each: “Karl Blossfeldt, 1928”.', 'Our own patterns may be cropped freely but not recoloured.']],
]

/** The demo company's brand guidelines: a real PDF of six pages, for its brand kit. */
export function guidelines(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const doc = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 72, info: { Title: 'Northlight brand guidelines', Author: 'Northlight', CreationDate: new Date('2026-03-01T00:00:00Z') }, lang: 'en', tagged: true, displayTitle: true })
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts))).on('error', reject)
    const { width, height } = doc.page
    doc.rect(0, 0, width, height).fill('#1d2330')
    doc.save().translate(72, 72).scale(0.7)
    doc.roundedRect(0, 0, 200, 200, 18).fill('#f2eadc')
    doc.path('M36 164V64L100 30l64 34v100h-28V84l-36-19-36 19v80Z').fill('#1d2330')
    doc.path('M86 164V104h28v60Z').fill('#c4523a').restore()
    doc.font(serif).fontSize(54).fillColor('#f2eadc').text('Northlight', 72, height - 190).fontSize(20).text('Brand guidelines, version 3, spring 2026')
    for (const [title, paragraphs] of chapters) {
      doc.addPage().rect(0, 0, width, height).fill('#fbf7f0')
      doc.fillColor('#c4523a').fontSize(15).text('Northlight brand guidelines', 72, 60)
      doc.fillColor('#1d2330').fontSize(42).text(title, 72, 104)
      doc.fontSize(17)
      paragraphs.forEach((paragraph, at) => doc.text(paragraph, 72, at === 0 ? 190 : doc.y + 16, { width: 470, lineGap: 6 }))
      if (title === 'The colours')
        colours.forEach(([name, fill], at) => {
          const [x, y] = [72 + at * 116, 330]
          doc.roundedRect(x, y, 100, 100, 8).fillAndStroke(fill, '#d8cfbf')
          doc.fillColor('#1d2330').fontSize(13).text(name, x, y + 110).text(fill)
        })
    }
    doc.end()
  })
}
