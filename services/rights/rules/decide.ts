import type { Period } from '../../kernel/period.ts'
import { covers, everything, intersection, overlaps, remainder, without, type Box } from './box.ts'
import {
  asKnown,
  releaseKinds,
  type AssetRights,
  type HeldLicence,
  type Release,
  type ReleaseKind,
  type RestrictionKind,
  type When,
} from './known.ts'
import type { Limits } from './scope.ts'
import { consentMedia, nonEditorialMedia } from './vocabulary/media.ts'

/** Stored with each decision that let bytes or money move; raised when an answer may differ from before. */
export const engineVersion = 1

/** What somebody wants to do. Without a span the question is about the instant `at`. */
export interface Use {
  box: Omit<Box, 'period'> & { period?: Period }
  exclusive: boolean
  /** Our own people may use what we may not pass on. */
  by: 'holder' | 'house'
  limits?: Limits
}

export type Cause =
  | 'not-held'
  | 'not-sub-licensable'
  | 'restriction'
  | 'editorial-only'
  | 'release-limited'
  | 'release-refused'
  | 'release-withdrawn'
  | 'release-missing'
  | 'not-answered'
  | 'taken'

/** Why not: which row says so, by which contract, and which part of the use it hits. */
export interface Reason {
  cause: Cause
  /** The row; null where something is missing. */
  id: string | null
  /** The contract, reference or reason as the house wrote it; for its own people only. */
  contract: string | null
  of?: RestrictionKind | ReleaseKind
  /** Of a claim in the way: whether it is exclusive, and whether it is the asker's own. */
  exclusive?: boolean
  own?: boolean
  parts: readonly Box[]
}

export interface Decision {
  verdict: 'allow' | 'deny' | 'offer'
  /** Minimal: each is needed, and without all of them the denial falls. Empty unless denied. */
  reasons: Reason[]
  /** The asker's licences that cover the use; empty unless allowed. */
  licences: string[]
}

/** The box of a use; where it names no span, the instant `at`. */
export const boxOfUse = (use: Use, at: Date): Box => ({
  ...use.box,
  period: use.box.period ?? { from: at, to: new Date(at.getTime() + 1) },
})

/**
 * May this use be had? Total and deterministic: the same rights, use and times give the same answer, for ever.
 * Held, not barred, not taken, covered, in this order; every rule is a rule about points, so that the parts of the
 * reasons are together exactly the part of the use that is refused.
 */
export function decide(rights: AssetRights, use: Use, when: When): Decision {
  return decideKnown(asKnown(rights, when.knownAt), use, boxOfUse(use, when.at))
}

/** The same, on rights that hold only what is known: for many questions about one asset. */
export function decideKnown(known: AssetRights, use: Use, box: Box): Decision {
  const licences = coveringLicences(known.licences, use, box)
  const taken = takenBy(known, use, box)
  // What the asker holds already stands in the way of buying it again, not of using it.
  const inTheWay = licences.length > 0 ? taken.filter((reason) => !reason.own) : taken
  const reasons = [...notHeld(known, use, box), ...barredBy(known, box), ...inTheWay]
  if (reasons.length > 0) return { verdict: 'deny', reasons, licences: [] }
  return { verdict: licences.length > 0 ? 'allow' : 'offer', reasons: [], licences }
}

/** The use lies within the union of what may be passed on (or used, by our own people). */
function notHeld({ acquisitions }: AssetRights, use: Use, box: Box): Reason[] {
  const usable = acquisitions.filter((row) => row.subLicensable || use.by === 'house')
  if (usable.some((row) => covers(row.box, box))) return []
  const rest = remainder(
    [box],
    usable.map((row) => row.box),
  )
  if (rest.length === 0) return []
  const meets = (row: { box: Box }) => rest.some((piece) => overlaps(piece, row.box))
  let locked = acquisitions.filter((row) => !usable.includes(row) && meets(row))
  // A contract whose part the others hold as well need not be changed: it is no cause.
  for (const row of [...locked]) {
    const others = locked.filter((other) => other !== row)
    const own = rest.flatMap((piece) => intersection(piece, row.box) ?? [])
    if (
      remainder(
        own,
        others.map((other) => other.box),
      ).length === 0
    )
      locked = others
  }
  const reasons: Reason[] = locked.map((row) => ({
    cause: 'not-sub-licensable',
    id: row.id,
    contract: row.contract,
    parts: rest.flatMap((piece) => intersection(piece, row.box) ?? []),
  }))
  const gap = remainder(
    rest,
    locked.map((row) => row.box),
  )
  return gap.length > 0 ? [{ cause: 'not-held', id: null, contract: null, parts: gap }, ...reasons] : reasons
}

/** Restrictions, and consents that are limited, refused, withdrawn or missing. */
function barredBy({ asset, restrictions, releases }: AssetRights, box: Box): Reason[] {
  const reasons: Reason[] = []
  for (const row of restrictions) {
    const part = intersection(box, row.box)
    if (part) reasons.push({ cause: 'restriction', id: row.id, contract: row.reference ?? row.reason, of: row.kind, parts: [part] })
  }
  if (asset.editorialOnly) {
    const part = intersection(box, { ...everything, media: nonEditorialMedia })
    if (part) reasons.push({ cause: 'editorial-only', id: asset.id, contract: null, parts: [part] })
  }
  const asking = intersection(box, { ...everything, media: consentMedia })
  for (const kind of releaseKinds) {
    const shown = kind === 'MODEL' ? asset.showsPeople : asset.showsProperty
    reasons.push(
      ...withoutConsent(
        kind,
        shown,
        releases.filter((row) => row.kind === kind),
        box,
        asking,
      ),
    )
  }
  return reasons
}

/** `asking` is the part of the use that needs consent: it promotes, sells or trains. A missing release never means yes. */
function withoutConsent(
  kind: ReleaseKind,
  shown: boolean | null,
  releases: readonly Release[],
  box: Box,
  asking: Box | undefined,
): Reason[] {
  const reasons: Reason[] = []
  const add = (cause: Cause, row: Release | null, parts: Box[]) => {
    if (parts.length > 0) reasons.push({ cause, id: row?.id ?? null, contract: row?.reference ?? null, of: kind, parts })
  }
  for (const row of releases) {
    if (row.status === 'WITHDRAWN') add('release-withdrawn', row, [intersection(box, row.box) ?? []].flat())
    else if (!asking) continue
    else if (row.status === 'NONE') add('release-refused', row, [intersection(asking, row.box) ?? []].flat())
    else if (row.status !== 'NOT_APPLICABLE') add('release-limited', row, without(asking, row.box))
  }
  // Somebody who consented is asked about everything outside that consent above; without such a row there must be one.
  const consented = releases.some((row) => row.status === 'UNLIMITED' || row.status === 'LIMITED')
  if (asking && !consented && shown !== false)
    add(
      shown === null && releases.length === 0 ? 'not-answered' : 'release-missing',
      null,
      remainder(
        [asking],
        releases.map((row) => row.box),
      ),
    )
  return reasons
}

/** An exclusive claim bars everybody else; an exclusive wish is barred by every claim, perpetual ones included. */
function takenBy({ claims, licences }: AssetRights, use: Use, box: Box): Reason[] {
  const reasons: Reason[] = []
  for (const claim of claims) {
    if (!claim.exclusive && !use.exclusive) continue
    const part = intersection(box, claim.box)
    if (!part) continue
    const own = licences.some((licence) => licence.no === claim.licenceNo)
    reasons.push({ cause: 'taken', id: claim.id, contract: null, exclusive: claim.exclusive, own, parts: [part] })
  }
  return reasons
}

/** The asker's licences that together cover the use and whose limits leave room; none where they do not suffice. */
function coveringLicences(licences: readonly HeldLicence[], use: Use, box: Box): string[] {
  const roomy = licences.filter(
    ({ exclusive, limits }) =>
      (exclusive || !use.exclusive) &&
      Object.entries(use.limits ?? {}).every(([kind, asked]) => asked <= (limits[kind as keyof Limits] ?? Infinity)),
  )
  const whole = roomy.find((licence) => covers(licence.box, box))
  if (whole) return [whole.id]
  if (
    remainder(
      [box],
      roomy.map((licence) => licence.box),
    ).length > 0
  )
    return []
  return roomy.filter((licence) => overlaps(licence.box, box)).map((licence) => licence.id)
}
