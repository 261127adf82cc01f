import { wordsOf } from '#app/words/words.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { formatNumber, inARow, type Language } from '#services/kernel/language.ts'
import { isRoyaltyFree, type LicenceModel } from '#services/licensing/rules/models.ts'
import { namesIn } from '#services/rights/rules/scope-words.ts'
import { boxOf, limitKinds, type ScopeTerms } from '#services/rights/rules/scope.ts'
import { aiMedia, editorialMedia, media } from '#services/rights/rules/vocabulary/media.ts'

/** What a licence allows, what not, and how to credit, in plain words: made from its scope and its model, never beside them. */
export interface PlainTerms {
  allowed: string[]
  forbidden: string[]
  credit: string[]
}

/** The plain words of a licence. Where they and the terms differ, the terms prevail: the page says so. */
export function plainTerms(
  model: LicenceModel,
  terms: ScopeTerms,
  { creditLine, editorialOnly }: { creditLine: string; editorialOnly: boolean },
  language: Language,
): PlainTerms {
  const t = wordsOf(language, 'licence')
  const { medium, place, industry } = namesIn(language)
  const box = boxOf(terms)
  const { include, except = [] } = terms.territory
  const places = inARow(include.map(place), language)
  const last = terms.until && dayInWords(terms.until, language)
  const left = media.childrenOf(media.all).filter((code) => !media.resolve([code]).overlaps(box.media) && code !== 'ai')
  return {
    allowed: [
      t('plain.media', { names: inARow(terms.media.map(medium), language) }),
      except.length > 0 ? t('plain.except', { places, others: inARow(except.map(place), language) }) : t('plain.places', { places }),
      last ? t('plain.until', { from: dayInWords(terms.from, language), day: last }) : t('plain.endless'),
      ...(terms.exclusive ? [t('plain.alone')] : []),
      ...(isRoyaltyFree(model) ? [t('plain.again')] : []),
      t('plain.edit'),
    ],
    forbidden: [
      ...limitKinds.flatMap((kind) =>
        terms.limits?.[kind] ? [t(`cap.${kind}`, { count: formatNumber(terms.limits[kind], language) })] : [],
      ),
      ...(left.length > 0 ? [t('plain.not-media', { names: inARow(left.map(medium), language, 'or') })] : []),
      ...(terms.industry === 'ALL' ? [] : [t('plain.industries', { names: inARow(terms.industry.map(industry), language) })]),
      ...(box.media.overlaps(aiMedia) ? [] : [t('plain.no-ai')]),
      ...(editorialOnly ? [t('plain.editorial')] : []),
      t('plain.not-on'),
      t('plain.not-logo'),
      t('plain.not-harmful'),
    ],
    credit: [
      ...(creditLine ? [t('plain.credit-line', { line: creditLine })] : []),
      box.media.overlaps(editorialMedia) ? t('plain.credit-editorial') : t('plain.credit-usual'),
    ],
  }
}
