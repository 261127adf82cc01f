import { canonical, sha256, type Json } from '../../kernel/canonical.ts'
import type { LicenceModel } from './models.ts'

/** A row of the scope as people and as programs read it. */
export interface ScopeWords {
  label: string
  words: string
  codes: string
}
export interface Party {
  id: string
  name: string
  address: string | null
  country: string | null
  email: string | null
}

/**
 * The one licence document. Certificate, verification page, XMP and API are renderings of it and of nothing else. A new
 * field is a new `version`; documents that were issued keep theirs for ever. Instants are ISO 8601 in UTC, amounts are
 * integer minor units as text.
 */
export interface LicenceDocument {
  /** 2 says which licence it took the place of; all others are as they have always been. */
  version: 1 | 2
  kind: 'clearmark.licence'
  number: string
  licenceId: string
  licensor: Party
  holder: Party
  /** The end client, when the holder licenses for somebody else. */
  licensee: string | null
  asset: {
    id: string
    title: string
    creator: string
    creditLine: string
    versionId: string
    versionNumber: number
    fileName: string
    mediaType: string
    sha256: string
    width: number | null
    height: number | null
  }
  model: LicenceModel
  exclusive: boolean
  scope: { terms: Json; words: ScopeWords[] }
  from: string
  until: string | null
  terms: { templateId: string; title: string; version: number; sha256: string } | null
  /** What was paid, for a sale; null for a grant. */
  order: { number: string; lineId: string; currency: string; netMinor: string; taxMinor: string; priceBookId: string } | null
  /** Why it was given, for a grant; null for a sale. */
  grant: { requestId: string | null; kitGrantId: string | null; purpose: string | null } | null
  /** The narrower licence that ended when this one was issued; only in version 2. */
  supersedes?: { number: string; licenceId: string; documentSha256: string }
  issuedAt: string
  keyId: string
}

/** The text that is hashed, signed, stored and attached to the certificate. */
export function sealDocument(document: LicenceDocument): { text: string; sha256: string } {
  const text = canonical(document as unknown as Json)
  return { text, sha256: sha256(text) }
}

/** Reads a stored document back; a version that this code does not know is a fault, never a guess. */
export function readDocument(text: string): LicenceDocument {
  const document = JSON.parse(text) as LicenceDocument
  if (document.kind !== 'clearmark.licence' || ![1, 2].includes(document.version))
    throw new Error(`unknown licence document ${document.kind} ${String(document.version)}`)
  return document
}
