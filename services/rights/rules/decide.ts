import { covers, isEmptyBox, overlaps, remainder, type Box } from './box.ts'
import { barredBy } from './barred.ts'
import { notHeld } from './held.ts'
import { asKnown, type AssetRights, type HeldLicence, type When } from './known.ts'
import type { Reason, Use } from './reason.ts'
import type { Limits } from './scope.ts'
import { takenBy } from './taken.ts'

export type { Cause, Reason, Use } from './reason.ts'

/**
 * Stored with each decision that let bytes or money move; raised when an answer may differ from before. 2: a consent covers
 * sensitive industries and AI only where it says so.
 */
export const engineVersion = 2

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
  // A use of nothing has no point that could be refused, and none that a licence could cover.
  if (isEmptyBox(box)) return { verdict: 'offer', reasons: [], licences: [] }
  const licences = coveringLicences(known.licences, use, box)
  const taken = takenBy(known, use, box)
  // What the asker holds already stands in the way of buying it again, not of using it.
  const inTheWay = licences.length > 0 ? taken.filter((reason) => !reason.own) : taken
  const reasons = [...notHeld(known, use.by, box), ...barredBy(known, box), ...inTheWay]
  if (reasons.length > 0) return { verdict: 'deny', reasons, licences: [] }
  return { verdict: licences.length > 0 ? 'allow' : 'offer', reasons: [], licences }
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
