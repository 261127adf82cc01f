import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, isCurrency, money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import type { CertificateContent } from '../platform/pdf/pdf.ts'
import { enqueue } from '../platform/queue.ts'
import { documentKey } from '../platform/storage/keys.ts'
import type { ByteRange } from '../platform/storage/storage.ts'
import { maySeeLicence } from './policy.ts'
import { beginInWords, endInWords } from './rules/certificate-words.ts'
import { readDocument, type LicenceDocument, type Party } from './rules/licence-document.ts'

export const renderCertificateJob = 'licensing.render-certificate'
export const renderCertificatePayload = z.object({ licenceId: z.string() })

/** Ask for the certificate in the transaction that issues the licence: keyed, so that one job waits however often it is asked. */
export const enqueueCertificate = (tx: Ctx<'db'>, licenceId: string): Promise<void> =>
  enqueue(tx, renderCertificateJob, { licenceId }, { key: `certificate:${licenceId}` })

const zoneOf = ({ scope }: LicenceDocument): string => {
  const { zone } = (scope.terms ?? {}) as { zone?: string }
  return zone ?? 'UTC'
}
const addressOf = ({ address, country }: Party): string | null => [address, country].filter(Boolean).join('\n') || null

/** A licence that was issued, with what its papers are made of. */
async function issuedLicence(ctx: Ctx<'db'>, licenceId: string) {
  const licence = await ctx.db.licence.findUnique({
    where: { id: licenceId },
    select: {
      id: true,
      number: true,
      document: true,
      documentSha256: true,
      keyId: true,
      certificateKey: true,
      certificateSha256: true,
      orderLineId: true,
    },
  })
  if (!licence?.document || !licence.documentSha256 || !licence.keyId) throw new Refusal('not-found', `no issued licence ${licenceId}`)
  if (sha256(licence.document) !== licence.documentSha256)
    throw new Error(`the document of licence ${licenceId} is not the one that was signed`)
  return { ...licence, document: licence.document, documentSha256: licence.documentSha256, keyId: licence.keyId }
}
type Issued = Awaited<ReturnType<typeof issuedLicence>>

/** The watermarked preview: a certificate outlives its licence, and clean pixels must not. */
async function thumbnailOf(ctx: Ctx<'db' | 'storage'>, versionId: string): Promise<Uint8Array | null> {
  const grid = await ctx.db.rendition.findUnique({
    where: { versionId_preset: { versionId, preset: 'grid' } },
    select: { storageKey: true, mediaType: true },
  })
  return grid?.mediaType.startsWith('image/') ? buffer(await ctx.storage.open(grid.storageKey)) : null
}

async function termsOf(ctx: Ctx<'db'>, { terms }: LicenceDocument): Promise<CertificateContent['terms']> {
  if (!terms) return null
  const template = await ctx.db.termsTemplate.findUniqueOrThrow({ where: { id: terms.templateId }, select: { body: true } })
  if (sha256(template.body) !== terms.sha256) throw new Error(`the terms ${terms.templateId} are not the ones that were agreed`)
  return { title: terms.title, version: terms.version, sha256: terms.sha256, body: template.body }
}

async function invoiceNumberOf(ctx: Ctx<'db'>, orderLineId: string | null): Promise<string | null> {
  if (!orderLineId) return null
  const line = await ctx.db.orderLine.findUnique({
    where: { id: orderLineId },
    select: { order: { select: { invoice: { select: { number: true } } } } },
  })
  return line?.order.invoice?.number ?? null
}

/** What the certificate says: the signed document in print, its preview, its terms in full, and the way to check it. */
export async function buildCertificateContent(ctx: Ctx<'db' | 'storage' | 'origin'>, licence: Issued): Promise<CertificateContent> {
  const document = readDocument(licence.document)
  const { licensor, holder, asset, order } = document
  const zone = zoneOf(document)
  const currency = order?.currency
  const price = order && currency && isCurrency(currency) ? `${formatMoney(money(BigInt(order.netMinor), currency))} net` : null
  return {
    number: document.number,
    issuedAt: document.issuedAt,
    keyId: licence.keyId,
    documentSha256: licence.documentSha256,
    verifyUrl: `${ctx.origin}/verify/${document.number}`,
    licensor: { name: licensor.name, address: addressOf(licensor), email: licensor.email },
    holder: { name: holder.name, address: addressOf(holder), licensee: document.licensee },
    asset: {
      id: asset.id,
      title: asset.title,
      creator: asset.creator,
      creditLine: asset.creditLine,
      fileName: asset.fileName,
      sha256: asset.sha256,
      width: asset.width,
      height: asset.height,
      thumbnail: await thumbnailOf(ctx, asset.versionId),
    },
    scope: document.scope.words.map(({ label, words, codes }) => ({ label, words, codes })),
    exclusive: document.exclusive,
    from: beginInWords(new Date(document.from), zone),
    until: endInWords(document.until === null ? null : new Date(document.until), zone),
    terms: await termsOf(ctx, document),
    orderNumber: order?.number ?? null,
    invoiceNumber: await invoiceNumberOf(ctx, licence.orderLineId),
    price,
    document: licence.document,
  }
}

type Rendering = Ctx<'db' | 'pdf' | 'storage' | 'origin'>

/**
 * Put a licence on paper, once. The first rendering is kept by hash and is the one that everybody gets, for ever: of two at
 * once the guarded update lets one win, and the loser hands back the winner's.
 */
export async function renderCertificate(
  ctx: Rendering,
  { licenceId }: z.infer<typeof renderCertificatePayload>,
): Promise<{ key: string; sha256: string }> {
  const licence = await issuedLicence(ctx, licenceId)
  if (licence.certificateKey && licence.certificateSha256) return { key: licence.certificateKey, sha256: licence.certificateSha256 }
  const content = await buildCertificateContent(ctx, licence)
  const bytes = await ctx.pdf.certificate(content)
  const hash = sha256(bytes)
  const key = documentKey('certificate', `${licenceId}-${hash.slice(0, 16)}`)
  await ctx.storage.put(key, bytes, { mediaType: 'application/pdf' })
  const { count } = await ctx.db.licence.updateMany({
    where: { id: licenceId, certificateSha256: null },
    data: { certificateKey: key, certificateSha256: hash },
  })
  if (count === 1) return { key, sha256: hash }
  const winner = await issuedLicence(ctx, licenceId)
  if (!winner.certificateKey || !winner.certificateSha256) throw new Error(`licence ${licenceId} has no certificate after its rendering`)
  if (winner.certificateKey !== key) await ctx.storage.remove(key)
  return { key: winner.certificateKey, sha256: winner.certificateSha256 }
}

/** A certificate as a file that may leave; made now where the job has not come by yet. */
export interface OpenCertificate {
  fileName: string
  mediaType: 'application/pdf'
  size: number
  etag: string
  inline: boolean
  keep: 'nobody'
  open(range: ByteRange | null): Promise<Readable>
}

/** The certificate for its holder and for those of the house who answer for licences. */
export async function openCertificate(ctx: Rendering & Ctx<'actor'>, licenceId: string): Promise<OpenCertificate> {
  const licence = await ctx.db.licence.findFirst({
    where: { id: licenceId, houseId: ctx.actor.houseId, document: { not: null } },
    select: { holderOrgId: true, number: true },
  })
  if (!licence || !maySeeLicence(ctx.actor, licence)) throw new Refusal('not-found', `no certificate of ${licenceId}`)
  const { key, sha256: hash } = await renderCertificate(ctx, { licenceId })
  const stat = await ctx.storage.stat(key)
  if (!stat) throw new Error(`the certificate ${key} is not in the storage`)
  return {
    fileName: `${licence.number}.pdf`,
    mediaType: 'application/pdf',
    size: stat.size,
    etag: `"${hash}"`,
    inline: true,
    keep: 'nobody',
    open: (range) => ctx.storage.open(key, range ?? undefined),
  }
}
