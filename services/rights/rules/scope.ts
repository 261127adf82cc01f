import { addDays, endOfDay, startOfDay, type Day } from '../../kernel/period.ts'
import type { Box } from './box.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

/** Counters within a licence: copies printed, impressions, viewers, seats of people who use the file, longest edge in pixels. */
export const limitKinds = ['printRun', 'impressions', 'viewers', 'seats', 'pixels'] as const
export type LimitKind = (typeof limitKinds)[number]
export type Limits = Partial<Record<LimitKind, number>>

/** A scope as people agree on it. The words of the licence come from here, and so do its sets. */
export interface ScopeTerms {
  media: string[]
  territory: { include: string[]; except?: string[] }
  industry: string[] | 'ALL'
  /** First and last day in `zone`; `until: null` has no end. */
  from: Day
  until: Day | null
  zone: string
  exclusive: boolean
  limits?: Limits
}

/** The uses that terms stand for. Days become instants here, once: the last day ends at the next midnight of the zone. */
export function boxOf(terms: ScopeTerms): Box {
  const { include, except = [] } = terms.territory
  const within = territories.resolve(include)
  return {
    media: media.resolve(terms.media),
    territory: except.length === 0 ? within : within.difference(territories.resolve(except)),
    industry: industries.resolve(terms.industry === 'ALL' ? ['ALL'] : terms.industry),
    period: { from: startOfDay(terms.from, terms.zone), to: terms.until === null ? null : endOfDay(terms.until, terms.zone) },
  }
}

/** Days of a term, both ends counted; null has no end. */
export function daysOf(terms: Pick<ScopeTerms, 'from' | 'until'>): number | null {
  if (terms.until === null) return null
  return Math.round((Date.parse(`${addDays(terms.until, 1)}T00:00:00Z`) - Date.parse(`${terms.from}T00:00:00Z`)) / 86_400_000)
}
