import { addDays, dayOf, endOfDay, startOfDay } from '../../kernel/period.ts'
import type { Box } from '../../rights/rules/box.ts'
import type { LeafSet } from '../../rights/rules/leaf-set.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'

/** Words for what is left of a row: an axis that lost nothing keeps the words that people agreed on. */
export function termsWithin(old: ScopeTerms | null, box: Box, zone: string, exclusive: boolean): ScopeTerms {
  const was = old && boxOf(old)
  return {
    media: old && was && box.media.covers(was.media) ? old.media : media.codesOf(box.media),
    territory: old && was ? placesLeft(old.territory, was.territory, box.territory) : { include: territories.codesOf(box.territory) },
    industry: old && was && box.industry.covers(was.industry) ? old.industry : industriesOf(box.industry),
    ...daysOf(box, old?.zone ?? zone),
    zone: old?.zone ?? zone,
    exclusive: old?.exclusive ?? exclusive,
    ...(old?.limits ? { limits: old.limits } : {}),
  }
}

const industriesOf = (set: LeafSet): string[] | 'ALL' => {
  const codes = industries.codesOf(set)
  return codes.length === 1 && codes[0] === 'ALL' ? 'ALL' : codes
}

/** Whichever says it in fewer words; only "except" keeps an open set ("worldwide") open, and for a list its rest is plainer. */
function placesLeft(old: ScopeTerms['territory'], was: LeafSet, left: LeafSet): ScopeTerms['territory'] {
  if (left.covers(was)) return old
  const rest = territories.codesOf(left)
  const lost = territories.codesOf(was.difference(left))
  if (lost.length > 0 && (left.isOpen ? lost.length <= rest.length : lost.length < rest.length))
    return { include: old.include, except: [...new Set([...(old.except ?? []), ...lost])] }
  return { include: rest }
}

const dawn = new Date('1900-01-01T00:00:00Z')
/** The days of `zone` that lie wholly within the span; a span without a beginning is written down from 1900. */
function daysOf({ period }: Box, zone: string): { from: string; until: string | null } {
  const start = period.from < dawn ? dawn : period.from
  const first = dayOf(start, zone)
  const from = startOfDay(first, zone) < start && start !== dawn ? addDays(first, 1) : first
  if (period.to === null) return { from, until: null }
  const last = addDays(dayOf(period.to, zone), -1)
  const until = endOfDay(addDays(last, 1), zone) <= period.to ? addDays(last, 1) : last
  return { from, until: until < from ? from : until }
}
