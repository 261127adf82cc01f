import { apart, everything, intersection, needed, remainder, shared, type Box } from './box.ts'
import { barredBy, settles } from './barred.ts'
import { notHeld } from './held.ts'
import {
  asKnown,
  type Acquisition,
  type AssetRights,
  type Claim,
  type ClaimState,
  type Release,
  type Restriction,
  type When,
} from './known.ts'
import type { Reason, Use } from './reason.ts'

/** What is to happen upstream, on one asset: rows that end, by their ids, and rows that begin. */
export interface Change {
  ends: readonly string[]
  acquisitions?: readonly Acquisition[]
  releases?: readonly Release[]
  restrictions?: readonly Restriction[]
}

/** One live claim that reaches beyond the instant: what of it was permitted and is not any more, and what still is. */
export interface ClaimImpact {
  claimId: string
  licenceNo: bigint
  exclusive: boolean
  state: ClaimState
  twin?: boolean
  lost: Box[]
  kept: Box[]
  /** Nothing that was permitted is left. */
  whole: boolean
  /** Why: the row that ended, or that begins, and the part of the loss that it causes. Minimal, as those of a denial are. */
  reasons: Reason[]
}

export interface Impact {
  claims: ClaimImpact[]
  /** Uses that could be had, beside others at least, and cannot any more; and those that now can. */
  noLongerSellable: Box[]
  nowSellable: Box[]
}

/**
 * What a change of contracts, consents and bans does to one asset, from an instant on: to each live claim and to what can
 * still be sold. What lies before the instant cannot be lost. A claim laid on a twin lives by the twin's rights, so nothing
 * happens to it here.
 */
export function impactOf(rights: AssetRights, change: Change, when: When): Impact {
  const before = asKnown(rights, when.knownAt)
  const turning = turningOf(before, change, when.at)
  const claims = before.claims.flatMap((claim): ClaimImpact[] => {
    const fate = turning.fateOf(claim)
    const { id: claimId, licenceNo, exclusive, state } = claim
    return fate ? [{ claimId, licenceNo, exclusive, state, ...(claim.twin ? { twin: true } : {}), ...fate }] : []
  })
  return { claims, ...turning.sellableBeside(before.claims.filter((claim) => claim.exclusive).map((claim) => claim.box)) }
}

/** What becomes of a claim. */
export type Fate = Pick<ClaimImpact, 'lost' | 'kept' | 'whole' | 'reasons'>

/** A change of one asset's rights without its claims: pictures with the same rights share it, whatever was sold of each. */
export interface Turning {
  /** Undefined for a claim that is over by then. */
  fateOf(claim: Pick<Claim, 'box' | 'by' | 'twin'>): Fate | undefined
  sellableBeside(taken: readonly Box[]): Pick<Impact, 'noLongerSellable' | 'nowSellable'>
}

/** The change of rights as they are known, from an instant on. */
export function turningOf(before: AssetRights, change: Change, at: Date): Turning {
  const after = changed(before, change)
  const ahead: Box = { ...everything, period: { from: at, to: null } }
  const turns = new Map<Use['by'], Turn>()
  const turnOf = (by: Use['by']): Turn => {
    const turn = turns.get(by) ?? turnFrom(before, after, by, ahead)
    turns.set(by, turn)
    return turn
  }
  return {
    fateOf({ box, by = 'holder', twin }) {
      const future = intersection(box, ahead)
      if (!future) return undefined
      if (twin) return { lost: [], kept: [future], whole: false, reasons: [] }
      const turn = turnOf(by)
      const lost = shared([future], turn.lost)
      const kept = remainder([future], [...turn.refused, ...turn.lost])
      return { lost, kept, whole: lost.length > 0 && kept.length === 0, reasons: turn.causesOf(lost) }
    },
    sellableBeside(taken) {
      const { lost, gained } = turnOf('holder')
      return { noLongerSellable: remainder(lost, taken), nowSellable: remainder(gained, taken) }
    },
  }
}

/** The rights after the change: the rows that end are gone, those that begin are known. */
export function changed(known: AssetRights, { ends, acquisitions = [], releases = [], restrictions = [] }: Change): AssetRights {
  const gone = new Set(ends)
  const stays = (row: { id: string }) => !gone.has(row.id)
  return {
    ...known,
    acquisitions: [...known.acquisitions.filter(stays), ...acquisitions],
    releases: [...known.releases.filter(stays), ...releases],
    restrictions: [...known.restrictions.filter(stays), ...restrictions],
  }
}

interface Turn {
  /** What was refused before already. */
  refused: Box[]
  lost: Box[]
  gained: Box[]
  causesOf: (lost: readonly Box[]) => Reason[]
}

function turnFrom(before: AssetRights, after: AssetRights, by: Use['by'], ahead: Box): Turn {
  const [heldBefore, barredBefore] = [notHeld(before, by, ahead), barredBy(before, ahead)]
  const [heldAfter, barredAfter] = [notHeld(after, by, ahead), barredBy(after, ahead)]
  const [wasRefused, isRefused] = [partsOf([...heldBefore, ...barredBefore]), partsOf([...heldAfter, ...barredAfter])]
  // What a ban or a release that stays refuses, it refuses before and after: only the others can make a difference.
  const known = new Set<object>([...after.restrictions, ...after.releases])
  const stays = new Set([...before.restrictions, ...before.releases].flatMap((row) => (known.has(row) ? row.id : [])))
  const turning = (reasons: readonly Reason[]) => partsOf(reasons.filter(({ id }) => id === null || !stays.has(id)))
  return {
    refused: wasRefused,
    lost: apart(remainder([...partsOf(heldAfter), ...turning(barredAfter)], wasRefused)),
    gained: apart(remainder([...partsOf(heldBefore), ...turning(barredBefore)], isRefused)),
    causesOf: (part) => [...noLongerHeld(before, after, by, heldAfter, part), ...newlyBarred(before, after, barredAfter, part)],
  }
}

const partsOf = (reasons: readonly Reason[]): Box[] => reasons.flatMap((reason) => [...reason.parts])

/** What was held is lost by the contracts that end. */
function noLongerHeld(
  before: AssetRights,
  after: AssetRights,
  by: Use['by'],
  heldAfter: readonly Reason[],
  lost: readonly Box[],
): Reason[] {
  const gap = apart(shared(lost, partsOf(heldAfter)))
  const partOf = (row: Acquisition) => shared(gap, [row.box])
  const ended = before.acquisitions.filter((row) => !after.acquisitions.includes(row) && (row.subLicensable || by === 'house'))
  return needed(ended, partOf).map((row) => ({ cause: 'not-held', id: row.id, contract: row.contract, parts: partOf(row) }))
}

/** What was consented to and free is lost by the bans and releases that begin; where a consent is missing now, by the one that ends. */
function newlyBarred(before: AssetRights, after: AssetRights, barredAfter: readonly Reason[], lost: readonly Box[]): Reason[] {
  return barredAfter.flatMap((reason): Reason[] => {
    const parts = shared(lost, reason.parts)
    if (parts.length === 0) return []
    if (reason.id !== null) return [{ ...reason, parts }]
    // A consent settles for its whole kind that there is one; "not needed" settles its own box.
    const partOf = (row: Release) => (row.status === 'NOT_APPLICABLE' ? shared(parts, [row.box]) : settles(row) ? parts : [])
    const ended = before.releases.filter((row) => row.kind === reason.of && !after.releases.includes(row))
    return needed(ended, partOf).map((row) => ({ ...reason, id: row.id, contract: row.reference, parts: partOf(row) }))
  })
}
