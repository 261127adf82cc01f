import type { InvoiceContent } from './pdf.ts'
import { a4, ink, instantOf, Sheet, type Cell } from './sheet.ts'
import type { Style, Words } from './typeset.ts'

const label: Style = { face: 'sans', size: 8.5, leading: 13, colour: ink.soft }
const body: Style = { face: 'sans', size: 9.5, leading: 14, colour: ink.text }
const strong: Style = { ...body, face: 'strong' }

const lines = (...texts: (string | null)[]): string => texts.filter((text): text is string => !!text).join('\n')

function head(sheet: Sheet, content: InvoiceContent): void {
  const { seller, buyer } = content
  sheet.text(seller.name, { ...strong, size: 11, leading: 15 })
  sheet.text(
    lines(
      seller.address?.split(/\s*\n\s*/).join(', ') ?? null,
      [seller.email, seller.vatId && `VAT ID ${seller.vatId}`].filter(Boolean).join(' · '),
    ),
    label,
  )
  sheet.y += 30
  sheet.text('Invoice', { face: 'display', size: 34, leading: 40, colour: ink.text }, { tag: 'H1' })
  sheet.y += 14
  const half = sheet.width / 2
  const bill: Words = [
    { text: 'Billed to\n', style: label },
    { text: buyer.name, style: strong },
    { text: `\n${lines(buyer.address, buyer.country, buyer.vatId && `VAT ID ${buyer.vatId}`)}` },
  ]
  const about: [string, string | null][] = [
    ['Invoice number', content.number],
    ['Date of invoice', content.issuedOn],
    ['Date of supply', content.paidOn ?? content.issuedOn],
    ['Order', content.orderNumber],
    ['Your reference', content.purchaseOrder],
  ]
  const facts = about.filter(([, value]) => value)
  const numbers: Words = facts.flatMap(([name, value], index) => [
    { text: `${index > 0 ? '\n' : ''}${name}  `, style: label },
    { text: value as string, ...(index === 0 ? { style: strong } : {}) },
  ])
  sheet.within('Table', () =>
    sheet.row(
      [
        { words: bill, style: body, x: a4.left, width: half - 20 },
        { words: numbers, style: { ...body, leading: 15 }, x: a4.left + half, width: half },
      ],
      { gap: 0, ruled: false },
    ),
  )
}

const columns = (sheet: Sheet) => {
  const [position, net, tax] = [24, 84, 72]
  const title = sheet.width - position - net - tax
  return [
    { x: a4.left, width: position },
    { x: a4.left + position, width: title - 16 },
    { x: a4.left + position + title, width: net },
    { x: a4.left + position + title + net, width: tax },
  ] as const
}

function table(sheet: Sheet, content: InvoiceContent): void {
  const [a, b, c, d] = columns(sheet)
  const th = (words: string, at: { x: number; width: number }, align: 'left' | 'right' = 'left'): Cell => ({
    words,
    style: { ...label, size: 8 },
    ...at,
    align,
    tag: 'TH',
  })
  sheet.y += 30
  sheet.within('Table', () => {
    sheet.row([th('No.', a), th('Licence', b), th('Net', c, 'right'), th('VAT', d, 'right')], { gap: 4, ruled: false })
    sheet.rule(ink.text, a4.left, sheet.width, 0.8)
    for (const line of content.lines) {
      const words: Words = [
        { text: line.title, style: strong },
        { text: `\n${line.summary}`, style: { ...label, leading: 13 } },
        ...(line.licenceNumber ? [{ text: `\nLicence ${line.licenceNumber}`, style: label }] : []),
      ]
      sheet.row(
        [
          { words: String(line.position), style: label, ...a },
          { words, style: body, ...b },
          { words: line.net, style: body, ...c, align: 'right' },
          { words: line.tax, style: body, ...d, align: 'right' },
        ],
        { gap: 8 },
      )
    }
  })
}

function totals(sheet: Sheet, content: InvoiceContent): void {
  const x = a4.left + sheet.width - 230
  sheet.y += 8
  sheet.room(90)
  sheet.within('Table', () => {
    const row = (name: string, amount: string, style: Style) =>
      sheet.row(
        [
          { words: name, style, x, width: 110, tag: 'TH' },
          { words: amount, style, x: x + 110, width: 120, align: 'right' },
        ],
        { gap: 3, ruled: false },
      )
    row('Net', content.net, body)
    row('VAT', content.tax, body)
    sheet.y += 3
    sheet.rule(ink.text, x, 230, 0.8)
    sheet.y += 3
    row('Total', content.total, { ...strong, size: 12, leading: 18 })
  })
  sheet.y += 18
  if (content.taxNote) {
    sheet.text(content.taxNote, body)
    sheet.y += 6
  }
  const paid = content.paidOn
    ? `Paid on ${content.paidOn}${content.paymentReference ? ` · payment reference ${content.paymentReference}` : ''}. Nothing is left to pay.`
    : 'Payable at once.'
  sheet.text(paid, body)
}

/** An invoice with what Article 226 of Directive 2006/112/EC asks for; amounts and wording come frozen from the order. */
export async function drawInvoice(content: InvoiceContent): Promise<Uint8Array> {
  const sheet = new Sheet(`Invoice ${content.number}`, instantOf(content.issuedOn))
  head(sheet, content)
  table(sheet, content)
  totals(sheet, content)
  return sheet.finish(`${content.seller.name} · Invoice ${content.number}`)
}
