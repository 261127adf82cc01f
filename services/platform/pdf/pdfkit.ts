import { drawCertificate } from './certificate.ts'
import { streamContactSheet } from './contact-sheet.ts'
import { drawInvoice } from './invoice.ts'
import type { Pdf } from './pdf.ts'
import { streamReport } from './report.ts'

/** The documents of the house, drawn with pdfkit in this process: 40 to 90 ms a certificate. */
export const pdfkitPdf = (): Pdf => ({
  certificate: drawCertificate,
  invoice: drawInvoice,
  report: streamReport,
  contactSheet: streamContactSheet,
})
