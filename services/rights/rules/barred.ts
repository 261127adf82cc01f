import { everything, intersection, remainder, without, type Box } from './box.ts'
import { releaseKinds, type AssetRights, type Release, type ReleaseKind } from './known.ts'
import type { Cause, Reason } from './reason.ts'
import { consentMedia, nonEditorialMedia } from './vocabulary/media.ts'

/** Restrictions, and consents that are limited, refused, withdrawn or missing. */
export function barredBy({ asset, restrictions, releases }: AssetRights, box: Box): Reason[] {
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
