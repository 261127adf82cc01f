import { covers, needed, remainder, shared, type Box } from './box.ts'
import type { AssetRights } from './known.ts'
import type { Reason, Use } from './reason.ts'

/** The use lies within the union of what may be passed on (or used, by our own people). */
export function notHeld({ acquisitions }: AssetRights, by: Use['by'], box: Box): Reason[] {
  const usable = acquisitions.filter((row) => row.subLicensable || by === 'house')
  if (usable.some((row) => covers(row.box, box))) return []
  const rest = remainder(
    [box],
    usable.map((row) => row.box),
  )
  if (rest.length === 0) return []
  const partOf = (row: { box: Box }) => shared(rest, [row.box])
  // Of what may not be passed on, those are the cause whose part nobody else fills.
  const locked = needed(acquisitions, partOf)
  const reasons: Reason[] = locked.map((row) => ({ cause: 'not-sub-licensable', id: row.id, contract: row.contract, parts: partOf(row) }))
  const gap = remainder(
    rest,
    locked.map((row) => row.box),
  )
  return gap.length > 0 ? [{ cause: 'not-held', id: null, contract: null, parts: gap }, ...reasons] : reasons
}
