import { dayOf, addDays } from '../../kernel/period.ts'
import { everything, type Box } from './box.ts'
import type { Cause, Reason } from './reason.ts'
import { LeafSet, unionOf } from './leaf-set.ts'
import { dayInWords, industryName, mediumName, placeName } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

const shown = { MODEL: 'a person', PROPERTY: 'an owner of property' } as const
const bans: Record<string, string> = {
  EMBARGO: 'Under embargo',
  EDITORIAL_ONLY: 'For editorial use only',
  HOLDBACK: 'Held back',
  LEGAL_HOLD: 'Held for legal reasons',
  SENSITIVE: 'Not for sensitive subjects',
  OTHER: 'Barred',
}
const who = ({ of }: Reason): string => (of === 'PROPERTY' ? shown.PROPERTY : shown.MODEL)
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const say: Record<Cause, (reason: Reason) => string> = {
  'not-held': () => 'The house does not hold these rights',
  'not-sub-licensable': () => 'The house may use this itself, but not pass it on',
  restriction: ({ of }) => bans[of ?? 'OTHER'] ?? 'Barred',
  'editorial-only': () => 'For editorial use only',
  'release-limited': (reason) => `Outside what ${who(reason)} consented to`,
  'release-sensitive': (reason) =>
    reason.minor ? 'A child is shown, and nobody can consent to this' : `Outside what ${who(reason)} consented to`,
  'release-ai': (reason) => `Outside what ${who(reason)} consented to`,
  'release-refused': (reason) => `${capital(who(reason))} has not consented`,
  'release-withdrawn': (reason) => `${capital(who(reason))} has withdrawn their consent`,
  'release-missing': ({ of }) =>
    of === 'PROPERTY' ? 'The release of the property shown is missing' : 'The release of a person shown is missing',
  'not-answered': ({ of }) =>
    of === 'PROPERTY'
      ? 'Nobody has said yet whether property is shown that needs a release'
      : 'Nobody has said yet whether people can be recognised',
  taken: ({ exclusive, own, twin }) =>
    own
      ? 'Your organisation holds this already'
      : twin
        ? exclusive
          ? 'A near-identical picture is licensed exclusively'
          : 'A near-identical picture is licensed already, so this one can no longer be exclusive'
        : exclusive
          ? 'Licensed exclusively to somebody else'
          : 'Licensed to others already, so it can no longer be exclusive',
}

const list = (words: string[]): string => {
  const few = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words
  return few.length < 2 ? few.join('') : `${few.slice(0, -1).join(', ')} and ${few.at(-1)}`
}

/** A set in words; an open one ("worldwide") by what it leaves out. */
function setInWords(words: Vocabulary, set: LeafSet, nameOf: (code: string) => string): string {
  const lost = LeafSet.all.difference(set)
  const codes = words.codesOf(set)
  if (set.isOpen && !lost.isEmpty && !codes.some((code) => words.exceptions.includes(code)))
    return `${nameOf(words.all)}, except ${list(words.codesOf(lost).map(nameOf))}`
  return list(codes.map(nameOf))
}

/** The part of a box that a reason hits, in words; only the axes on which it is smaller than what was asked. */
export function partInWords(part: Box, asked: Box, zone: string): string {
  const words: string[] = []
  if (!part.media.equals(asked.media)) words.push(setInWords(media, part.media, mediumName))
  if (!part.territory.equals(asked.territory)) words.push(setInWords(territories, part.territory, placeName))
  if (!part.industry.equals(asked.industry)) words.push(setInWords(industries, part.industry, industryName))
  const { from, to } = part.period
  const since = from > asked.period.from ? `from ${dayInWords(dayOf(from, zone))}` : ''
  const until = to !== null && (asked.period.to === null || to < asked.period.to) ? `until ${dayInWords(addDays(dayOf(to, zone), -1))}` : ''
  if (since || until) words.push([since, until].filter(Boolean).join(' '))
  return words.join('; ')
}

/** A whole box in words, read from its sets: right also where no terms were kept. */
export const boxInWords = (box: Box, zone: string): string => {
  const axes = [setInWords(media, box.media, mediumName), setInWords(territories, box.territory, placeName)]
  if (!box.industry.equals(LeafSet.all)) axes.push(setInWords(industries, box.industry, industryName))
  return [...axes, partInWords({ ...everything, period: box.period }, everything, zone) || 'without end'].join(' · ')
}

/** Where a reason hits. A consent that says nothing of AI or of sensitive subjects is told by these alone, and always. */
function whereInWords({ cause, parts }: Reason, asked: Box, zone: string): string {
  if (cause === 'release-sensitive') return setInWords(industries, unionOf(parts.map((part) => part.industry)), industryName)
  if (cause === 'release-ai') return setInWords(media, unionOf(parts.map((part) => part.media)), mediumName)
  const words = parts.map((part) => partInWords(part, asked, zone)).filter(Boolean)
  return words.slice(0, 3).join(' · ')
}

/**
 * A reason as one sentence. To outsiders it names what and where, never a contract; to the house's own people
 * (`contracts`) also the row that says so. The name of another customer is not in a reason at all.
 */
export function reasonInWords(reason: Reason, asked: Box, { zone, contracts = false }: { zone: string; contracts?: boolean }): string {
  const where = whereInWords(reason, asked, zone)
  const source = contracts && reason.contract ? ` (${reason.contract})` : ''
  return `${say[reason.cause](reason)}${source}${where ? `: ${where}` : ''}.`
}
