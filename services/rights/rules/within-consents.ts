import type { Language } from '../../kernel/language.ts'
import { barredBy } from './barred.ts'
import { covers, everything, intersection, type Box } from './box.ts'
import { asKnown, type AssetRights, type When } from './known.ts'
import { LeafSet, unionOf } from './leaf-set.ts'
import { boxOf, type ScopeTerms } from './scope.ts'
import { namesIn, sayRights } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'
import { consentMedia, media } from './vocabulary/media.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

/** Terms, and the codes of what was taken out of them. */
export interface WithinConsents {
  terms: ScopeTerms
  withheld: { media: string[]; industry: string[] }
}

/**
 * Terms without the industries that nobody asked for by name and that the people and owners shown have not consented to:
 * "all industries" then means all that can be had. A licence that comes as a whole (`whole`) gives up media with AI as
 * well. Whatever else bars the use still does: a use that was asked for by name is refused, not made smaller.
 */
export function withinConsents(rights: AssetRights, terms: ScopeTerms, { knownAt }: Pick<When, 'knownAt'>, whole = false): WithinConsents {
  const asked = boxOf(terms)
  const reasons = barredBy(asKnown(rights, knownAt), asked)
  const bars = (box: Box) => (part: Box) => covers({ ...part, industry: LeafSet.all }, { ...box, industry: LeafSet.none })
  const asking = intersection(asked, { ...everything, media: consentMedia })
  const lostIndustries = reasons.flatMap(({ cause, of, parts }) => {
    if (cause === 'restriction') return of === 'SENSITIVE' ? parts.filter(bars(asked)) : []
    return asking && (cause === 'release-sensitive' || cause === 'release-limited') ? parts.filter(bars(asking)) : []
  })
  const lostMedia = reasons.flatMap(({ cause, parts }) => (whole && cause === 'release-ai' ? parts : []))
  const industry =
    terms.industry === 'ALL' || whole ? asked.industry.intersection(unionOf(lostIndustries.map((part) => part.industry))) : LeafSet.none
  const medium = asked.media.intersection(unionOf(lostMedia.map((part) => part.media)))
  // Nothing would be left: that is a refusal, with its reasons.
  if (industry.equals(asked.industry) || medium.equals(asked.media)) return { terms, withheld: { media: [], industry: [] } }
  return {
    terms: {
      ...terms,
      media: lessCodes(media, terms.media, medium),
      industry: industry.isEmpty ? terms.industry : lessCodes(industries, terms.industry === 'ALL' ? ['ALL'] : terms.industry, industry),
    },
    withheld: { media: media.codesOf(medium), industry: industries.codesOf(industry) },
  }
}

/** Codes without some leaves: those that lose nothing stay as they are. */
const lessCodes = (words: Vocabulary, codes: readonly string[], lost: LeafSet): string[] =>
  codes.flatMap((code) => {
    const set = words.resolve([code])
    return set.overlaps(lost) ? words.codesOf(set.difference(lost)) : [code]
  })

/** What was taken out, as one sentence; null where nothing was. */
export function withheldInWords({ media, industry }: WithinConsents['withheld'], language: Language = 'en'): string | null {
  const name = namesIn(language)
  const names = [...industry.map(name.industry), ...media.map(name.medium)]
  return names.length === 0 ? null : sayRights(language)('consent.withheld', { names: names.join(', ') })
}
