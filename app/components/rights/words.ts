import type { Tone } from '#app/components/ui/badge.tsx'
import type { Openness } from '#services/rights/rules/availability.ts'
import type { ImportedSaleState } from '#services/rights/rules/imported-sale-states.ts'
import type { ClaimState, ReleaseKind, ReleaseStatus, RestrictionKind } from '#services/rights/rules/known.ts'
import type { Axis } from '#services/rights/rules/nearest.ts'

export const releaseKindWords: Record<ReleaseKind, string> = { MODEL: 'Person', PROPERTY: 'Property' }
export const releaseStatusWords: Record<ReleaseStatus, { label: string; tone: Tone }> = {
  UNLIMITED: { label: 'Consents', tone: 'success' },
  LIMITED: { label: 'Consents within limits', tone: 'info' },
  NONE: { label: 'Does not consent', tone: 'danger' },
  NOT_APPLICABLE: { label: 'Not needed', tone: 'neutral' },
  WITHDRAWN: { label: 'Withdrawn', tone: 'danger' },
}
export const restrictionWords: Record<RestrictionKind, string> = {
  EMBARGO: 'Embargo',
  EDITORIAL_ONLY: 'Editorial only',
  HOLDBACK: 'Holdback',
  LEGAL_HOLD: 'Legal hold',
  SENSITIVE: 'Sensitive subjects',
  OTHER: 'Other ban',
}
export const claimWords: Record<ClaimState, { label: string; tone: Tone }> = {
  HELD: { label: 'Held for a buyer', tone: 'warning' },
  PENDING_PAYMENT: { label: 'Payment under way', tone: 'warning' },
  ACTIVE: { label: 'In force', tone: 'success' },
  SUSPENDED: { label: 'Suspended', tone: 'danger' },
  RELEASED: { label: 'Released', tone: 'neutral' },
  EXPIRED: { label: 'Expired', tone: 'neutral' },
  REVOKED: { label: 'Revoked', tone: 'neutral' },
  CONFLICT: { label: 'Conflict', tone: 'danger' },
}
/** How another shop's sale stands, and what was done at the time that is told with it. */
export const importedSaleWords: Record<ImportedSaleState, { label: string; tone: Tone; since: string }> = {
  COLLIDES: { label: 'Collides', tone: 'danger', since: 'Looked at' },
  SETTLED: { label: 'Known conflict, without a claim', tone: 'warning', since: 'Kept as a known conflict' },
  CLAIMED: { label: 'Has its claim', tone: 'success', since: 'Tried again' },
  ENDED: { label: 'Ended', tone: 'neutral', since: 'Ended' },
}
/** Letter and pattern say it without colour. */
export const opennessWords: Record<Openness, { label: string; mark: string; tone: Tone }> = {
  open: { label: 'Open, also exclusively', mark: 'O', tone: 'success' },
  'non-exclusive': { label: 'Open, not exclusively', mark: 'N', tone: 'info' },
  partly: { label: 'Partly blocked', mark: 'P', tone: 'warning' },
  blocked: { label: 'Blocked', mark: 'B', tone: 'danger' },
}
const byLetter: Record<string, Openness> = { O: 'open', N: 'non-exclusive', P: 'partly', B: 'blocked' }
/** A grid comes to the browser as letters. */
export const opennessOfLetter = (letter: string | undefined): Openness => byLetter[letter ?? 'B'] ?? 'blocked'
export const axisWords: Record<Axis, string> = {
  exclusivity: 'Without exclusivity',
  territory: 'Fewer places',
  period: 'Another time',
  media: 'Fewer media',
  industry: 'Fewer industries',
  several: 'A smaller scope',
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** `2026-12-31` as `31 December 2026`: the browser need not know all names of places for it. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${months[(month ?? 1) - 1]} ${year}`
}
