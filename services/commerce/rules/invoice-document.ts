interface InvoiceParty {
  name: string
  address: string | null
  country: string | null
  email: string | null
  vatId: string | null
}

/** Everything that an invoice says, frozen and hashed when it is issued. Amounts are integer minor units as text. */
export interface InvoiceDocument {
  version: 1
  kind: 'clearmark.invoice'
  number: string
  /** The seller's calendar day. */
  issuedOn: string
  timeZone: string
  order: { id: string; number: string; purchaseOrder: string | null }
  seller: InvoiceParty
  buyer: InvoiceParty
  currency: string
  lines: { position: number; title: string; summary: string; licenceNumber: string | null; netMinor: string; taxMinor: string }[]
  tax: { treatment: string; country: string | null; basisPoints: number; note: string | null }
  netMinor: string
  taxMinor: string
  totalMinor: string
  paidOn: string | null
  paymentReference: string | null
}

/** Reads a stored document back; a version that this code does not know is a fault, never a guess. */
export function readInvoice(stored: unknown): InvoiceDocument {
  const document = stored as InvoiceDocument
  if (document.kind !== 'clearmark.invoice' || document.version !== 1)
    throw new Error(`unknown invoice document ${String(document.kind)} ${String(document.version)}`)
  return document
}
