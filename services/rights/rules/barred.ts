import { everything, intersection, remainder, shared, without, type Box } from './box.ts'
import { releaseKinds, type AssetRights, type Release, type ReleaseKind } from './known.ts'
import type { Cause, Reason } from './reason.ts'
import type { LeafSet } from './leaf-set.ts'
import { sensitiveIndustries } from './vocabulary/industries.ts'
import { aiMedia, consentMedia, nonEditorialMedia } from './vocabulary/media.ts'

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

/**
 * `asking` is the part of the use that needs consent: it promotes, sells or trains. A missing release never means yes. Who
 * consented has consented to the box of the release, and within it to nothing sensitive and to no AI unless expressly.
 */
function withoutConsent(
  kind: ReleaseKind,
  shown: boolean | null,
  releases: readonly Release[],
  box: Box,
  asking: Box | undefined,
): Reason[] {
  const reasons: Reason[] = []
  const add = (cause: Cause, row: Release | null, parts: readonly Box[]) => {
    if (parts.length === 0) return
    reasons.push({ cause, id: row?.id ?? null, contract: row?.reference ?? null, of: kind, ...(row?.minor ? { minor: true } : {}), parts })
  }
  for (const row of releases) {
    if (row.status === 'WITHDRAWN') add('release-withdrawn', row, shared([box], [row.box]))
    else if (!asking || row.status === 'NOT_APPLICABLE') continue
    else if (row.status === 'NONE') add('release-refused', row, shared([asking], [row.box]))
    else {
      add('release-limited', row, without(asking, row.box))
      add('release-sensitive', row, shared([asking], [{ ...everything, industry: withheldIndustries(row) }]))
      if (!row.aiUses) add('release-ai', row, shared([asking], [{ ...everything, media: aiMedia }]))
    }
  }
  // Somebody who consented is asked about everything outside that consent above; without such a row there must be one.
  const consented = releases.some(settles)
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

const withheldIndustries = ({ minor, sensitive }: Release): LeafSet =>
  minor || sensitive.isEmpty ? sensitiveIndustries : sensitiveIndustries.difference(sensitive)

/** Says for the whole picture that there is a consent of this kind, whatever its reach. */
export const settles = ({ status }: Release): boolean => status === 'UNLIMITED' || status === 'LIMITED'
