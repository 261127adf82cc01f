import { intersection, type Box } from './box.ts'
import type { AssetRights } from './known.ts'
import type { Reason, Use } from './reason.ts'

/** An exclusive claim bars everybody else; an exclusive wish is barred by every claim, perpetual ones included. */
export function takenBy({ claims, licences }: AssetRights, use: Use, box: Box): Reason[] {
  const reasons: Reason[] = []
  for (const claim of claims) {
    if (!claim.exclusive && !use.exclusive) continue
    const part = intersection(box, claim.box)
    if (!part) continue
    const own = licences.some((licence) => licence.no === claim.licenceNo)
    reasons.push({
      cause: 'taken',
      id: claim.id,
      contract: null,
      exclusive: claim.exclusive,
      own,
      ...(claim.twin ? { twin: true } : {}),
      parts: [part],
    })
  }
  return reasons
}
