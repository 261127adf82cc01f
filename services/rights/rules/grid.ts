import { addDays, addMonths, endOfDay, startOfDay, type Day, type Period } from '../../kernel/period.ts'
import { availability, type Openness } from './availability.ts'
import { decide, type Use } from './decide.ts'
import type { AssetRights, When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { nearestTerms, type Axis } from './nearest.ts'
import { reasonInWords } from './reason-words.ts'
import type { ScopeTerms } from './scope.ts'
import { mediumName, placeName, summariseScope } from './scope-words.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

/** The rows and columns of the desk's grid: all media, all the world, each leaf in one cell. */
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

export interface GridSpan {
  from: Day
  months: number
  zone: string
}
export interface Grid {
  media: { code: string; label: string }[]
  territory: { code: string; label: string }[]
  cells: Openness[][]
}
/** One cell opened: why it is not open, and what can be had instead. */
export interface Cell {
  media: string
  territory: string
  label: string
  openness: Openness
  why: string[]
  whyNotExclusive: string[]
  nearest: { axis: Axis; words: string }[]
}

const lastDay = ({ from, months }: GridSpan): Day => addDays(addMonths(from, months), -1)
const periodOf = (span: GridSpan): Period => ({ from: startOfDay(span.from, span.zone), to: endOfDay(lastDay(span), span.zone) })

export function gridOf(rights: AssetRights, span: GridSpan, when: When): Grid {
  return {
    media: gridMedia.map((code) => ({ code, label: mediumName(code) })),
    territory: gridTerritory.map((code) => ({ code, label: placeName(code) })),
    cells: availability(
      rights,
      {
        media: gridMedia.map((code) => media.resolve([code])),
        territory: gridTerritory.map((code) => territories.resolve([code])),
        period: periodOf(span),
        by: 'holder',
      },
      when,
    ),
  }
}

/** Undefined for a cell that is not in the grid. */
export function cellOf(rights: AssetRights, span: GridSpan, when: When, mediaCode: string, territoryCode: string): Cell | undefined {
  const [m, t] = [media.setOf(mediaCode), territories.setOf(territoryCode)]
  if (!m || !t) return undefined
  const bare = { ...rights, licences: [] }
  const use = (exclusive: boolean): Use => ({
    box: { media: m, territory: t, industry: LeafSet.all, period: periodOf(span) },
    exclusive,
    by: 'holder',
  })
  const box = { media: m, territory: t, industry: LeafSet.all, period: periodOf(span) }
  const words = (exclusive: boolean) =>
    decide(bare, use(exclusive), when).reasons.map((reason) => reasonInWords(reason, box, { zone: span.zone, contracts: true }))
  const [why, whyNotExclusive] = [words(false), words(true)]
  const terms: ScopeTerms = {
    media: [mediaCode],
    territory: { include: [territoryCode] },
    industry: 'ALL',
    from: span.from,
    until: lastDay(span),
    zone: span.zone,
    exclusive: why.length === 0,
  }
  const offers = whyNotExclusive.length === 0 ? [] : nearestTerms(bare, terms, { by: 'holder' }, when)
  return {
    media: mediaCode,
    territory: territoryCode,
    label: `${mediumName(mediaCode)}, ${placeName(territoryCode)}`,
    openness: availability(bare, { media: [m], territory: [t], period: periodOf(span), by: 'holder' }, when)[0]?.[0] ?? 'blocked',
    why,
    whyNotExclusive,
    nearest: offers.map((offer) => ({ axis: offer.axis, words: summariseScope(offer.terms) })),
  }
}
