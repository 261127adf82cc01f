import type { Readable } from 'node:stream'

export interface CertificateContent {
  number: string
  issuedAt: string
  keyId: string
  documentSha256: string
  verifyUrl: string
  licensor: { name: string; address: string | null; email: string | null }
  holder: { name: string; address: string | null; licensee: string | null }
  asset: {
    id: string
    title: string
    creator: string
    creditLine: string
    fileName: string
    sha256: string
    width: number | null
    height: number | null
    thumbnail: Uint8Array | null
  }
  /** The scope in plain words, a row a line of the scope. */
  scope: { label: string; words: string; codes: string }[]
  exclusive: boolean
  from: string
  until: string
  /** Null: a grant that names no terms beyond its scope. */
  terms: { title: string; version: number; sha256: string; body: string } | null
  orderNumber: string | null
  invoiceNumber: string | null
  price: string | null
  /** The canonical licence document, attached to the PDF. */
  document: string
}
export interface InvoiceContent {
  number: string
  issuedOn: string
  orderNumber: string
  purchaseOrder: string | null
  seller: { name: string; address: string | null; email: string | null; vatId: string | null }
  buyer: { name: string; address: string | null; vatId: string | null; country: string | null }
  lines: { position: number; title: string; summary: string; licenceNumber: string | null; net: string; tax: string }[]
  net: string
  tax: string
  total: string
  taxNote: string | null
  paidOn: string | null
  paymentReference: string | null
}
export interface ReportContent {
  /** When it was asked for; the document's own date. */
  at: string
  title: string
  subtitle: string
  facts: { label: string; value: string }[]
  columns: { label: string; width: number }[]
  /** Rows stream in: a report of a hundred thousand rows is never in memory. */
  rows: AsyncIterable<string[]>
  footer: string
}
/** One place of a contact sheet; null bytes where there is nothing to show. */
export interface SheetPicture {
  place: number
  title: string
  alt: string
  creator: string
  note: string
  bytes: Uint8Array | null
}
export interface ContactSheetContent {
  at: string
  language: string
  title: string
  subtitle: string
  note: string
  link: { label: string; url: string }
  footer: string
  page: (n: number) => string
  /** Pictures stream in: a box of a thousand is never in memory. */
  pictures: AsyncIterable<SheetPicture>
}
/** Documents on paper. Everything is tagged, searchable text with real fonts; the same content gives the same words. */
export interface Pdf {
  certificate(content: CertificateContent): Promise<Uint8Array>
  invoice(content: InvoiceContent): Promise<Uint8Array>
  report(content: ReportContent): Readable
  contactSheet(content: ContactSheetContent): Readable
}
