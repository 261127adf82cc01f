import type { Day } from '../../kernel/period.ts'
import { limitKinds, type LimitKind, type Limits, type ScopeTerms } from './scope.ts'
import { industryNames } from './vocabulary/industry-names.ts'
import { mediaNames } from './vocabulary/media-names.ts'
import { territoryNames } from './vocabulary/territory-names.ts'

/** One line of a scope, for people and for machines: pages, mails, certificates and metadata show the same rows. */
export interface ScopeRow {
  label: 'Media' | 'Territory' | 'Industry' | 'Period' | 'Exclusivity' | 'Limits'
  words: string
  codes: string[]
}

const limitWords: Record<LimitKind, (n: string) => string> = {
  printRun: (n) => `up to ${n} printed copies`,
  impressions: (n) => `up to ${n} impressions`,
  viewers: (n) => `up to ${n} viewers`,
  seats: (n) => `up to ${n} people who work with the file`,
  pixels: (n) => `up to ${n} pixels on the longest edge`,
}

const nameOf = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code
export const placeName = (code: string): string => nameOf(territoryNames, code)
export const mediumName = (code: string): string => nameOf(mediaNames, code)
export const industryName = (code: string): string => nameOf(industryNames, code)

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** `2026-12-31` as `31 December 2026`, without a detour over instants and zones. */
export function dayInWords(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${months[(month ?? 1) - 1]} ${year}`
}

/** A scope in plain words and in codes. */
export function describeScope(terms: ScopeTerms): ScopeRow[] {
  const { include, except = [] } = terms.territory
  const industry = terms.industry === 'ALL' ? ['ALL'] : terms.industry
  const limits = limitKinds.flatMap((kind) => (terms.limits?.[kind] === undefined ? [] : [[kind, terms.limits[kind]] as const]))
  const rows: ScopeRow[] = [
    { label: 'Media', words: list(terms.media.map(mediumName)), codes: terms.media },
    {
      label: 'Territory',
      words: list(include.map(placeName)) + (except.length > 0 ? `, except ${list(except.map(placeName))}` : ''),
      codes: [...include, ...except.map((code) => `-${code}`)],
    },
    { label: 'Industry', words: list(industry.map(industryName)), codes: industry },
    {
      label: 'Period',
      words:
        terms.until === null ? `from ${dayInWords(terms.from)}, without end` : `${dayInWords(terms.from)} to ${dayInWords(terms.until)}`,
      codes: [terms.from, terms.until ?? 'open', terms.zone],
    },
    {
      label: 'Exclusivity',
      words: terms.exclusive ? 'Exclusive' : 'Non-exclusive',
      codes: [terms.exclusive ? 'exclusive' : 'non-exclusive'],
    },
  ]
  if (limits.length > 0)
    rows.push({
      label: 'Limits',
      words: list(limits.map(([kind, most]) => limitWords[kind](most.toLocaleString('en-GB')))),
      codes: limits.map(([kind, most]) => `${kind}=${most}`),
    })
  return rows
}

/** The terms behind rows that `describeScope` made: each rendering of a licence can be read back to the same scope. */
export function readScope(rows: readonly ScopeRow[]): ScopeTerms {
  const codes = (label: ScopeRow['label']): string[] => rows.find((row) => row.label === label)?.codes ?? []
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
export const summariseScope = (terms: ScopeTerms): string =>
  describeScope(terms)
    .filter(({ label }) => label !== 'Industry' || terms.industry !== 'ALL')
    .map(({ words }) => words)
    .join(' · ')
