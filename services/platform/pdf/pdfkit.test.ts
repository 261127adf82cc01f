import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { CertificateContent, InvoiceContent, ReportContent } from './pdf.ts'
import { pdfkitPdf } from './pdfkit.ts'

const pdf = pdfkitPdf()
const thumbnail = await sharp({ create: { width: 400, height: 300, channels: 4, background: '#3366cc80' } })
  .webp()
  .toBuffer()
const certificate: CertificateContent = {
  number: 'CM-2026-7K3QX9MB',
  issuedAt: '2026-11-21T08:15:00.000Z',
  keyId: '0123456789abcdef',
  documentSha256: 'a3'.repeat(32),
  verifyUrl: 'https://brand.example/verify/CM-2026-7K3QX9MB',
  licensor: { name: 'Meridian & Söhne', address: 'Torstraße 12\n10119 Berlin', email: 'rights@meridian.example' },
  holder: { name: 'Żółw Łódź – Сыновья – Αθηναϊκή Ώς', address: null, licensee: 'Ẵ Tiếng Việt' },
  asset: {
    id: 'ast_1',
    title: 'French Alpine landscape',
    creator: 'Eugène',
    creditLine: 'Archive',
    fileName: 'alps.jpg',
    sha256: '9f'.repeat(32),
    width: 3000,
    height: 2000,
    thumbnail,
  },
  scope: [{ label: 'Media', words: 'Websites', codes: 'web-site' }],
  exclusive: false,
  from: '1 December 2026, 00:00 (Europe/Berlin)',
  until: 'the end of 30 November 2027 (Europe/Berlin)',
  terms: { title: 'Terms', version: 3, sha256: 'bc'.repeat(32), body: '# Grant\n\nThe licensor grants.\n\nThe holder accepts.' },
  orderNumber: 'CO-1',
  invoiceNumber: 'INV-2026-00042',
  price: '€1,250.00',
  document: '{"number":"CM-2026-7K3QX9MB"}',
}
const invoice: InvoiceContent = {
  number: 'INV-2026-00042',
  issuedOn: '2026-11-21',
  orderNumber: 'CO-1',
  purchaseOrder: 'PO 1',
  seller: { name: 'Meridian', address: null, email: null, vatId: 'DE123456789' },
  buyer: { name: 'Żółw', address: 'Łódź', vatId: 'PL1', country: 'Poland' },
  lines: [{ position: 1, title: 'Alps', summary: 'Websites', licenceNumber: 'CM-1', net: '€10.00', tax: '€0.00' }],
  net: '€10.00',
  tax: '€0.00',
  total: '€10.00',
  taxNote: 'Reverse charge',
  paidOn: null,
  paymentReference: null,
}
const report = (count: number): ReportContent => ({
  title: 'Audit report',
  subtitle: 'November',
  at: '2026-11-30T10:00:00Z',
  facts: [{ label: 'Rows', value: String(count) }],
  columns: [
    { label: 'When', width: 1 },
    { label: 'What', width: 3 },
  ],
  rows: (async function* () {
    for (let index = 0; index < count; index++) yield [`day ${index}`, index === 0 ? 'Żółw' : 'licence.issued']
  })(),
  footer: 'Meridian',
})
const bytesOf = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}
/** An independent reader: what Mozilla's PDF engine sees. */
async function read(bytes: Uint8Array) {
  const doc = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages: string[] = []
  let widest = -Infinity
  for (let number = 1; number <= doc.numPages; number++) {
    const page = await doc.getPage(number)
    const { items } = await page.getTextContent()
    const [, , width = 0] = page.view
    for (const item of items)
      if ('transform' in item) widest = Math.max(widest, (item.transform[4] as number) + (item.str.trim() ? item.width : 0) - width)
    pages.push(
      items
        .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : ''))
        .join('')
        .replace(/\s+/g, ' '),
    )
  }
  return { doc, pages, text: pages.join(' '), overflow: widest }
}

describe('a certificate', () => {
  test('says what it must, in scripts of Europe, to an independent reader', async () => {
    const { text, doc } = await read(await pdf.certificate(certificate))
    for (const words of [
      certificate.number,
      certificate.holder.name.normalize('NFC'),
      certificate.until,
      'Ẵ Tiếng Việt',
      'INV-2026-00042',
      certificate.verifyUrl,
      certificate.keyId,
      'not exclusive',
      'The holder accepts.',
      'Page 1 of 2',
    ])
      expect(text).toContain(words)
    const attached = (await doc.getAttachments()) as Record<string, { content: Uint8Array }>
    expect(Buffer.from(attached['licence.json']?.content ?? []).toString()).toBe(certificate.document)
    expect((await doc.getMarkInfo())?.Marked).toBe(true)
    const { metadata, info } = await doc.getMetadata()
    expect((info as { Title: string; Language: string }).Language).toBe('en-GB')
    const xmp = metadata?.getRaw() as string
    expect(xmp).toMatch(/pdfaid:part>3</)
    expect(xmp).toMatch(/pdfuaid:part>1</)
  })

  test('is the same bytes for the same content', async () => {
    const hash = async () =>
      createHash('sha256')
        .update(await pdf.certificate(certificate))
        .digest('hex')
    expect(await hash()).toBe(await hash())
  })

  test('wraps what is too long and goes on on further pages, numbered', async () => {
    const title = `${'A very long title '.repeat(40)}${'Donaudampfschifffahrt'.repeat(30)}`
    const scope = Array.from({ length: 60 }, (_, index) => ({
      label: `Media ${index}`,
      words: 'Websites and social media '.repeat(6),
      codes: 'web-site,'.repeat(20),
    }))
    const terms = {
      title: 'Terms',
      version: 3,
      sha256: 'bc'.repeat(32),
      body: `${'The licensor grants rights. '.repeat(60)}\n\n`.repeat(30),
    }
    const { pages, overflow } = await read(
      await pdf.certificate({ ...certificate, asset: { ...certificate.asset, title, thumbnail: null }, scope, terms }),
    )
    expect(overflow).toBeLessThan(0)
    expect(pages.length).toBeGreaterThan(10)
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
    expect(pages.join(' ')).toContain('Media 59')
  })

  test('has every font embedded, says poppler', (context) => {
    try {
      execFileSync('pdffonts', ['-v'], { stdio: 'ignore' })
    } catch {
      context.skip('poppler is not installed here; pdfjs has read the same document above')
    }
    return pdf.certificate(certificate).then((bytes) => {
      const file = path.join(mkdtempSync(path.join(tmpdir(), 'clearmark-pdf-')), 'certificate.pdf')
      writeFileSync(file, bytes)
      const fonts = execFileSync('pdffonts', [file]).toString().trim().split('\n').slice(2)
      expect(fonts.length).toBeGreaterThan(4)
      for (const font of fonts) expect(font).toMatch(/ yes yes yes /)
      expect(execFileSync('pdftotext', [file, '-']).toString()).toContain('Сыновья')
    })
  })
})

test('an invoice names both VAT ids, the tax note and the total', async () => {
  const { text } = await read(await pdf.invoice(invoice))
  for (const words of ['INV-2026-00042', 'DE123456789', 'VAT ID PL1', 'Reverse charge', '€10.00', 'Payable at once', 'CM-1'])
    expect(text).toContain(words)
})

describe('a report', () => {
  test('of few rows is tagged and numbered x of y', async () => {
    const { text, doc } = await read(await bytesOf(pdf.report(report(100))))
    expect(text).toContain('End of the report: 100 rows.')
    expect(text).toContain(`Page 1 of ${doc.numPages}`)
    expect((await doc.getMarkInfo())?.Marked).toBe(true)
  })

  test('of no rows says so', async () => {
    expect((await read(await bytesOf(pdf.report(report(0))))).text).toContain('Nothing happened')
  })

  test('of many rows streams and still writes every name right', async () => {
    const { text } = await read(await bytesOf(pdf.report(report(2500))))
    expect(text).toContain('Żółw')
    expect(text).toContain('day 2499')
    expect(text).toContain('End of the report: 2,500 rows.')
  })

  test('stops asking for rows when the reader leaves', async () => {
    let asked = 0
    let closed = false
    const endless = {
      ...report(0),
      rows: (async function* () {
        try {
          for (;;) yield [`day ${asked++}`, 'licence.issued'.repeat(20)]
        } finally {
          closed = true
        }
      })(),
    }
    const stream = pdf.report(endless)
    stream.on('error', () => {})
    await new Promise((resolve) => stream.once('readable', resolve))
    await new Promise((resolve) => setTimeout(resolve, 50))
    stream.destroy()
    await expect.poll(() => closed, { timeout: 5_000 }).toBe(true)
  })
})
