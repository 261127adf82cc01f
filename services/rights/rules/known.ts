import type { Box } from './box.ts'
import type { LeafSet } from './leaf-set.ts'
import type { Limits } from './scope.ts'

/** Mirrors of the database enums, so that rules and pages need no database client. A db test holds them equal. */
export const releaseKinds = ['MODEL', 'PROPERTY'] as const
export type ReleaseKind = (typeof releaseKinds)[number]
export const releaseStatuses = ['UNLIMITED', 'LIMITED', 'NONE', 'NOT_APPLICABLE', 'WITHDRAWN'] as const
export type ReleaseStatus = (typeof releaseStatuses)[number]
export const restrictionKinds = ['EMBARGO', 'EDITORIAL_ONLY', 'HOLDBACK', 'LEGAL_HOLD', 'SENSITIVE', 'OTHER'] as const
export type RestrictionKind = (typeof restrictionKinds)[number]
export const claimStates = ['HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED', 'RELEASED', 'EXPIRED', 'REVOKED', 'CONFLICT'] as const
export type ClaimState = (typeof claimStates)[number]
/** The states in which a claim occupies its scope: the predicate of `no_double_sale`. */
export const liveClaimStates = ['HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'] as const satisfies readonly ClaimState[]

/** When a row was part of what we knew. */
interface Recorded {
  recordedAt: Date
  supersededAt: Date | null
}
export interface Acquisition extends Recorded {
  id: string
  contract: string
  licensor: string
  box: Box
  subLicensable: boolean
  exclusive: boolean
}
export interface Release extends Recorded {
  id: string
  kind: ReleaseKind
  status: ReleaseStatus
  reference: string
  box: Box
  /** Of a child: the guardian signed, and nothing sensitive is ever covered, whatever the paper says. */
  minor: boolean
  guardian: string | null
  /** Uses by and with AI were consented to expressly. */
  aiUses: boolean
  /** The sensitive industries that were consented to expressly. */
  sensitive: LeafSet
}
export interface Restriction extends Recorded {
  id: string
  kind: RestrictionKind
  reason: string
  reference: string | null
  box: Box
}
/** `recordedAt` is when it was laid, `supersededAt` when it ended; null while it is live. */
export interface Claim extends Recorded {
  id: string
  licenceNo: bigint
  box: Box
  exclusive: boolean
  state: ClaimState
  /** Laid on a twin of the asset: it occupies scope here too, and lives by the twin's own rights. */
  twin?: boolean
  /** The house's own use lives by what the house may not pass on as well. */
  by?: 'holder' | 'house'
}
/** A licence in force of the one who asks. */
export interface HeldLicence extends Recorded {
  id: string
  no: bigint
  number: string
  box: Box
  exclusive: boolean
  limits: Limits
}

/** Everything known about one asset: what the engine decides on. */
export interface AssetRights {
  asset: { id: string; no: bigint; showsPeople: boolean | null; showsProperty: boolean | null; editorialOnly: boolean }
  acquisitions: readonly Acquisition[]
  releases: readonly Release[]
  restrictions: readonly Restriction[]
  claims: readonly Claim[]
  licences: readonly HeldLicence[]
}

/** The two times of a question: `at` is when the use happens, where it names no span; `knownAt` says by which knowledge. */
export interface When {
  at: Date
  knownAt: Date
}

const isKnown = ({ recordedAt, supersededAt }: Recorded, at: number): boolean =>
  recordedAt.getTime() <= at && (supersededAt === null || supersededAt.getTime() > at)

/** Claims have numbers for ids: of two the shorter one comes first. */
const inOrder = (a: { id: string }, b: { id: string }): number => a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const areInOrder = (rows: readonly { id: string }[]): boolean => {
  for (let i = 1; i < rows.length; i++) if (inOrder(rows[i - 1] as { id: string }, rows[i] as { id: string }) > 0) return false
  return true
}

/** The rows that are known, in the order of their ids: an answer does not depend on the order in which rows were read. */
export function rowsKnown<R extends Recorded & { id: string }>(rows: readonly R[], at: number): readonly R[] {
  const known = rows.every((row) => isKnown(row, at)) ? rows : rows.filter((row) => isKnown(row, at))
  return areInOrder(known) ? known : [...known].sort(inOrder)
}

/** The rights as they were known at an instant. */
export function asKnown(rights: AssetRights, knownAt: Date): AssetRights {
  const at = knownAt.getTime()
  return {
    asset: rights.asset,
    acquisitions: rowsKnown(rights.acquisitions, at),
    releases: rowsKnown(rights.releases, at),
    restrictions: rowsKnown(rights.restrictions, at),
    claims: rowsKnown(rights.claims, at),
    licences: rowsKnown(rights.licences, at),
  }
}
