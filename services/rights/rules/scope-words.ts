import { catalogue } from '../../kernel/catalogue.ts'
import { dayInWords } from '../../kernel/days.ts'
import { formatNumber, inARow, type Language } from '../../kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }
import { limitKinds, type Limits, type ScopeTerms } from './scope.ts'
import { industryNames } from './vocabulary/industry-names.ts'
import { industryNamesGerman } from './vocabulary/industry-names-german.ts'
import { mediaNames } from './vocabulary/media-names.ts'
import { mediaNamesGerman } from './vocabulary/media-names-german.ts'
import { territoryNames } from './vocabulary/territory-names.ts'
import { territoryNamesGerman } from './vocabulary/territory-names-german.ts'

export { dayInWords }

/** One line of a scope, for people and for machines: pages, mails, certificates and metadata show the same rows. */
export interface ScopeRow {
  /** Its title; in English, the language of documents, also what the row is known by. */
  label: string
  words: string
  codes: string[]
}

export const sayRights = catalogue({ en, de })

type Names = Readonly<Record<string, string>>
const names: Record<Language, Record<'place' | 'medium' | 'industry', Names>> = {
  en: { place: territoryNames, medium: mediaNames, industry: industryNames },
  de: { place: territoryNamesGerman, medium: mediaNamesGerman, industry: industryNamesGerman },
}
const naming =
  (known: Names) =>
  (code: string): string =>
    known[code] ?? code

/** How a language calls what codes stand for. */
export const namesIn = (language: Language) => ({
  place: naming(names[language].place),
  medium: naming(names[language].medium),
  industry: naming(names[language].industry),
})
export const { place: placeName, medium: mediumName, industry: industryName } = namesIn('en')

/** A scope in plain words and in codes. */
export function describeScope(terms: ScopeTerms, language: Language = 'en'): ScopeRow[] {
  const t = sayRights(language)
  const { place, medium, industry: sector } = namesIn(language)
  const list = (codes: readonly string[], nameOf: (code: string) => string) => inARow(codes.map(nameOf), language)
  const { include, except = [] } = terms.territory
  const industry = terms.industry === 'ALL' ? ['ALL'] : terms.industry
  const limits = limitKinds.flatMap((kind) => (terms.limits?.[kind] === undefined ? [] : [[kind, terms.limits[kind]] as const]))
  const from = dayInWords(terms.from, language)
  const places = list(include, place)
  const rows: ScopeRow[] = [
    { label: t('scope.media'), words: list(terms.media, medium), codes: terms.media },
    {
      label: t('scope.territory'),
      words: except.length > 0 ? t('scope.except', { places, others: list(except, place) }) : places,
      codes: [...include, ...except.map((code) => `-${code}`)],
    },
    { label: t('scope.industry'), words: list(industry, sector), codes: industry },
    {
      label: t('scope.period'),
      words: terms.until === null ? t('scope.open', { from }) : t('scope.span', { from, until: dayInWords(terms.until, language) }),
      codes: [terms.from, terms.until ?? 'open', terms.zone],
    },
    {
      label: t('scope.exclusivity'),
      words: t(terms.exclusive ? 'scope.exclusive' : 'scope.non-exclusive'),
      codes: [terms.exclusive ? 'exclusive' : 'non-exclusive'],
    },
  ]
  if (limits.length > 0)
    rows.push({
      label: t('scope.limits'),
      words: inARow(
        limits.map(([kind, most]) => t(`limits.${kind}`, { n: formatNumber(most, language) })),
        language,
      ),
      codes: limits.map(([kind, most]) => `${kind}=${most}`),
    })
  return rows
}

/** The terms behind rows that `describeScope` made: each rendering of a licence can be read back to the same scope. */
export function readScope(rows: readonly ScopeRow[]): ScopeTerms {
  const codes = (label: 'Media' | 'Territory' | 'Industry' | 'Period' | 'Exclusivity' | 'Limits'): string[] => rows.find((row) => row.label === label)?.codes ?? []
  const places = codes('Territory')
  const except = places.filter((code) => code.startsWith('-')).map((code) => code.slice(1))
  const [from = '', until = '', zone = ''] = codes('Period')
  const limits = Object.fromEntries(
    codes('Limits')
      .map((code) => code.split('='))
      .map(([kind, most]) => [kind, Number(most)]),
  ) as Limits
  return {
    media: codes('Media'),
    territory: { include: places.filter((code) => !code.startsWith('-')), ...(except.length > 0 ? { except } : {}) },
    industry: codes('Industry')[0] === 'ALL' ? 'ALL' : codes('Industry'),
    from,
    until: until === 'open' ? null : until,
    zone,
    exclusive: codes('Exclusivity')[0] === 'exclusive',
    ...(codes('Limits').length > 0 ? { limits } : {}),
  }
}

/** The whole scope in one line, for carts, orders and lists. */
export function summariseScope(terms: ScopeTerms, language: Language = 'en'): string {
  const industry = sayRights(language)('scope.industry')
  return describeScope(terms, language)
    .filter(({ label }) => label !== industry || terms.industry !== 'ALL')
    .map(({ words }) => words)
    .join(' · ')
}
