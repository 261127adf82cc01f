import { addDays, addMonths, endOfDay, startOfDay, type Day, type Period } from '../../kernel/period.ts'
import { availability, type Openness } from './availability.ts'
import type { Box } from './box.ts'
import { asKnown, type AssetRights, type Claim, type When } from './known.ts'
import { settles } from './barred.ts'
import { LeafSet, unionOf } from './leaf-set.ts'
import { dayInWords, mediumName, placeName } from './scope-words.ts'
import { sensitiveIndustries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

/** The rows and columns of the desk's grid while nothing is opened: all media, the inhabited world, each leaf in one cell. */
export const gridMedia = media.childrenOf('ALL')
export const gridTerritory = [
  'M49:155',
  'M49:154',
  'M49:039',
  'M49:151',
  'M49:021',
  'M49:419',
  'M49:002',
  'M49:145',
  'M49:030',
  'M49:034',
  'M49:035',
  'M49:143',
  'M49:009',
] as const

/** One row or column. Those that have parts can be opened: the parts then stand behind it. */
export interface Head {
  code: string
  label: string
  parent: string | null
  parts: boolean
  open: boolean
}
export interface Axes {
  media: Head[]
  territory: Head[]
}

const leavesUnder = (words: Vocabulary, code: string): string[] => {
  const children = words.childrenOf(code)
  return children.length === 0 ? [code] : children.flatMap((child) => leavesUnder(words, child))
}
const byLabel = (a: Head, b: Head): number => a.label.localeCompare(b.label, 'en')

function headsOf(words: Vocabulary, codes: readonly string[], nameOf: (code: string) => string, opened: ReadonlySet<string>): Head[] {
  return codes.flatMap((code) => {
    const parts = words.childrenOf(code).length > 0
    const open = parts && opened.has(code)
    const leaf = (inner: string): Head => ({ code: inner, label: nameOf(inner), parent: code, parts: false, open: false })
    const head = { code, label: nameOf(code), parent: null, parts, open }
    return open ? [head, ...leavesUnder(words, code).map(leaf).sort(byLabel)] : [head]
  })
}

/** The rows and columns with some of them opened; codes that cannot be opened are passed over. */
export function axesOf(opened: readonly string[] = []): Axes {
  const set = new Set(opened)
  return { media: headsOf(media, gridMedia, mediumName, set), territory: headsOf(territories, gridTerritory, placeName, set) }
}

/** The slider stands on today or on the first of one of the next 36 months. */
export const gridSteps = 36
/** How long the use lasts from there; 0 is that one day. */
export const gridMonths = [0, 1, 3, 12, 24, 36] as const
export type GridMonths = (typeof gridMonths)[number]

export interface Moment {
  step: number
  from: Day
  until: Day
  period: Period
}

export const stepDay = (step: number, today: Day): Day =>
  step === 0 ? today : `${addMonths(`${today.slice(0, 7)}-01`, step).slice(0, 7)}-01`

/** The days that the grid is asked about when the slider stands at `step`. */
export function momentOf(step: number, months: GridMonths, today: Day, zone: string): Moment {
  const from = stepDay(step, today)
  const until = months === 0 ? from : addDays(addMonths(from, months), -1)
  return { step, from, until, period: { from: startOfDay(from, zone), to: endOfDay(until, zone) } }
}

export const momentInWords = ({ from, until }: Pick<Moment, 'from' | 'until'>): string =>
  from === until ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(until)}`

const letters: Record<Openness, string> = { open: 'O', 'non-exclusive': 'N', partly: 'P', blocked: 'B' }
/** A grid as letters, row after row: what a browser needs to show one position of the slider. */
export type Frame = string
export const opennessAt = (frame: Frame, axes: Axes, row: number, column: number): Openness =>
  opennessOf(frame[row * axes.territory.length + column])
export const opennessOf = (letter: string | undefined): Openness =>
  letter === 'O' ? 'open' : letter === 'N' ? 'non-exclusive' : letter === 'P' ? 'partly' : 'blocked'

/**
 * The industries that the grid asks about: all, but the sensitive ones that somebody shown has not consented to. Hardly any
 * consent names those; asked about them as well, every cell of a portrait would say "partly".
 */
export function gridIndustry(rights: AssetRights, knownAt: Date): LeafSet {
  const unsaid = asKnown(rights, knownAt)
    .releases.filter(settles)
    .map(({ sensitive }) => sensitiveIndustries.difference(sensitive))
  return LeafSet.all.difference(unionOf(unsaid))
}

/** The grid at several moments. Between two of them answers change only where a row begins or ends: equal ones are asked once. */
export function framesOf(rights: AssetRights, axes: Axes, moments: readonly Moment[], when: When): Frame[] {
  const lean = condensed(rights, when.knownAt)
  const bounds = boundsOf(lean)
  const known = new Map<string, Frame>()
  const question = {
    media: axes.media.map(({ code }) => media.resolve([code])),
    territory: axes.territory.map(({ code }) => territories.resolve([code])),
    industry: gridIndustry(rights, when.knownAt),
    by: 'holder' as const,
  }
  return moments.map(({ period }) => {
    const key = `${countBelow(bounds, period.from.getTime() + 1)}:${period.to === null ? '' : countBelow(bounds, period.to.getTime())}`
    const found = known.get(key)
    if (found !== undefined) return found
    const frame = availability(lean, { ...question, period }, when)
      .flatMap((row) => row.map((openness) => letters[openness]))
      .join('')
    known.set(key, frame)
    return frame
  })
}

/**
 * What was known, with claims over the same sets as one, their spans joined: whether a cell is open asks only for their
 * union. A best-seller's thousands of plain licences become a handful.
 */
export function condensed(all: AssetRights, knownAt: Date): AssetRights {
  const rights = asKnown(all, knownAt)
  if (rights.claims.length < 8) return rights
  const names = new WeakMap<LeafSet, string>()
  const nameOf = (set: LeafSet): string => {
    const known = names.get(set) ?? set.toPostgres()
    names.set(set, known)
    return known
  }
  const alike = new Map<string, Claim[]>()
  for (const claim of rights.claims) {
    const { box, exclusive } = claim
    const key = `${exclusive} ${nameOf(box.media)} ${nameOf(box.territory)} ${nameOf(box.industry)}`
    const known = alike.get(key)
    if (known) known.push(claim)
    else alike.set(key, [claim])
  }
  return { ...rights, claims: [...alike.values()].flatMap(joined) }
}

function joined(claims: Claim[]): Claim[] {
  const sorted = [...claims].sort((a, b) => a.box.period.from.getTime() - b.box.period.from.getTime())
  const rest: Claim[] = []
  for (const claim of sorted) {
    const last = rest.at(-1)
    const end = last?.box.period.to
    // Known since when differs: what was recorded or ended at another time is kept apart.
    const together = last && last.recordedAt <= claim.recordedAt && last.supersededAt === null && claim.supersededAt === null
    if (!together || (end && end < claim.box.period.from)) rest.push(claim)
    else if (end && (claim.box.period.to === null || claim.box.period.to > end))
      rest[rest.length - 1] = {
        ...last,
        recordedAt: claim.recordedAt,
        box: { ...last.box, period: { from: last.box.period.from, to: claim.box.period.to } },
      }
  }
  return rest
}

function boundsOf({ acquisitions, releases, restrictions, claims }: AssetRights): number[] {
  const all = new Set<number>()
  for (const { box } of [...acquisitions, ...releases, ...restrictions, ...claims] as { box: Box }[]) {
    all.add(box.period.from.getTime())
    if (box.period.to) all.add(box.period.to.getTime())
  }
  return [...all].sort((a, b) => a - b)
}

/** How many bounds lie before an instant. */
function countBelow(bounds: readonly number[], at: number): number {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}
