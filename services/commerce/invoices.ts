import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { formatMoney, isCurrency, money } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { InvoiceContent } from '../platform/pdf/pdf.ts'
import { documentKey } from '../platform/storage/keys.ts'
import { enqueueInvoice } from './jobs.ts'
import type { LockedLine, LockedOrder } from './locked-order.ts'
import { maySeeMoney } from './policy.ts'
import { taxOfLine } from './rules/price-snapshot.ts'
import { readInvoice, type InvoiceDocument } from './rules/invoice-document.ts'
import { invoiceNumber, seriesYear } from './rules/invoice-number.ts'
import { taxLabel } from './rules/tax.ts'

const partyFields = { name: true, address: true, country: true, email: true, vatId: true } as const

/** Write the invoice of what was licensed: the next number of the series, under the series' row lock, and its frozen words. */
export async function issueInvoice(
  tx: Ctx<'db' | 'clock' | 'actor'>,
  order: LockedOrder,
  lines: readonly LockedLine[],
): Promise<{ id: string; number: string }> {
  const at = tx.clock.now()
  const seller = await tx.db.organisation.findUniqueOrThrow({ where: { id: order.houseId }, select: { ...partyFields, timeZone: true } })
  const buyer = await tx.db.organisation.findUniqueOrThrow({ where: { id: order.orgId }, select: partyFields })
  const licences = await tx.db.licence.findMany({
    where: { id: { in: lines.flatMap((line) => line.licenceId ?? []) } },
    select: { id: true, number: true },
  })
  const payment = await tx.db.payment.findFirst({
    where: { orderId: order.id },
    orderBy: { receivedAt: 'asc' },
    select: { paymentIntentId: true },
  })
  const numberOf = new Map(licences.map((licence) => [licence.id, licence.number]))
  const issuedOn = dayOf(at, seller.timeZone)
  const { timeZone, ...sellerParty } = seller
  const first = lines[0]
  if (!first) throw new Error('an invoice needs a line')
  const tax = taxOfLine(first)
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n)
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n)

  // From here on the series' row is locked: everything slow is done.
  const [row] = await tx.db.$queryRaw<{ last: number }[]>`
    INSERT INTO invoice_series (house_id, year, last) VALUES (${order.houseId}, ${seriesYear(issuedOn)}, 1)
    ON CONFLICT (house_id, year) DO UPDATE SET last = invoice_series.last + 1 RETURNING last`
  if (!row) throw new Error('the invoice series gave no number')
  const number = invoiceNumber(seriesYear(issuedOn), row.last)
  const document: InvoiceDocument = {
    version: 1,
    kind: 'clearmark.invoice',
    number,
    issuedOn,
    timeZone,
    order: { id: order.id, number: order.number, purchaseOrder: order.purchaseOrder },
    seller: sellerParty,
    buyer,
    currency: order.currency,
    lines: lines.map((line, index) => ({
      position: index + 1,
      title: line.title,
      summary: line.summary,
      licenceNumber: (line.licenceId && numberOf.get(line.licenceId)) || null,
      netMinor: line.netMinor.toString(),
      taxMinor: line.taxMinor.toString(),
    })),
    tax: { treatment: tax.treatment, country: tax.country, basisPoints: tax.basisPoints, note: tax.note },
    netMinor: netMinor.toString(),
    taxMinor: taxMinor.toString(),
    totalMinor: (netMinor + taxMinor).toString(),
    paidOn: issuedOn,
    paymentReference: payment?.paymentIntentId ?? null,
  }
  const text = canonical(document as unknown as Json)
  const id = newId('inv', at)
  await tx.db.invoice.create({
    data: {
      id,
      number,
      houseId: order.houseId,
      orderId: order.id,
      issuedAt: at,
      document: JSON.parse(text) as object,
      documentSha256: sha256(text),
    },
  })
  await record(tx, {
    type: 'invoice.issued',
    subject: { kind: 'invoice', id },
    data: { number, order: order.id, documentSha256: sha256(text), totalMinor: document.totalMinor, currency: order.currency },
  })
  await enqueueInvoice(tx, id)
  return { id, number }
}

/** The frozen words as they are printed. */
export function invoiceContent(document: InvoiceDocument): InvoiceContent {
  const { currency } = document
  if (!isCurrency(currency)) throw new Error(`invoice ${document.number} in ${currency}`)
  const print = (minor: string): string => formatMoney(money(BigInt(minor), currency))
  const { tax } = document
  return {
    number: document.number,
    issuedOn: document.issuedOn,
    orderNumber: document.order.number,
    purchaseOrder: document.order.purchaseOrder,
    seller: { name: document.seller.name, address: document.seller.address, email: document.seller.email, vatId: document.seller.vatId },
    buyer: { name: document.buyer.name, address: document.buyer.address, vatId: document.buyer.vatId, country: document.buyer.country },
    lines: document.lines.map((line) => ({
      position: line.position,
      title: line.title,
      summary: line.summary,
      licenceNumber: line.licenceNumber,
      net: print(line.netMinor),
      tax: print(line.taxMinor),
    })),
    net: print(document.netMinor),
    tax: print(document.taxMinor),
    total: print(document.totalMinor),
    taxNote: tax.note ?? (tax.country === null ? null : `${taxLabel(tax.basisPoints)} (${tax.country})`),
    paidOn: document.paidOn,
    paymentReference: document.paymentReference,
  }
}

/** Put an invoice on paper, once: the first rendering is kept by hash and is the one that everybody gets. */
export async function renderInvoice(ctx: Ctx<'db' | 'pdf' | 'storage'>, invoiceId: string): Promise<{ key: string; sha256: string }> {
  const invoice = await ctx.db.invoice.findUnique({
    where: { id: invoiceId },
    select: { document: true, documentSha256: true, pdfKey: true, pdfSha256: true },
  })
  if (!invoice) throw new Refusal('not-found', `no invoice ${invoiceId}`)
  if (invoice.pdfKey && invoice.pdfSha256) return { key: invoice.pdfKey, sha256: invoice.pdfSha256 }
  if (sha256(canonical(invoice.document as Json)) !== invoice.documentSha256) throw new Error(`invoice ${invoiceId} is not what was issued`)
  const bytes = await ctx.pdf.invoice(invoiceContent(readInvoice(invoice.document)))
  const hash = sha256(bytes)
  // Named by its hash: two renderings at once never write over each other, and one of them is chosen below.
  const key = documentKey('invoice', `${invoiceId}-${hash.slice(0, 16)}`)
  await ctx.storage.put(key, bytes, { mediaType: 'application/pdf' })
  await ctx.db.invoice.updateMany({ where: { id: invoiceId, pdfKey: null }, data: { pdfKey: key, pdfSha256: hash } })
  const kept = await ctx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId }, select: { pdfKey: true, pdfSha256: true } })
  return { key: kept.pdfKey ?? key, sha256: kept.pdfSha256 ?? hash }
}

/** The paper for its buyer, or for those who keep the books; rendered now when its job has not been. */
export async function openInvoice(
  ctx: Ctx<'db' | 'actor' | 'pdf' | 'storage'>,
  invoiceId: string,
): Promise<{ key: string; sha256: string; size: number; fileName: string }> {
  const { actor } = ctx
  const invoice = await ctx.db.invoice.findFirst({
    where: { id: invoiceId, houseId: actor.houseId },
    select: { number: true, order: { select: { orgId: true } } },
  })
  if (!invoice || !isPerson(actor) || (invoice.order.orgId !== actor.orgId && !maySeeMoney(actor)))
    throw new Refusal('not-found', `no invoice ${invoiceId}`)
  const paper = await renderInvoice(ctx, invoiceId)
  const stored = await ctx.storage.stat(paper.key)
  if (!stored) throw new Error(`the paper of invoice ${invoiceId} is not in storage`)
  return { ...paper, size: stored.size, fileName: `invoice-${invoice.number}.pdf` }
}
