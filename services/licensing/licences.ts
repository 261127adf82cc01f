import { record } from '../compliance/record.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { newId, newNumber } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import { moveClaims, takeClaims } from '../rights/claims.ts'
import type { ClaimState } from '../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import type { ReserveError } from './errors.ts'
import { documentOf, type Evidence } from './documents.ts'
import { sealDocument } from './rules/licence-document.ts'
import { licenceStates, type LicenceEnd } from './rules/licence-states.ts'
import { isGrant, type LicenceModel } from './rules/models.ts'

/*
 * The steps in a licence's life, for operations that already hold a transaction and have decided who may take them:
 * checkout, settlement, grants, refunds, disputes. What people decide at the rights desk is in standing.ts.
 */

type Tx = Ctx<'db' | 'clock' | 'actor'>

export interface Reservation {
  houseId: string
  holderOrgId: string
  licenseeName: string | null
  model: LicenceModel
  asset: { id: string; no: bigint; versionId: string }
  terms: ScopeTerms
  termsTemplateId: string | null
  /** When the hold's payment session can no longer be paid; the hold itself ends only when the provider says so. */
  holdExpiresAt: Date
  orderLineId?: string
  /** The licence that this one widens: in force until this one is issued. */
  upgradesId?: string | null
  requestId?: string
  kitGrantId?: string
  /** The prices that the line was sold by: kept with its decision. */
  priceBookId?: string | null
}
export interface Reserved {
  id: string
  no: bigint
  number: string
}

interface Shown {
  assetId: string
  model: LicenceModel
  /** The version that the licence is for; null where it was agreed on long ago. */
  versionId: string | null
}

/**
 * The assets that are no longer shown to those who would get them. Asked under the locks that `takeClaims` took, which a
 * withdrawal takes too: it has either been seen here, or comes after the licence.
 */
async function goneOf(tx: Tx, wanted: readonly Shown[]): Promise<string[]> {
  const assets = await tx.db.asset.findMany({
    where: { id: { in: wanted.map(({ assetId }) => assetId) }, houseId: tx.actor.houseId, state: 'PUBLISHED' },
    select: { id: true, audience: true, publishedVersionId: true },
  })
  const isShown = ({ assetId, model, versionId }: Shown) =>
    assets.some(
      (asset) =>
        asset.id === assetId &&
        asset.publishedVersionId !== null &&
        (versionId === null || asset.publishedVersionId === versionId) &&
        (isGrant(model) || asset.audience === 'STORE'),
    )
  return wanted.filter((one) => !isShown(one)).map(({ assetId }) => assetId)
}

/** Licences that hold their scope but give no rights yet: all of them, or none and what is in the way. */
export async function reserveLicences(tx: Tx, reservations: readonly Reservation[]): Promise<Result<Reserved[], ReserveError>> {
  const at = tx.clock.now()
  const reserved: Reserved[] = []
  for (const one of reservations) {
    const { period } = boxOf(one.terms)
    const row = await tx.db.licence.create({
      select: { id: true, no: true, number: true },
      data: {
        id: newId('lic', at),
        number: newNumber('CM', at),
        houseId: one.houseId,
        holderOrgId: one.holderOrgId,
        licenseeName: one.licenseeName,
        model: one.model,
        state: 'RESERVED',
        assetId: one.asset.id,
        versionId: one.asset.versionId,
        terms: { ...one.terms } as object,
        exclusive: one.terms.exclusive,
        startsAt: period.from,
        endsAt: period.to,
        termsTemplateId: one.termsTemplateId,
        orderLineId: one.orderLineId ?? null,
        upgradesId: one.upgradesId ?? null,
        requestId: one.requestId ?? null,
        kitGrantId: one.kitGrantId ?? null,
        createdAt: at,
      },
    })
    reserved.push(row)
  }
  const taken = await takeClaims(
    tx,
    reservations.map((one, index) => ({
      assetNo: one.asset.no,
      licenceNo: (reserved[index] as Reserved).no,
      box: boxOf(one.terms),
      exclusive: one.terms.exclusive,
      state: 'HELD',
      holdExpiresAt: one.holdExpiresAt,
      by: one.model === 'INTERNAL_GRANT' ? 'house' : 'holder',
      purpose: one.kitGrantId ? 'kit-grant' : isGrant(one.model) ? 'grant' : 'sale',
      priceBookId: one.priceBookId ?? null,
    })),
  )
  if (!taken.ok) return fail(taken.error, taken.detail)
  const gone = await goneOf(
    tx,
    reservations.map(({ asset, model }) => ({ assetId: asset.id, versionId: asset.versionId, model })),
  )
  return gone.length > 0 ? fail('asset-not-available', { assetIds: gone }) : ok(reserved)
}

/**
 * Put a reserved licence in force: its document is written, signed and frozen, its claims become active. A licence whose
 * scope is no longer held is never issued, whatever its row says: the caller undoes its savepoint and treats it as taken.
 */
export async function issueLicence(
  tx: Ctx<'db' | 'clock' | 'actor' | 'signer'>,
  licenceId: string,
  evidence: Evidence,
): Promise<Result<Reserved, 'not-reserved' | 'rights-taken'>> {
  const at = tx.clock.now()
  const document = await documentOf(tx, licenceId, evidence, at)
  const { text, sha256 } = sealDocument(document)
  // The public half is there before anything that it signed: a stranger can check from the first second.
  await tx.db.signingKey.createMany({
    data: { id: tx.signer.keyId, publicKeyPem: tx.signer.publicKeyPem, createdAt: at },
    skipDuplicates: true,
  })
  const { count } = await tx.db.licence.updateMany({
    where: { id: licenceId, state: { in: licenceStates.whence('issue') } },
    data: {
      state: 'ACTIVE',
      document: text,
      documentSha256: sha256,
      signature: tx.signer.sign(text),
      keyId: tx.signer.keyId,
      issuedAt: at,
    },
  })
  if (count === 0) return fail('not-reserved')
  const licence = await tx.db.licence.findUniqueOrThrow({
    where: { id: licenceId },
    select: { id: true, no: true, number: true, holderOrgId: true, assetId: true },
  })
  const claimed = await moveClaims(tx, { licenceNos: [licence.no], from: ['HELD', 'PENDING_PAYMENT'], to: 'ACTIVE' })
  // A layout licence takes nothing from anybody (docs/decisions/084-lightboxes-and-comps.md); the database says the same.
  if (document.model !== 'COMP' && (!claimed.ok || claimed.value.moved === 0)) return fail('rights-taken')
  await record(tx, {
    type: 'licence.issued',
    subject: { kind: 'licence', id: licenceId },
    data: {
      number: licence.number,
      holder: licence.holderOrgId,
      asset: licence.assetId,
      model: document.model,
      documentSha256: sha256,
      keyId: tx.signer.keyId,
      from: document.from,
      until: document.until,
      exclusive: document.exclusive,
      order: document.order?.number ?? null,
      request: document.grant?.requestId ?? null,
      kitGrant: document.grant?.kitGrantId ?? null,
    },
  })
  return ok(licence)
}

/** The provider holds the money but has not passed it on: the scope stays taken, no longer on a clock. */
export async function awaitFunds(tx: Tx, licences: readonly { id: string; no: bigint }[]): Promise<void> {
  await tx.db.licence.updateMany({
    where: { id: { in: licences.map(({ id }) => id) }, state: { in: licenceStates.whence('awaitFunds') } },
    data: { state: 'AWAITING_PAYMENT' },
  })
  await moveClaims(tx, { licenceNos: licences.map(({ no }) => no), from: ['HELD'], to: 'PENDING_PAYMENT' })
}

/** Nobody paid: the reservations end and their scope is free again. */
export async function releaseLicences(tx: Tx, licences: readonly { id: string; no: bigint }[], reason: string): Promise<void> {
  const ended = await tx.db.licence.updateManyAndReturn({
    where: { id: { in: licences.map(({ id }) => id) }, state: { in: licenceStates.whence('release') } },
    data: { state: 'ENDED', endedBy: 'RELEASED', endReason: reason, endedAt: tx.clock.now() },
    select: { id: true, number: true },
  })
  await moveClaims(tx, { licenceNos: licences.map(({ no }) => no), from: ['HELD', 'PENDING_PAYMENT'], to: 'RELEASED' })
  // Whoever stands in line for it is told by what follows from this.
  for (const { id, number } of ended)
    await record(tx, { type: 'licence.released', subject: { kind: 'licence', id }, data: { number, reason } })
}

/** Late money: take the scope of a released reservation again, if it can still be had. On a refusal the caller undoes its savepoint. */
export async function reviveLicence(tx: Tx, licence: { id: string; no: bigint }, holdExpiresAt: Date): Promise<Result<null, ReserveError>> {
  const row = await tx.db.licence.findUniqueOrThrow({
    where: { id: licence.id },
    select: { assetId: true, model: true, terms: true, orderLineId: true },
  })
  const line = row.orderLineId ? await tx.db.orderLine.findUnique({ where: { id: row.orderLineId }, select: { priceBookId: true } }) : null
  const asset = await tx.db.asset.findUniqueOrThrow({ where: { id: row.assetId }, select: { no: true } })
  const { count } = await tx.db.licence.updateMany({
    where: { id: licence.id, state: { in: licenceStates.whence('revive') }, endedBy: 'RELEASED' },
    data: { state: 'RESERVED', endedBy: null, endReason: null, endedAt: null },
  })
  if (count === 0) return fail('rights-taken')
  const terms = row.terms as unknown as ScopeTerms
  const taken = await takeClaims(tx, [
    {
      assetNo: asset.no,
      licenceNo: licence.no,
      box: boxOf(terms),
      exclusive: terms.exclusive,
      state: 'HELD',
      holdExpiresAt,
      purpose: 'revive',
      priceBookId: line?.priceBookId ?? null,
    },
  ])
  if (!taken.ok) return fail(taken.error, taken.detail)
  const gone = await goneOf(tx, [{ assetId: row.assetId, model: row.model, versionId: null }])
  return gone.length > 0 ? fail('asset-not-available', { assetIds: gone }) : ok(null)
}

/** Paid, but not to be had: the licence is never issued and whatever it still held is free. */
export async function conflictLicence(tx: Tx, licence: { id: string; no: bigint; number: string }, why: string): Promise<void> {
  await tx.db.licence.updateMany({
    where: { id: licence.id, OR: [{ state: { in: licenceStates.whence('conflict') } }, { state: 'ENDED', endedBy: 'RELEASED' }] },
    data: { state: 'CONFLICT', endedBy: null, endReason: why, endedAt: tx.clock.now() },
  })
  await moveClaims(tx, { licenceNos: [licence.no], from: ['HELD', 'PENDING_PAYMENT'], to: 'CONFLICT' })
  await record(tx, { type: 'licence.conflicted', subject: { kind: 'licence', id: licence.id }, data: { number: licence.number, why } })
}

const claimEnds: Record<LicenceEnd, ClaimState> = {
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
  REFUNDED: 'REVOKED',
  SUPERSEDED: 'RELEASED',
  RELEASED: 'RELEASED',
}
const factOf: Record<LicenceEnd, string> = {
  EXPIRED: 'licence.expired',
  REVOKED: 'licence.revoked',
  REFUNDED: 'licence.refunded',
  SUPERSEDED: 'licence.superseded',
  RELEASED: 'licence.released',
}

/** End a licence in force or suspended. Downloads stop at once; false when it had ended already. `by` names what takes its place. */
export async function endLicence(
  tx: Tx,
  licence: { id: string; no: bigint; number: string },
  end: { by: LicenceEnd; reason: string | null; replacedBy?: string },
): Promise<boolean> {
  const { count } = await tx.db.licence.updateMany({
    where: { id: licence.id, state: { in: licenceStates.whence('end') } },
    data: { state: 'ENDED', endedBy: end.by, endReason: end.reason, endedAt: tx.clock.now() },
  })
  if (count === 0) return false
  await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE', 'SUSPENDED'], to: claimEnds[end.by] })
  await record(tx, {
    type: factOf[end.by],
    subject: { kind: 'licence', id: licence.id },
    data: { number: licence.number, reason: end.reason, ...(end.replacedBy && { replacedBy: end.replacedBy }) },
  })
  return true
}

/** Stop delivery and verification for a while; the scope stays taken. False when it was not in force. */
export async function suspendStep(tx: Tx, licence: { id: string; no: bigint; number: string }, reason: string): Promise<boolean> {
  const { count } = await tx.db.licence.updateMany({
    where: { id: licence.id, state: { in: licenceStates.whence('suspend') } },
    data: { state: 'SUSPENDED', endReason: reason },
  })
  if (count === 0) return false
  await moveClaims(tx, { licenceNos: [licence.no], from: ['ACTIVE'], to: 'SUSPENDED' })
  await record(tx, { type: 'licence.suspended', subject: { kind: 'licence', id: licence.id }, data: { number: licence.number, reason } })
  return true
}

/** Put a suspended licence back in force. False when it was not suspended. */
export async function reinstateStep(tx: Tx, licence: { id: string; no: bigint; number: string }, reason: string): Promise<boolean> {
  const { count } = await tx.db.licence.updateMany({
    where: { id: licence.id, state: { in: licenceStates.whence('reinstate') } },
    data: { state: 'ACTIVE', endReason: null },
  })
  if (count === 0) return false
  await moveClaims(tx, { licenceNos: [licence.no], from: ['SUSPENDED'], to: 'ACTIVE' })
  await record(tx, { type: 'licence.reinstated', subject: { kind: 'licence', id: licence.id }, data: { number: licence.number, reason } })
  return true
}
