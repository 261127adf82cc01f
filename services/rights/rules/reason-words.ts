import { dayInWords } from '../../kernel/days.ts'
import { inARow, type Language } from '../../kernel/language.ts'
import { dayOf, addDays } from '../../kernel/period.ts'
import en from '../words/en.json' with { type: 'json' }
import { everything, type Box } from './box.ts'
import type { Cause, Reason } from './reason.ts'
import { LeafSet, unionOf } from './leaf-set.ts'
import { namesIn, sayRights } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

const say = {
  'not-held': () => 'not-held',
  'not-sub-licensable': () => 'not-sub-licensable',
  restriction: () => 'restriction',
  'editorial-only': () => 'editorial-only',
  'release-limited': () => 'outside-consent',
  'release-sensitive': ({ minor }) => (minor ? 'child' : 'outside-consent'),
  'release-ai': () => 'outside-consent',
  'release-refused': () => 'release-refused',
  'release-withdrawn': () => 'release-withdrawn',
  'release-missing': () => 'release-missing',
  'not-answered': () => 'not-answered',
  taken: ({ exclusive, own, twin }) =>
    own ? 'taken-own' : twin ? (exclusive ? 'twin-exclusive' : 'twin') : exclusive ? 'taken-exclusive' : 'taken',
} as const satisfies Record<Cause, (reason: Reason) => keyof typeof en.reasons | 'restriction'>

/** What a reason says, without where. */
function cause(reason: Reason, language: Language): string {
  const t = sayRights(language)
  const key = say[reason.cause](reason)
  if (key === 'restriction') return t(`bans.${isBan(reason.of) ? reason.of : 'OTHER'}`)
  return t(`reasons.${key}`, { of: reason.of ?? 'MODEL' })
}
const isBan = (of: string | undefined): of is keyof typeof en.bans => of !== undefined && of in en.bans

function listed(words: string[], language: Language): string {
  const more = sayRights(language)('parts.more', { n: words.length - 5 })
  return inARow(words.length > 6 ? [...words.slice(0, 5), more] : words, language)
}

/** A set in words; an open one ("worldwide") by what it leaves out. */
function setInWords(words: Vocabulary, set: LeafSet, nameOf: (code: string) => string, language: Language): string {
  const lost = LeafSet.all.difference(set)
  const codes = words.codesOf(set)
  if (set.isOpen && !lost.isEmpty && !codes.some((code) => words.exceptions.includes(code)))
    return sayRights(language)('scope.except', { places: nameOf(words.all), others: listed(words.codesOf(lost).map(nameOf), language) })
  return listed(codes.map(nameOf), language)
}

/** The part of a box that a reason hits, in words; only the axes on which it is smaller than what was asked. */
export function partInWords(part: Box, asked: Box, zone: string, language: Language = 'en'): string {
  const t = sayRights(language)
  const { medium, place, industry } = namesIn(language)
  const words: string[] = []
  if (!part.media.equals(asked.media)) words.push(setInWords(media, part.media, medium, language))
  if (!part.territory.equals(asked.territory)) words.push(setInWords(territories, part.territory, place, language))
  if (!part.industry.equals(asked.industry)) words.push(setInWords(industries, part.industry, industry, language))
  const { from, to } = part.period
  const since = from > asked.period.from ? t('parts.since', { day: dayInWords(dayOf(from, zone), language) }) : ''
  const ends = to !== null && (asked.period.to === null || to < asked.period.to)
  const until = ends ? t('parts.until', { day: dayInWords(addDays(dayOf(to, zone), -1), language) }) : ''
  if (since || until) words.push([since, until].filter(Boolean).join(' '))
  return words.join('; ')
}

/** A whole box in words, read from its sets: right also where no terms were kept. */
export function boxInWords(box: Box, zone: string, language: Language = 'en'): string {
  const { medium, place, industry } = namesIn(language)
  const axes = [setInWords(media, box.media, medium, language), setInWords(territories, box.territory, place, language)]
  if (!box.industry.equals(LeafSet.all)) axes.push(setInWords(industries, box.industry, industry, language))
  const period = partInWords({ ...everything, period: box.period }, everything, zone, language)
  return [...axes, period || sayRights(language)('parts.endless')].join(' · ')
}

/** Where a reason hits. A consent that says nothing of AI or of sensitive subjects is told by these alone, and always. */
function whereInWords({ cause, parts }: Reason, asked: Box, zone: string, language: Language): string {
  const { medium, industry } = namesIn(language)
  if (cause === 'release-sensitive') return setInWords(industries, unionOf(parts.map((part) => part.industry)), industry, language)
  if (cause === 'release-ai') return setInWords(media, unionOf(parts.map((part) => part.media)), medium, language)
  const words = parts.map((part) => partInWords(part, asked, zone, language)).filter(Boolean)
  return words.slice(0, 3).join(' · ')
}

/**
 * A reason as one sentence. To outsiders it names what and where, never a contract; to the house's own people
 * (`contracts`) also the row that says so. The name of another customer is not in a reason at all.
 */
export function reasonInWords(
  reason: Reason,
  asked: Box,
  { zone, contracts = false }: { zone: string; contracts?: boolean },
  language: Language = 'en',
): string {
  const where = whereInWords(reason, asked, zone, language)
  const source = contracts && reason.contract ? ` (${reason.contract})` : ''
  return `${cause(reason, language)}${source}${where ? `: ${where}` : ''}.`
}

/** All reasons of an answer, each said once: what stands in the way of the whole wish need not be said of a part of it again. */
export function reasonsInWords(reasons: readonly Reason[], asked: Box, how: { zone: string }, language: Language = 'en'): string[] {
  const all = [...new Set(reasons.map((reason) => reasonInWords(reason, asked, how, language)))]
  return all.filter((words) => !all.some((whole) => words.startsWith(`${whole.slice(0, -1)}: `)))
}
