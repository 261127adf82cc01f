import { addDays, dayOf, endOfDay, startOfDay, type Period } from '../../kernel/period.ts'
import type { Box } from './box.ts'
import type { LeafSet } from './leaf-set.ts'
import type { ScopeTerms } from './scope.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

/** Terms made as small as a box within them, in codes and whole days; undefined where these cannot say anything of it. */
export function narrowed(terms: ScopeTerms, asked: Box, box: Box, exclusive: boolean): ScopeTerms | undefined {
  const days = sameSpan(asked.period, box.period) ? { from: terms.from, until: terms.until } : wholeDays(box.period, terms.zone)
  const territory = asked.territory.equals(box.territory) ? terms.territory : places(terms.territory, asked.territory, box.territory)
  const uses = asked.media.equals(box.media) ? terms.media : media.codesOf(box.media)
  const sectors = asked.industry.equals(box.industry) ? terms.industry : industries.codesOf(box.industry)
  if (!days || !territory || uses.length === 0 || sectors.length === 0) return undefined
  return { ...terms, ...days, territory, media: uses, industry: sectors, exclusive }
}

const sameSpan = (a: Period, b: Period): boolean => a.from.getTime() === b.from.getTime() && a.to?.getTime() === b.to?.getTime()

/** Whichever says it in fewer words, plainly where both do; only "except" keeps an open set ("worldwide") open. */
function places(terms: ScopeTerms['territory'], asked: LeafSet, kept: LeafSet): ScopeTerms['territory'] | undefined {
  const rest = territories.codesOf(kept)
  const lost = territories.codesOf(asked.difference(kept))
  const except = [...(terms.except ?? []), ...lost]
  const shorter = asked.isOpen ? lost.length <= rest.length : terms.include.length + except.length < rest.length
  if (lost.length > 0 && shorter) return { include: terms.include, except }
  return rest.length > 0 ? { include: rest } : undefined
}

/** The days of `zone` that lie wholly within a span. */
function wholeDays(span: Period, zone: string): Pick<ScopeTerms, 'from' | 'until'> | undefined {
  const first = dayOf(span.from, zone)
  const from = startOfDay(first, zone) < span.from ? addDays(first, 1) : first
  const until = span.to === null ? null : addDays(dayOf(span.to, zone), -1)
  if (until !== null && (until < from || endOfDay(until, zone) > (span.to as Date))) return undefined
  return { from, until }
}
